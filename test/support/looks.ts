import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import type { OwnerDesk } from "./owner-desk.ts";

const shots = process.env["TSSOP_SCREENS"] ?? "";

/** A phone and a desk, by day and by night. */
export const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
].flatMap((viewport) => (["light", "dark"] as const).map((colorScheme) => ({ viewport, colorScheme })));

/** A window that is open on the owner's pages. */
export async function openedOn(
  browser: Browser,
  desk: OwnerDesk,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(desk.origin);
  await page.getByLabel("Passphrase").first().fill(desk.passphrase);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  return page;
}

/** No barrier that axe knows, nothing that scrolls sideways; and a picture, where pictures are wanted. */
export async function look(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`),
    name,
  ).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, `${name} does not scroll sideways`).toBeLessThanOrEqual(0);
  if (shots === "") return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage });
}
