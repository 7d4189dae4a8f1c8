import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startChromium } from "../support/chromium.ts";
import { enter } from "../support/owner-walk.ts";
import { type Person, startPerson } from "../support/person.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

let browser: Browser;
let folder: string;
let nora: Person;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-write-"));
  nora = await startPerson({ name: "Nora Lind", folder, torrc: inject("clientTorrc") });
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await nora?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

test("a long post: letters are counted, the draft saves itself, the preview and what comes of it have no barrier", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const barriers = async () =>
    (await new AxeBuilder({ page }).withTags(TAGS).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`,
    );
  await enter(page, nora);
  await page.getByRole("link", { name: "Write a long post" }).click();
  await page.getByLabel("Title").fill("Bread without a recipe");
  await page
    .getByLabel("Text", { exact: true })
    .fill("### Flour\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n# Water");
  await page.getByText("29,951 letters left").waitFor();
  await page.getByText("Draft saved.").waitFor();
  await page.reload();
  expect(await page.getByLabel("Title").inputValue()).toBe("Bread without a recipe");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("heading", { name: "Flour" }).waitFor();
  expect(await barriers()).toEqual([]);
  await page.getByRole("button", { name: "Post to everyone" }).click();
  await page.locator("article.post time").first().click();
  await page.getByRole("heading", { name: "Water" }).waitFor();
  expect(await barriers()).toEqual([]);
  await page.locator("summary", { hasText: "More for this post by Nora Lind" }).click();
  await page.getByRole("link", { name: "Quote Nora Lind" }).click();
  await page.getByText("You quote yourself").waitFor();
  expect(await barriers()).toEqual([]);
  await page.getByLabel("Your post", { exact: true }).fill("And again");
  await page.getByRole("button", { name: "Post to everyone" }).click();
  await page.getByRole("region", { name: "Quoted post by Nora Lind" }).waitFor();
  expect(await barriers()).toEqual([]);
  await context.close();
});
