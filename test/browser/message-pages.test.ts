import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { PersonView } from "../../src/social/people/view.ts";
import { startChromium } from "../support/chromium.ts";
import { look, openedOn, SIZES } from "../support/looks.ts";
import { FINGERPRINTS, openTalkDesk, type TalkDesk } from "../support/talk-desk.ts";

/** A minute of reading, as long as a busy machine may need for what takes a moment. */
const LONG = 60_000;

let browser: Browser;
let talk: TalkDesk;
let mia: PersonView;
let ada: PersonView;
let zoe: PersonView;

beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  talk = await openTalkDesk("screen-locked");
  mia = await talk.meet("Mia Hartmann");
  ada = await talk.meet("Ada Okafor");
  zoe = await talk.meet("Zoë");
  await talk.change(zoe, { friendly: false, keyUri: "" });
  await talk.putKey(mia, FINGERPRINTS.first, "used", "number");
  await talk.putKey(ada, FINGERPRINTS.first, "used", "number");
  await talk.says(ada, "The proofs are on your desk.");
  await talk.putKey(ada, FINGERPRINTS.other, "offered");
  await talk.does(mia, { kind: "timer", seconds: 604_800 });
  await talk.says(
    mia,
    "Do you still have the map of the **upper lake**? It was in `maps/1962`, see http://example.org/lake.",
  );
  await talk.writes(mia, "Yes, scanned it. Comes as a file, it is big.");
  await talk.says(mia, "From this morning. The boat is free from ten.");
  const [latest] = await talk.messages(mia);
  await talk.does(mia, { kind: "react", of: latest?.id ?? "", emoji: "🌅", on: true });
  await talk.writes(
    mia,
    "Ten it is. I bring the thermos.\n> free from ten\nAnd the old anchor, if I find it.",
  );
});
afterEach(() => talk[Symbol.asyncDispose]());

const opened = (options: BrowserContextOptions = {}) => openedOn(browser, talk.desk, options);
const at = (person: PersonView, more = "") => `${talk.desk.origin}/messages/${person.id}${more}`;

test.each(SIZES)(
  "conversations have no barrier that axe knows, at $viewport.width px, $colorScheme",
  async (kind) => {
    const page = await opened(kind);
    const name = (what: string) => `${what}-${kind.viewport.width}-${kind.colorScheme}`;
    await page.goto(`${talk.desk.origin}/messages`);
    await look(page, name("messages"));
    await page.goto(at(mia));
    await look(page, name("conversation"));
    await page.locator(".bub.me .menu > summary").last().click();
    await look(page, name("message-menu"));
    await page.goto(at(ada));
    await look(page, name("key-changed"));
    await page.goto(at(zoe));
    await look(page, name("not-encrypted"));
    for (const part of ["verify", "timer"]) {
      await page.goto(at(mia, `/${part}`));
      await look(page, name(`message-${part}`));
    }
    await page.goto(`${talk.desk.origin}/messages/new`);
    await look(page, name("message-new"));
    await page.goto(`${talk.desk.origin}/settings/messages`);
    await look(page, name("message-settings"));
    await page.context().close();
  },
  LONG,
);

test(
  "with the keyboard alone a conversation is opened, and Ctrl and Enter send",
  async () => {
    const page = await opened();
    await page.goto(`${talk.desk.origin}/messages`);
    await tabTo(page, `.inbox a[href*="${mia.id}"]`);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/messages\/[0-9a-f]{32}/);
    await tabTo(page, "#say");
    await page.keyboard.type("One more line");
    await page.keyboard.press("Enter");
    await page.keyboard.type("below it");
    await page.keyboard.press("Control+Enter");
    await page.locator(".bub.me", { hasText: "One more line" }).waitFor();
    expect((await talk.messages(mia))[0]?.text).toBe("One more line\nbelow it");
    await tabTo(page, ".bub .menu > summary");
    await page.keyboard.press("Enter");
    await page.locator(".bub .menu[open]").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".bub .menu[open]").waitFor({ state: "detached" });
    await page.context().close();
  },
  LONG,
);

