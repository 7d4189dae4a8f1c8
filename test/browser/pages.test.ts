import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { startChromium } from "../support/chromium.ts";
import { enter, ownerPages } from "../support/owner-walk.ts";
import { type Person, startPerson } from "../support/person.ts";
import { arrives, ask, post, subscribe } from "../support/scenario.ts";
import { freshDevice } from "./fresh-device.ts";

/** Every page of the owner in a real browser, on a real node with a real neighbour over real Tor. */
const sizes = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];
const schemes = ["light", "dark"] as const;
const shots = process.env["TSSOP_SCREENS"] ?? "";

let browser: Browser;
let folder: string;
let nora: Person;
let others: Person[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-pages-"));
  const torrc = inject("clientTorrc");
  const start = async (name: string) => {
    const person = await startPerson({ name, folder, torrc });
    await person.event("reachable");
    return person;
  };
  const [first, mia, tom, jana] = await Promise.all(
    ["Nora Lind", "Mia Hartmann", "Tom", "Jana P."].map(start),
  );
  if (first === undefined || mia === undefined || tom === undefined || jana === undefined)
    throw new Error("nobody");
  nora = first;
  others = [mia, tom, jana];
  await subscribe(mia, nora, () => {});
  await subscribe(nora, mia, () => {});
  await subscribe(tom, nora, () => {});
  await ask(jana, nora);
  await post(
    mia,
    "Up at five, and for once it was worth it. If anyone wants to come along on Sunday, there is room for two in the boat.",
  );
  const seen = await arrives(nora, "Up at five");
  await post(nora, `@${mia.address} One seat for me, please. I bring the thermos.`, {
    in_reply_to_id: seen.id,
  });
  await post(mia, "Second infusion done. Everybody was kind, the tea was terrible.", {
    spoiler_text: "Hospital, needles",
  });
  await arrives(nora, "Second infusion");
  await tom.stop();
  await post(nora, "Grandpa's birthday: I thought of the old mill on the 14th. Cake is on me.", {
    visibility: "private",
  });
  browser = await startChromium();
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([nora, ...others].map((person) => person?.stop()));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return found.map(
    (one) =>
      `${one.id}: ${one.nodes
        .map((node) => node.target.join(" "))
        .slice(0, 3)
        .join(" | ")}`,
  );
}

async function look(page: Page, name: string): Promise<void> {
  expect(await violations(page), name).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, `${name} does not scroll sideways`).toBeLessThanOrEqual(0);
  if (shots === "") return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

for (const viewport of sizes) {
  for (const colorScheme of schemes) {
    const kind = `${viewport.width}-${colorScheme}`;
    describe(`at ${viewport.width} px, ${colorScheme}`, () => {
      test("every page of the owner has no barrier that axe knows", async () => {
        const context = await browser.newContext({ viewport, colorScheme });
        const page = await context.newPage();
        await page.goto(nora.owner);
        await look(page, `unlock-${kind}`);
        await enter(page, nora);
        for (const { path, name } of ownerPages) {
          await page.goto(nora.owner + path);
          await look(page, `${name}-${kind}`);
        }
        await page.goto(nora.owner);
        await page.locator("article.post time").first().click();
        await page.waitForLoadState();
        await look(page, `post-${kind}`);
        await page.goto(`${nora.owner}/people`);
        await page.locator("main a[href^='/people/']", { hasText: "Mia" }).first().click();
        await page.waitForLoadState();
        await look(page, `person-${kind}`);
        await page.goto(`${nora.owner}/nothing-here`);
        await look(page, `missing-${kind}`);
        await context.close();
      });

      test("the first start has no barrier that axe knows", async () => {
        await using device = await freshDevice();
        const context = await browser.newContext({ viewport, colorScheme });
        const page = await context.newPage();
        await page.goto(device.owner);
        await look(page, `start-${kind}`);
        await page.getByRole("link", { name: "I have a backup" }).click();
        await page.getByRole("heading", { name: "Bring back a backup" }).waitFor();
        await look(page, `restore-${kind}`);
        await context.close();
      });
    });
  }
}

test("every page works with a keyboard alone: unlock, write, post", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(nora.owner);
  await tabTo(page, "input[type=password]");
  await page.keyboard.type(nora.passphrase);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  await tabTo(page, "textarea");
  await page.keyboard.type("Typed without touching a mouse.");
  await tabTo(page, "button.main-do");
  await page.keyboard.press("Enter");
  await page.getByText("Typed without touching a mouse.").first().waitFor();
  await context.close();
});

test("without script the owner unlocks, posts and deletes", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await enter(page, nora);
  await page.locator("textarea").first().fill("Posted with no script at all.");
  await page.locator("button.main-do").first().click();
  await page.getByText("Posted with no script at all.").first().waitFor();
  await context.close();
});

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`${selector} cannot be reached by Tab`);
}
