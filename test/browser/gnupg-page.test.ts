import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gnupgKeys } from "../../src/social/messages/keys/gnupg.ts";
import { startChromium } from "../support/chromium.ts";
import { look, openedOn, SIZES } from "../support/looks.ts";
import { type OwnerDesk, openOwnerDesk } from "../support/owner-desk.ts";

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

const whole = (page: Page, name: string) => look(page, name, { fullPage: true });

/** What is saved when this is pressed. */
async function saved(page: Page, name: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByText(name, { exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

test.each(SIZES)(
  "a key for GnuPG is made, saved, taken along and destroyed at $viewport.width px, $colorScheme",
  async (how) => {
    const page = await openedOn(browser, desk, how);
    const kind = `${how.viewport.width}-${how.colorScheme}`;
    await page.goto(`${desk.origin}/settings/gnupg`);
    await whole(page, `gnupg-${kind}`);
    await page.getByRole("button", { name: "Make a key for GnuPG" }).click();
    await page.getByRole("heading", { name: "Your key for GnuPG" }).waitFor();
    await whole(page, `gnupg-made-${kind}`);
    const { handle } = desk.acting.me;
    const certificate = await saved(page, "Save it to hand on");
    expect(certificate.name).toBe(`${handle}.asc`);
    expect(certificate.text).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----/);
    await page.getByLabel("Your passphrase").fill("something else");
    await page.getByLabel("A passphrase for the file").fill("copper meadow violin stream");
    await page.getByRole("button", { name: "Save the secret key" }).click();
    await page.getByText("That is not the passphrase.").waitFor();
    await whole(page, `gnupg-wrong-${kind}`);
    await page.getByLabel("Your passphrase").fill(desk.passphrase);
    await page.getByLabel("A passphrase for the file").fill("copper meadow violin stream");
    const secret = await saved(page, "Save the secret key");
    expect(secret.name).toBe(`${handle}-secret.asc`);
    expect(secret.text).toMatch(/^-----BEGIN PGP PRIVATE KEY BLOCK-----/);
    await page.getByRole("link", { name: "Destroy this key" }).click();
    await whole(page, `gnupg-destroy-${kind}`);
    await page.getByRole("button", { name: "Destroy it now" }).click();
    await page.getByText("The key is destroyed.").waitFor();
    expect(await gnupgKeys(desk.acting.read)).toBeNull();
  },
);