test(
  "without script a message is written, answered, given an emoji, changed and deleted",
  async () => {
    const page = await opened({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    await page.goto(at(mia));
    await page.locator("#say").fill("half a thought");
    await page.getByRole("button", { name: "Keep as draft" }).click();
    expect(await page.locator("#say").inputValue()).toBe("half a thought");
    await page.locator("#say").fill("a whole one");
    await page.getByRole("button", { name: "Send" }).click();
    const own = page.locator(".bub.me", { hasText: "a whole one" });
    await own.locator(".menu > summary").click();
    await own.getByRole("link", { name: "Change" }).click();
    await page.getByLabel("Message").fill("a better one");
    await page.getByRole("button", { name: "Save" }).click();
    const theirs = page.locator(".bub:not(.me)", { hasText: "From this morning" });
    await theirs.locator(".menu > summary").click();
    await theirs.getByRole("button", { name: "React with 👍" }).click();
    await page.getByRole("button", { name: "Take back 👍" }).waitFor();
    await theirs.locator(".menu > summary").click();
    await theirs.getByRole("link", { name: "Answer" }).click();
    await page.locator("#say").fill("an answer");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator(".bub.me", { hasText: "an answer" }).locator(".quoted").waitFor();
    const better = page.locator(".bub.me", { hasText: "a better one" });
    await better.locator(".menu > summary").click();
    await better.getByRole("link", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete for both" }).click();
    await page.getByText("This message was deleted.").waitFor();
    await page.context().close();
  },
  LONG,
);

test(
  "what comes meanwhile is shown below, what is being typed stays, and it counts as read",
  async () => {
    const page = await opened();
    await page.goto(at(mia));
    await page.locator("#say").fill("still typing");
    await talk.says(mia, "Are you coming?");
    // The page may not listen yet.
    await expect
      .poll(() => {
        talk.desk.tell({ changed: ["messages"] });
        return page.locator(".bub", { hasText: "Are you coming?" }).count();
      })
      .toBe(1);
    expect(await page.locator("#say").inputValue()).toBe("still typing");
    await expect.poll(async () => page.locator(".bub").last().evaluate(isInView)).toBe(true);
    await expect
      .poll(async () =>
        talk.desk.acting.read.message.count({ where: { text: "Are you coming?", readAt: new Date(0) } }),
      )
      .toBe(0);
    const reply = page.locator(".bub", { hasText: "Are you coming?" });
    await reply.locator(".menu > summary").click();
    await reply.getByRole("link", { name: "Answer" }).click();
    await page.getByText("You answer:").waitFor();
    expect(await page.locator("#say").inputValue()).toBe("still typing");
    await page.context().close();
  },
  LONG,
);

test(
  "a long conversation opens at its newest message",
  async () => {
    for (let count = 0; count < 30; count += 1) await talk.says(mia, `line ${count}\nand another`);
    for (const javaScriptEnabled of [true, false]) {
      const page = await opened({ javaScriptEnabled });
      await page.goto(`${talk.desk.origin}/messages`);
      await page.locator(`.inbox a[href*="${mia.id}"]`).click();
      await page.locator(".bub").last().waitFor();
      await expect
        .poll(async () =>
          page
            .locator(".bub")
            .last()
            .boundingBox()
            .then((box) => (box?.y ?? 9_999) < 900),
        )
        .toBe(true);
      talk.desk.phase = "screen-locked";
      await page.context().close();
    }
  },
  LONG,
);

test(
  "the browser tells of a message only once it was switched on, and not from whom",
  async () => {
    const page = await opened();
    await page.context().grantPermissions(["notifications"]);
    await page.goto(`${talk.desk.origin}/settings/messages`);
    await page.getByText("They are off in this browser.").waitFor();
    await page.getByRole("button", { name: "Switch them on in this browser" }).click();
    await page.getByText("They are on in this browser.").waitFor();
    const counted = page.waitForResponse(/\/live\/messages$/);
    await page.reload();
    await counted;
    await page.evaluate(() => {
      const told: string[][] = [];
      Object.assign(window, {
        told,
        Notification: Object.assign(
          class extends EventTarget {
            constructor(title: string, { body }: { body: string }) {
              super();
              told.push([title, body]);
            }
          },
          { permission: "granted" },
        ),
      });
      document.hasFocus = () => false;
    });
    const told = () => page.evaluate(() => (window as unknown as { told: string[][] }).told);
    await talk.says(mia, "nobody else is to see this");
    await expect
      .poll(() => {
        talk.desk.tell({ changed: ["messages"] });
        return told();
      })
      .toEqual([["TSSOP", "A new message"]]);
    await page.context().close();
  },
  LONG,
);

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top < window.innerHeight && bottom > 0;
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let count = 0; count < 80; count += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
  }
  throw new Error(`${selector} is not reached by Tab`);
}
