import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startChromium } from "../support/chromium.ts";
import { look, openedOn, SIZES } from "../support/looks.ts";
import { openOwnerDesk } from "../support/owner-desk.ts";
import { freshDevice } from "./fresh-device.ts";

const PASSPHRASE = "copper meadow violin stream";

let browser: Browser;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-backup-page-"));
  browser = await startChromium();
});
afterEach(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Presses what saves a file. */
async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

test.each(["with a script", "without one"])(
  "a person moves to another computer with a backup, %s",
  async (how) => {
    const context = await browser.newContext({ javaScriptEnabled: how === "with a script" });
    const page = await context.newPage();
    let file = "";
    {
      await using device = await freshDevice();
      await page.goto(`${device.owner}/start`);
      await page.getByLabel("Your name").fill("Nora Lind");
      await page.getByText("I would rather make up my own").click();
      await page.getByLabel("My own passphrase").fill(PASSPHRASE);
      await page.getByLabel("Type it once, to be sure").fill(PASSPHRASE);
      await page.getByRole("button", { name: "Set up my device" }).click();
      await page.waitForURL(/connecting/);
      await page.goto(`${device.owner}/settings/backup`);
      await page.getByText("You have made none so far.").waitFor();
      await page.getByLabel("Your passphrase").fill(PASSPHRASE);
      file = await saved(page, () => page.getByRole("button", { name: "Make a backup" }).click());
      expect(file).toMatch(/tssop-20\d\d-\d\d-\d\d\.tssop-backup$/);
      await page.reload();
      await page.getByText("You made the last one on").waitFor();
    }
    await using other = await freshDevice();
    await page.goto(`${other.owner}/start`);
    await page.getByRole("link", { name: "I have a backup" }).click();
    await page.getByLabel("Its passphrase").fill(PASSPHRASE);
    await page.getByLabel("The backup").setInputFiles(file);
    await page.getByRole("button", { name: "Bring everything back" }).click();
    await page.waitForURL(/connecting/);
    await page.goto(`${other.owner}/profile`);
    await page.getByText("Nora Lind").first().waitFor();
    await context.close();
  },
);

test.each(SIZES)(
  "the pages about backups have no barrier at $viewport.width px, $colorScheme",
  async (how) => {
    await using desk = await openOwnerDesk();
    const kind = `${how.viewport.width}-${how.colorScheme}`;
    const page = await openedOn(browser, desk, how);
    await page.goto(`${desk.origin}/settings/backup`);
    await look(page, `backup-${kind}`, { fullPage: true });
    await page.getByLabel("Your passphrase").fill("something else");
    await page.getByRole("button", { name: "Make a backup" }).click();
    await page.getByText("That is not the passphrase.").waitFor();
    await look(page, `backup-wrong-${kind}`, { fullPage: true });
    desk.phase = "fresh";
    await page.goto(`${desk.origin}/start/restore`);
    await look(page, `restore-${kind}`, { fullPage: true });
    await page.getByLabel("Its passphrase").fill(desk.passphrase);
    await page.getByLabel("The backup").setInputFiles({
      name: "holiday.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.from("a picture"),
    });
    await page.getByRole("button", { name: "Bring everything back" }).click();
    await page.getByText("That file is not a backup of TSSOP.").waitFor();
    await look(page, `restore-refused-${kind}`, { fullPage: true });
  },
);
