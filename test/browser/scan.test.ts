import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NodeError } from "../../src/lib/errors.ts";
import { readCode } from "../../src/pictures/read-code.ts";
import { cameraFilm, withCamera } from "../support/camera.ts";
import { startChromium } from "../support/chromium.ts";
import { jpegOf, scene } from "../support/code-pictures.ts";
import { look, openedOn } from "../support/looks.ts";
import { type OwnerDesk, openOwnerDesk } from "../support/owner-desk.ts";

/** Scanning a code in a real browser: with a camera that shows a film, without one, and without being allowed. */
const ADDRESS = "http://25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion/@mia";

let desk: OwnerDesk;
let browser: Browser | null = null;
let folder: string;
let miaId: string;
/** How many pictures the device was given. */
let given = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-camera-"));
  await cameraFilm(join(folder, "code.mjpeg"), ADDRESS);
  await cameraFilm(join(folder, "other.mjpeg"), "two\nlines");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  desk = await openOwnerDesk();
  miaId = (await desk.house.meet("Mia", "mia.example")).id;
  given = 0;
  const child = { childPath: "dist/picture.cjs", libraries: process.env["LD_LIBRARY_PATH"] ?? null };
  desk.acting.readCode = (bytes) => {
    given += 1;
    return readCode(child, bytes);
  };
  desk.acting.lookUp = async (address) => {
    if (address === ADDRESS) return { personId: miaId };
    throw new NodeError("address-not-understood", "no");
  };
});
afterEach(async () => {
  await browser?.close();
  browser = null;
  await desk[Symbol.asyncDispose]();
});

async function connect(flags: string[], options: BrowserContextOptions = {}): Promise<Page> {
  browser = await startChromium(flags);
  const page = await openedOn(browser, desk, { viewport: { width: 390, height: 844 }, ...options });
  await page.goto(`${desk.origin}/connect`);
  return page;
}

const film = (name: string) => join(folder, `${name}.mjpeg`);
const use = (page: Page) => page.getByRole("button", { name: "Use the camera" });
const stop = (page: Page) => page.getByRole("button", { name: "Stop the camera" });
/** What a screen reader is told. */
const told = (page: Page, words: string) =>
  page.locator('[aria-live="polite"]', { hasText: words }).waitFor();
/** Tracks that are open, of all that the page ever opened. */
const open = (page: Page) =>
  page.evaluate(() => {
    const source = document.querySelector("video")?.srcObject;
    return source instanceof MediaStream
      ? source.getTracks().filter((track) => track.readyState === "live").length
      : 0;
  });

/** Kept hold of, to be asked once the page has forgotten it. */
const seenTrack = (page: Page) =>
  page.evaluateHandle(() => {
    const source = document.querySelector("video")?.srcObject;
    return source instanceof MediaStream ? source.getTracks()[0] : undefined;
  });

test("a code held before the camera opens the person", async () => {
  const page = await connect(withCamera(film("code")));
  const complaints: string[] = [];
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text());
  });
  await use(page).click();
  await page.waitForURL(`${desk.origin}/people/${miaId}`);
  await page.getByRole("heading", { name: "Mia", exact: true }).waitFor();
  expect(given).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

test("by keyboard alone: started, told what happens, stopped by Escape, and the camera is let go", async () => {
  const page = await connect(withCamera(film("other")));
  await use(page).focus();
  await page.keyboard.press("Enter");
  await told(page, "Looking for a code");
  expect(await stop(page).evaluate((button) => button === document.activeElement)).toBe(true);
  await expect.poll(() => open(page)).toBe(1);
  await told(page, "That code says something else.");
  const track = await seenTrack(page);
  await page.keyboard.press("Escape");
  await told(page, "The camera is off.");
  expect(await track.evaluate((one) => one?.readyState)).toBe("ended");
  expect(await use(page).evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await expect.poll(() => open(page)).toBe(1);
  await stop(page).click();
  await told(page, "The camera is off.");
  expect(await open(page)).toBe(0);
});

test("the camera is let go when the page is no longer looked at", async () => {
  const page = await connect(withCamera(film("other")));
  await use(page).click();
  await told(page, "Looking for a code");
  const track = await seenTrack(page);
  expect(await track.evaluate((one) => one?.readyState)).toBe("live");
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await told(page, "The camera is off.");
  expect(await track.evaluate((one) => one?.readyState)).toBe("ended");
  await use(page).waitFor();
});

test("locked meanwhile: the camera is let go, and the page asks for the passphrase", async () => {
  const page = await connect(withCamera(film("other")));
  await use(page).click();
  await told(page, "That code says something else.");
  desk.phase = "screen-locked";
  await page.getByLabel("Passphrase").first().waitFor();
});

describe("no camera to look through", () => {
  test("is said in words where there is none, and where it is not allowed", async () => {
    const none = await connect([]);
    await use(none).click();
    await told(none, "There is no camera here. Use a picture of the code instead.");
    await browser?.close();
    const refused = await connect(withCamera(film("code"), false));
    await use(refused).click();
    await told(refused, "This page may not use the camera.");
    await use(refused).waitFor();
    expect(given).toBe(0);
  });
  test("is no hindrance: without a script a picture of the code is enough", async () => {
    const page = await connect([], { javaScriptEnabled: false });
    expect(await use(page).isVisible()).toBe(false);
    const codes = [{ text: ADDRESS, x: 400, y: 300, dot: 6, turned: 9 }];
    const buffer = await jpegOf(scene({ width: 800, height: 600, ground: "busy", codes }));
    await page
      .getByLabel("A picture of the code")
      .setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
    await page.getByRole("button", { name: "Read the code" }).click();
    await page.waitForURL(`${desk.origin}/people/${miaId}`);
  });
});

for (const width of [390, 1280]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the card has no barrier at ${width} px, ${colorScheme}, still, looking or with something wrong`, async () => {
      const page = await connect(withCamera(film("other")), {
        viewport: { width, height: 844 },
        colorScheme,
      });
      await look(page, `scan-${width}-${colorScheme}`, { fullPage: true });
      await use(page).click();
      await told(page, "That code says something else.");
      await look(page, `scan-camera-${width}-${colorScheme}`, { fullPage: true });
      await stop(page).click();
      await page.getByRole("button", { name: "Read the code" }).click();
      await page.getByText("Choose a picture first.").waitFor();
      await look(page, `scan-wrong-${width}-${colorScheme}`, { fullPage: true });
    });
  }
}
