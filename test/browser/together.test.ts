import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { trustIn } from "../../src/social/messages/keys/trust.ts";
import { writtenCode } from "../../src/social/messages/together/code.ts";
import { receiveTogether } from "../../src/social/messages/together/receive.ts";
import { showingNow } from "../../src/social/messages/together/show.ts";
import type { PersonView } from "../../src/social/people/view.ts";
import { startChromium } from "../support/chromium.ts";
import { look, openedOn, SIZES } from "../support/looks.ts";
import { FINGERPRINTS, openTalkDesk, type TalkDesk } from "../support/talk-desk.ts";

const LONG = 60_000;
const WORDS = ["anchor", "basket", "cabbage", "dawn", "eagle", "fabric", "galaxy", "habit"];
const TOKEN = "0c".repeat(16);

let browser: Browser;
let talk: TalkDesk;
let mia: PersonView;

beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  talk = await openTalkDesk("screen-locked");
  mia = await talk.meet("Mia Hartmann");
  await talk.putKey(mia, FINGERPRINTS.first, "used");
  talk.desk.acting.lookUp = async () => ({ personId: mia.id });
});
afterEach(() => talk[Symbol.asyncDispose]());

const showing = () => showingNow(talk.desk.acting.read, talk.desk.acting.me, talk.desk.acting.now());

async function scanned(): Promise<void> {
  const { token = "" } = (await showing()) ?? {};
  const coming = { personId: mia.id, signedBy: FINGERPRINTS.first, arrivedAt: talk.desk.acting.now() };
  await talk.desk.acting.transact((tx) => receiveTogether(tx, { token, yes: false }, coming));
}

const theirs = () =>
  writtenCode(
    { origin: `http://${mia.address.split("@")[1]}`, handle: "mia" },
    { fingerprint: FINGERPRINTS.first, token: TOKEN },
  );

test.each(SIZES)(
  "being together has no barrier that axe knows, at $viewport.width px, $colorScheme",
  async (kind) => {
    const page = await openedOn(browser, talk.desk, kind);
    const name = (what: string) => `${what}-${kind.viewport.width}-${kind.colorScheme}`;
    await page.goto(`${talk.desk.origin}/together`);
    await look(page, name("together"));
    await page.getByRole("button", { name: "Show my code" }).click();
    await page.getByRole("heading", { name: "Let them scan this" }).waitFor();
    await look(page, name("together-code"));
    await scanned();
    // It shows by itself, without a key being pressed.
    await expect
      .poll(() => {
        talk.desk.tell({ changed: ["messages"] });
        return page.getByRole("button", { name: "Yes, it is Mia Hartmann" }).count();
      })
      .toBe(1);
    await look(page, name("together-asked"));
    await page.getByRole("button", { name: "Yes, it is Mia Hartmann" }).click();
    await page.getByRole("heading", { name: "Mia Hartmann is verified" }).waitFor();
    await look(page, name("together-done"));
    talk.desk.acting.offerByPhone = async () => ({
      ...{ words: WORDS, until: Date.now() + 600_000, taken: Promise.resolve(true) },
    });
    await page.goto(`${talk.desk.origin}/together`);
    await page.getByRole("button", { name: "Show a new code" }).click();
    await page.getByRole("button", { name: "Stop showing it" }).click();
    await page.getByRole("button", { name: "Show eight words" }).click();
    await page.getByRole("heading", { name: "Read these words aloud" }).waitFor();
    await look(page, name("together-words"));
    await page.goto(`${talk.desk.origin}/connect`);
    await look(page, name("connect"));
    await page.getByLabel("Their address").fill(theirs());
    await page.getByRole("button", { name: "Find them" }).click();
    await page.getByRole("heading", { name: "Are you with Mia Hartmann now?" }).waitFor();
    await look(page, name("together-with"));
    await page.context().close();
  },
  LONG,
);

test(
  "without script and by the keyboard a code is shown, and who scanned it is confirmed",
  async () => {
    const page = await openedOn(browser, talk.desk, { javaScriptEnabled: false });
    await page.goto(`${talk.desk.origin}/together`);
    await page.getByRole("button", { name: "Show my code" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Let them scan this" }).waitFor();
    await page.getByText("The code as text").focus();
    await page.keyboard.press("Enter");
    await page.locator("#my-code").waitFor();
    await scanned();
    await page.reload();
    await page.getByRole("button", { name: "Yes, it is Mia Hartmann" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Mia Hartmann is verified" }).waitFor();
    expect(await trustIn(talk.desk.acting.read, mia.id)).toMatchObject({ how: "together" });
    await page.context().close();
  },
  LONG,
);
