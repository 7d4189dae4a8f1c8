import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gnupgKeys } from "../../src/social/messages/keys/gnupg.ts";
import { startChromium } from "../support/chromium.ts";
import { ownerBrowser } from "../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../support/owner-desk.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const shots = process.env["TSSOP_SCREENS"] ?? "";
const kinds = [390, 1280].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);

let desk: OwnerDesk;
let browser: Browser;
beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = await startChromium();
});
afterEach(async () => {
  await browser.close();
  await desk[Symbol.asyncDispose]();
});

async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(
    violations.map(({ id }) => id),
    name,
  ).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, `${name} does not scroll sideways`).toBeLessThanOrEqual(0);
  if (shots === "") return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

/** What is saved when this is pressed. */
async function saved(page: Page, name: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByText(name, { exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

test.each(kinds)(
  "a key for GnuPG is made, saved, taken along and destroyed at $width px, $colorScheme",
  async ({ width, colorScheme }) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const inside = ownerBrowser(desk);
    await inside.enter();
    const [name = "", value = ""] = inside.cookie().split("=", 2);
    await context.addCookies([{ name, value, url: desk.origin }]);
    const page = await context.newPage();
    const kind = `${width}-${colorScheme}`;
    await page.goto(`${desk.origin}/settings/gnupg`);
    await look(page, `gnupg-${kind}`);
    await page.getByRole("button", { name: "Make a key for GnuPG" }).click();
    await page.getByRole("heading", { name: "Your key for GnuPG" }).waitFor();
    await look(page, `gnupg-made-${kind}`);
    const { handle } = desk.acting.me;
    const certificate = await saved(page, "Save it to hand on");
    expect(certificate.name).toBe(`${handle}.asc`);
    expect(certificate.text).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----/);
    await page.getByLabel("Your passphrase").fill("something else");
    await page.getByLabel("A passphrase for the file").fill("copper meadow violin stream");
    await page.getByRole("button", { name: "Save the secret key" }).click();
    await page.getByText("That is not the passphrase.").waitFor();
    await look(page, `gnupg-wrong-${kind}`);
    await page.getByLabel("Your passphrase").fill(desk.passphrase);
    await page.getByLabel("A passphrase for the file").fill("copper meadow violin stream");
    const secret = await saved(page, "Save the secret key");
    expect(secret.name).toBe(`${handle}-secret.asc`);
    expect(secret.text).toMatch(/^-----BEGIN PGP PRIVATE KEY BLOCK-----/);
    await page.getByRole("link", { name: "Destroy this key" }).click();
    await look(page, `gnupg-destroy-${kind}`);
    await page.getByRole("button", { name: "Destroy it now" }).click();
    await page.getByText("The key is destroyed.").waitFor();
    expect(await gnupgKeys(desk.acting.read)).toBeNull();
  },
);
