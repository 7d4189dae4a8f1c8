import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../support/chromium.ts";
import { filesOver } from "../support/own-files.ts";
import { type OwnerDesk, openOwnerDesk } from "../support/owner-desk.ts";
import { noise, png } from "../support/png.ts";

/** Adding files in a real browser: picked, dropped, described, taken away; and what of them is shown. */
const shots = process.env["TSSOP_SCREENS"] ?? "";
let browser: Browser;
let desk: OwnerDesk;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await startChromium();
  desk = await openOwnerDesk();
  Object.assign(desk.acting, filesOver(desk.house.store, desk.acting.now));
  page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text());
  });
  await page.goto(`${desk.origin}/enter#${desk.newLoginToken()}`);
  await page.getByRole("textbox", { name: "Your post" }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk[Symbol.asyncDispose]();
});

const wrongIn = async () =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
const shoot = async (name: string) => {
  if (shots !== "") await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
};

test("files are picked and dropped, described, posted and shown", async () => {
  await page.getByRole("textbox", { name: "Your post" }).fill("The field behind the mill");
  await page.getByText("Pictures and files").click();
  await page.getByLabel("Pick files").setInputFiles([
    { name: "a.png", mimeType: "image/png", buffer: noise(640, 360) },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("words") },
    { name: "b.gif", mimeType: "image/gif", buffer: Buffer.from("GIF89a") },
  ]);
  const alts = page.getByLabel("What is it, for people who do not see or hear it?");
  await alts.nth(1).waitFor();
  await page.getByRole("alert").filter({ hasText: "b.gif" }).waitFor();

  const dropped = await page.evaluateHandle(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], "c.png", { type: "image/png" }));
      return transfer;
    },
    [...png(300, 300)],
  );
  await page.dispatchEvent("form.compose", "drop", { dataTransfer: dropped });
  await alts.nth(2).waitFor();
  await alts.nth(0).fill("A field in every colour");
  expect(await wrongIn()).toEqual([]);
  await shoot("compose-files");

  await page.getByRole("button", { name: "Take it away" }).nth(1).click();
  expect(await alts.count()).toBe(2);
  await page.getByRole("button", { name: "Post to everyone" }).click();
  const picture = page.getByRole("img", { name: "A field in every colour" });
  await picture.waitFor();
  expect(await picture.evaluate((img) => (img as HTMLImageElement).decode().then(() => true))).toBe(true);
  expect(await page.locator(".files.many .media").count()).toBe(2);
  await page.getByText("ALT").click();
  await page.locator("figcaption p").getByText("A field in every colour").waitFor();
  expect(await wrongIn()).toEqual([]);
  await shoot("post-files");
  // The one that was refused.
  expect(complaints.filter((line) => !line.includes("422"))).toEqual([]);
});

/** A film as a browser records it: a square that turns, for a second. */
const recorded = (type: string) =>
  page.evaluateHandle(async (kind) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 160, height: 120 });
    const pen = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: kind });
    const parts: Blob[] = [];
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
    recorder.start();
    for (let n = 0; n < 40; n += 1) {
      pen?.fillRect(n, n, 40, 40);
      pen?.clearRect(0, n, 160, 3);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    recorder.stop();
    await stopped;
    const transfer = new DataTransfer();
    transfer.items.add(new File(parts, "film", { type: kind.split(";")[0] ?? "" }));
    return transfer;
  }, type);

test.for(["video/webm;codecs=vp8", "video/webm;codecs=vp9", "video/mp4"])(
  "a film that a browser recorded still plays after it was cleaned: %s",
  async (type, { skip }) => {
    await page.goto(desk.origin);
    const supported = await page.evaluate((kind) => MediaRecorder.isTypeSupported(kind), type);
    skip(!supported, "this browser records no such film");
    await page.dispatchEvent("form.compose", "drop", { dataTransfer: await recorded(type) });
    const alt = page.getByLabel("What is it, for people who do not see or hear it?");
    await alt.waitFor();
    await alt.fill(`A square: ${type}`);
    await page.getByRole("button", { name: "Post to everyone" }).click();
    const film = page.locator("video").first();
    await page.waitForFunction(
      (words) => document.querySelector("video")?.getAttribute("aria-label") === words,
      `A square: ${type}`,
    );
    const shown = await film.evaluate(async (element) => {
      const video = element as HTMLVideoElement;
      video.muted = true;
      await video.play();
      await new Promise((resolve) => {
        video.addEventListener("ended", resolve);
        video.addEventListener("timeupdate", () => void (video.currentTime > 0.3 && resolve(null)));
      });
      return [video.videoWidth, video.videoHeight, video.error];
    });
    expect(shown).toEqual([160, 120, null]);
  },
);
