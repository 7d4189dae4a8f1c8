import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { messagesWith } from "../../src/social/messages/thread.ts";
import { startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { ownerBrowser } from "../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../support/owner-desk.ts";
import { KEY, OTHER_KEY, type Talker, talker } from "../support/talk.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";
const OTHER = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion";
const shots = process.env["TSSOP_SCREENS"] ?? "";
const schemes = ["light", "dark"] as const;

let desk: OwnerDesk;
let browser: Browser;
let mia: Talker;
let ada: Talker;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = await startChromium();
  mia = await talker(desk, "Mia Hartmann", ONION);
  ada = await talker(desk, "Ada Okafor", OTHER);
  await mia.putKey(KEY, "used", "number");
  await ada.putKey(KEY, "used", "number");
  await ada.write("New phone, who dis?");
  await ada.putKey(OTHER_KEY, "offered");
  await mia.write("Do you still have the **map** of the upper lake?");
  await mia.say({ kind: "timer", seconds: 604_800 });
  await mia.write("From this morning. The boat is free from ten.\n\n> Ten?\n\nYes, `ten`.");
});
afterEach(async () => {
  await browser.close();
  await desk[Symbol.asyncDispose]();
});

async function entered(options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  const inside = ownerBrowser(desk);
  await inside.enter();
  const [name = "", value = ""] = inside.cookie().split("=", 2);
  await context.addCookies([{ name, value, url: desk.origin }]);
  return context;
}

async function opened(options: BrowserContextOptions, path: string): Promise<Page> {
  const page = await (await entered(options)).newPage();
  await page.goto(`${desk.origin}${path}`);
  return page;
}

const at = ({ person }: Talker) => `/messages/${person.id}`;
const written = async (to: Talker) =>
  (await messagesWith(desk.acting.read, to.person.id, { limit: 20 }, desk.acting.now())).items
    .filter(({ own, kind }) => own && kind === "text")
    .map(({ text }) => text);

async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target).join(" ")}`)).toEqual(
    [],
  );
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, `${name} scrolls sideways`).toBe(false);
  if (shots === "") return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

describe("a conversation", () => {
  test("is written in by keyboard only: Ctrl and Enter sends, and an answer quotes what it answers", async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } }, at(mia));
    await page.getByLabel("Message", { exact: true }).focus();
    await page.keyboard.type("Ten it is.");
    await page.keyboard.press("Control+Enter");
    await page.locator(".bub.me", { hasText: "Ten it is." }).waitFor();
    expect(await written(mia)).toEqual(["Ten it is."]);
    // The menu of the latest of theirs, opened and used without a pointer.
    const menu = page.locator(".bub:not(.me) details.menu summary").last();
    await menu.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Answer" }).last().focus();
    await page.keyboard.press("Enter");
    await page.getByText("You answer:").waitFor();
    await page.getByLabel("Message", { exact: true }).focus();
    await page.keyboard.type("I bring the thermos.");
    await page.keyboard.press("Control+Enter");
    await page.locator(".bub.me .quoted", { hasText: "From this morning" }).waitFor();
  });

  test("works without script: written, changed, deleted", async () => {
    const page = await opened({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, at(mia));
    await page.getByLabel("Message", { exact: true }).fill("And the old ancor");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator(".bub.me summary").click();
    await page.getByRole("link", { name: "Change" }).first().click();
    await page.getByLabel("Message", { exact: true }).fill("And the old anchor");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".bub.me", { hasText: "old anchor" }).waitFor();
    await page.locator(".bub.me summary").click();
    await page.getByRole("link", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete for both" }).click();
    await page.getByText("This message was deleted.").waitFor();
  });

  test("shows what comes while it is open, and what is typed stays", async () => {
    const page = await opened({ viewport: { width: 1280, height: 900 } }, at(mia));
    await page.getByLabel("Message", { exact: true }).fill("half a thou");
    await mia.write("Are you there?");
    // The page may not listen yet.
    await eventually("it stands in the conversation", async () => {
      desk.tell({ changed: ["messages"] });
      return (await page.locator(".bub", { hasText: "Are you there?" }).count()) === 1;
    });
    expect(await page.getByLabel("Message", { exact: true }).inputValue()).toBe("half a thou");
    // Looked at, it counts as read.
    const unread = { own: false, kind: "text", personId: mia.person.id, readAt: new Date(0) };
    await eventually(
      "it counts as read",
      async () => (await desk.acting.read.message.count({ where: unread })) === 0,
    );
  });

  for (const colorScheme of schemes)
    for (const width of [390, 1280])
      test(`has no barrier at ${width} px, ${colorScheme}, nor have the pages around it`, async () => {
        const page = await opened({ colorScheme, viewport: { width, height: 844 } }, at(mia));
        await page
          .getByLabel("Message", { exact: true })
          .fill("Yes, scanned it. Comes as a file, it is big.");
        await page.getByRole("button", { name: "Send" }).click();
        await page.locator(".bub.me").waitFor();
        const end = `${width}-${colorScheme}`;
        await look(page, `messages-open-${end}`);
        await page.locator(".bub.me summary").click();
        await look(page, `messages-menu-${end}`);
        for (const [name, path] of [
          ["messages", "/messages"],
          ["messages-key", at(ada)],
          ["messages-verify", `${at(mia)}/verify`],
          ["messages-timer", `${at(mia)}/timer`],
          ["messages-new", "/messages/new"],
          ["settings-messages", "/settings/messages"],
        ] as const) {
          await page.goto(`${desk.origin}${path}`);
          await look(page, `${name}-${end}`);
        }
        await page.goto(`${desk.origin}/messages`);
        await page.getByLabel("Search messages and people").fill("boat");
        await page.keyboard.press("Enter");
        await page.getByText("1 message found").waitFor();
        await look(page, `messages-found-${end}`);
      });
});
