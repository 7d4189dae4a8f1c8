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
  folder = mkdtempSync(join(tmpdir(), "tssop-as-"));
  nora = await startPerson({ name: "Nora Lind", folder, torrc: inject("clientTorrc") });
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await nora?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

test("the page as a friend gets it stands in its frame, styled, and its links lead on in there", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // What the test itself would run in the frame is not let in.
    const isOurs = message.text().startsWith("Blocked script execution");
    if (message.type() === "error" && !isOurs) complaints.push(message.text());
  });
  await enter(page, nora);
  const add = async (label: string, value: string, whom: string) => {
    await page.goto(`${nora.owner}/settings/profile/lines`);
    await page.getByLabel("Name of the line").fill(label);
    await page.getByLabel("What it says").fill(value);
    await page.locator(".who > summary").click();
    await page.locator(".who .panel label", { hasText: whom }).first().click();
    await page.getByRole("button", { name: "Add it" }).click();
    await page.getByText("The line is added.").waitFor();
  };
  await add("Town", "Freiburg", "Everyone");
  await add("Phone", "0761 555 0143", "People I choose");
  await page.goto(`${nora.owner}/profile`);
  await page.getByLabel("View as").selectOption("a friend");
  await page.getByRole("button", { name: "Look" }).click();
  const frame = page.frameLocator("iframe");
  await frame.getByText("0761 555 0143").waitFor();
  const layout = () => frame.locator("dl.facts").evaluate((list) => getComputedStyle(list).display);
  expect(await layout()).toBe("grid");
  await frame.getByRole("link", { name: "Blog" }).click();
  await frame.getByText("0761 555 0143").waitFor();
  await frame.locator('a[href="/blog"][aria-current="page"]').waitFor();
  expect(page.frames().map((one) => new URL(one.url()).pathname)).toEqual([
    "/profile/as",
    "/profile/as/page",
  ]);
  await page.getByLabel("View as").selectOption("a stranger");
  await page.getByRole("button", { name: "Look" }).click();
  await frame.getByText("Freiburg").waitFor();
  expect(await frame.getByText("0761 555 0143").count()).toBe(0);
  await page.getByText("A stranger does not see: Phone.").waitFor();
  expect(complaints).toEqual([]);
  // The frame lets no script in, the checker's neither.
  const barriers = async (but = "none") =>
    (await new AxeBuilder({ page }).withTags(TAGS).exclude(but).analyze()).violations.map(({ id }) => id);
  expect(await barriers("iframe")).toEqual([]);
  await page.goto(`${nora.owner}/settings/profile`);
  expect(await barriers()).toEqual([]);
  await page.getByRole("link", { name: "Change Phone" }).click();
  expect(await barriers()).toEqual([]);
  await page.goto(`${nora.owner}/settings/profile/seen/picture`);
  expect(await barriers()).toEqual([]);
  await context.close();
});
