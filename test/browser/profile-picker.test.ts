import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeAudience } from "../../src/social/audiences/make.ts";
import { putIn } from "../../src/social/audiences/put-in.ts";
import { addField } from "../../src/social/profile/add-field.ts";
import { forFriends } from "../../src/social/profile/fields.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { startChromium } from "../support/chromium.ts";
import { befriend } from "../support/friends.ts";
import { ownerBrowser } from "../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../support/owner-desk.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const shots = process.env["TSSOP_SCREENS"] ?? "";
const schemes = ["light", "dark"] as const;

let desk: OwnerDesk;
let browser: Browser;
let family: string;
let jonas: string;

/** Five people in Family, Jonas among them, who is a friend, and a profile of two lines. */
beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = await startChromium();
  const { acting, house } = desk;
  const ids: string[] = [];
  for (const name of ["Mia", "Ruth", "Ben", "Tom", "Jonas"]) {
    const person = await house.meet(name, `${name.toLowerCase()}.example`);
    await house.isAsked(person);
    await acting.transact((tx) => acceptRequest(tx, acting.me, person.id, acting.now()));
    ids.push(person.id);
  }
  jonas = ids[4] ?? "";
  family = await acting.transact((tx) => makeAudience(tx, "Family", acting.now(), acting.random));
  await acting.transact(async (tx) => {
    await putIn(tx, acting.me, family, ids, acting.now());
    await befriend(tx, jonas, acting.now());
    const lines = [
      { kind: "date" as const, label: "Birthday", value: "04-14", seen: forFriends },
      { kind: "text" as const, label: "Phone", value: "0761 555 0143", seen: toFamily() },
    ];
    for (const line of lines) await addField(tx, acting.me, line, acting.now(), acting.random);
  });
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

/** The frame of a page looked at as somebody lets no script in, the checker's neither. */
async function look(page: Page, name: string, but = "none"): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).exclude(but).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" "))}`);
  expect(found, name).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, `${name} does not scroll sideways`).toBeLessThanOrEqual(0);
  if (shots === "") return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

const toFamily = () => ({ reach: "chosen" as const, people: [], audiences: [family], without: [jonas] });

for (const width of [390, 1280]) {
  for (const colorScheme of schemes) {
    test(`the profile and who sees what of it have no barrier at ${width} px, ${colorScheme}, nor have people`, async () => {
      const context = await entered({ viewport: { width, height: 844 }, colorScheme });
      const page = await context.newPage();
      const kind = `${width}-${colorScheme}`;
      for (const [path, name] of [
        ["/settings/profile", "profile-editor"],
        ["/settings/profile/seen/friends", "profile-seen"],
        ["/people?tab=friends", "friends"],
        ["/people/audiences", "people-audiences"],
        [`/people/${jonas}`, "person"],
        ["/profile/as?who=friend", "view-as"],
      ]) {
        await page.goto(desk.origin + path);
        await look(page, `${name}-${kind}`, path?.includes("/as?") ? "iframe" : "none");
      }
      await page.goto(`${desk.origin}/settings/profile`);
      await page.getByRole("link", { name: "Change Phone" }).click();
      await page.locator(".who > summary").click();
      await look(page, `line-${kind}`);
      await context.close();
    });
  }
}

test("who sees a line is chosen by the same picker, counted while boxes are ticked, and says what it is of", async () => {
  const context = await entered({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${desk.origin}/settings/profile/seen/banner`);
  const summary = page.locator(".who > summary");
  expect(await summary.innerText()).toContain("Who sees your banner");
  await page.locator(`input[name="seen-in"][value="${family}"]`).check();
  await page.getByText("Family (5) and Friends (1): 5 people").first().waitFor();
  await page.locator('input[name="seen-no"]').fill("Jonas");
  await page.keyboard.press("Enter");
  await page.getByText("without Jonas: 4 people").first().waitFor();
  expect(await summary.innerText()).toContain("Who sees your banner");
  expect(await page.locator('input[value="unlisted"]').count()).toBe(0);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("It holds from now on").waitFor();
  expect(await page.locator("#seen li", { hasText: "Your banner" }).innerText()).toContain("without Jonas");
  await context.close();
});

test("Enter in a line saves the line, and in a name beside the choice adds that name", async () => {
  const context = await entered({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${desk.origin}/settings/profile/lines`);
  await page.getByLabel("What it says").fill("Dutch");
  await page.locator(".who > summary").click();
  await page.locator('input[name="seen-add"]').fill("mia");
  await page.keyboard.press("Enter");
  await page.getByText("Friends (1) and Mia: 2 people").first().waitFor();
  await page.getByLabel("Name of the line").fill("Languages");
  await page.keyboard.press("Enter");
  await page.getByText("The line is added.").waitFor();
  await page.getByText("Friends (1) and Mia").first().waitFor();
  await context.close();
});

test("Enter without script saves the line as well", async () => {
  const context = await entered({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(`${desk.origin}/settings/profile/lines`);
  await page.getByLabel("What it says").fill("Dutch");
  await page.getByLabel("Name of the line").fill("Languages");
  await page.keyboard.press("Enter");
  await page.getByText("The line is added.").waitFor();
  await context.close();
});
