import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeFile } from "../../src/social/messages/files/queries.ts";
import type { MessageView } from "../../src/social/messages/view.ts";
import type { PersonView } from "../../src/social/people/view.ts";
import { startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { look } from "../support/looks.ts";
import { filesOver } from "../support/own-files.ts";
import { noise, png } from "../support/png.ts";
import { openTalkDesk, type TalkDesk } from "../support/talk-desk.ts";

/** Files of messages in a real browser: picked, pasted, recorded, and how far they are. */
let browser: Browser;
let talk: TalkDesk;
let mia: PersonView;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await startChromium(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]);
  talk = await openTalkDesk();
  Object.assign(talk.desk.acting, filesOver(talk.desk.house.store, talk.desk.acting.now));
  mia = await talk.meet("Mia Hartmann");
  await talk.says(mia, "Send me the picture of the mill");
  page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text());
  });
  await page.goto(`${talk.desk.origin}/enter#${talk.desk.newLoginToken()}`);
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  await page.goto(`${talk.desk.origin}/messages/${mia.id}`);
});
afterAll(async () => {
  await browser.close();
  await talk[Symbol.asyncDispose]();
});

const newest = async (): Promise<MessageView> => {
  const [first] = await talk.messages(mia);
  if (first === undefined) throw new Error("no message");
  return first;
};
const whole = (name: string) => look(page, name, { fullPage: true });

test("files are picked, pasted and described, and go with the words", async () => {
  await page.getByText("Add a file or a picture").click();
  await page.getByLabel("Pick files").setInputFiles([
    { name: "mill.png", mimeType: "image/png", buffer: noise(640, 360) },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("words") },
  ]);
  const alts = page.getByLabel("What is it, for people who do not see or hear it?");
  await alts.nth(1).waitFor();
  await page.evaluate(
    (bytes) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(bytes)], "c.png", { type: "image/png" }));
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.querySelector("textarea[data-talk]")?.dispatchEvent(event);
    },
    [...png(300, 300)],
  );
  await alts.nth(2).waitFor();
  await alts.nth(0).fill("The mill in every colour");
  await whole("message-files-added");
  await page.getByRole("textbox", { name: "Message", exact: true }).fill("Here it is");
  await page.getByRole("textbox", { name: "Message", exact: true }).press("Control+Enter");
  const picture = page.getByRole("img", { name: "The mill in every colour" });
  await picture.waitFor();
  expect(await picture.evaluate((img) => (img as HTMLImageElement).decode().then(() => true))).toBe(true);
  expect((await newest()).files.map(({ kind }) => kind)).toEqual(["picture", "file", "picture"]);
  await whole("message-files-sent");
});

test("what is sent while a file is being taken in goes with the file", async () => {
  await page.getByText("Add a file or a picture").click();
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('input[name="attached"]');
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(3_000_000)], "large.bin"));
    if (input !== null) input.files = transfer.files;
    input?.dispatchEvent(new Event("change", { bubbles: true }));
    document.querySelector<HTMLButtonElement>('button[value="send"]')?.click();
  });
  await page.getByRole("link", { name: "Save large.bin" }).waitFor();
  expect(await newest()).toMatchObject({ text: "", files: [{ name: "large.bin", bytes: 3_000_000 }] });
});

test("a voice is recorded by keyboard, listened to, thrown away, recorded anew and sent", async () => {
  const record = page.getByRole("button", { name: "Record your voice" });
  await record.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Stop recording" }).waitFor();
  await page.getByText(/Recording \d+:\d*[1-9]/).waitFor();
  await page.keyboard.press("Enter");
  const player = page.getByLabel("Your recording");
  await player.waitFor();
  await whole("message-files-recorded");
  await page.getByRole("button", { name: "Throw it away" }).press("Enter");
  await expect.poll(() => record.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await page.getByText(/Recording \d+:\d*[1-9]/).waitFor();
  await page.getByRole("button", { name: "Stop recording" }).press("Enter");
  await player.waitFor();
  await page.getByRole("button", { name: "Send it" }).press("Enter");
  await page.locator(".bub audio").waitFor();
  await page.getByText(/^Voice message 0:\d\d$/).waitFor();
  const { files } = await newest();
  expect(files).toMatchObject([{ voice: true, kind: "sound", type: "audio/webm" }]);
  expect(files[0]?.length).toBeGreaterThan(500);
  const plays = await page.locator(".bub audio").evaluate(async (element) => {
    const audio = element as HTMLAudioElement;
    audio.muted = true;
    await audio.play();
    const { promise, resolve } = Promise.withResolvers<number>();
    audio.addEventListener("timeupdate", () => audio.currentTime > 0 && resolve(audio.currentTime));
    return promise;
  });
  expect(plays).toBeGreaterThan(0);
});

test("how far a file is stands there by itself, and nothing else on the page moves", async () => {
  const wire = { id: "a".repeat(32), key: Buffer.alloc(32).toString("base64url"), sha256: "b".repeat(64) };
  const facts = { name: "lake.tif", type: "image/tiff", bytes: 340_000_000, alt: "", voice: false };
  const files = [{ ...wire, ...facts, width: 0, height: 0, length: 0 }];
  await talk.does(mia, { kind: "text", text: "The lake", replyTo: "", vanish: 0, files });
  talk.desk.tell({ changed: ["messages"] });
  await page.getByRole("button", { name: "Get it (340 MB)" }).click();
  await page.getByText("Waiting for Mia Hartmann’s device").waitFor();
  await whole("message-files-waiting");
  const [{ id = "" } = {}] = (await newest()).files;
  await page.evaluate(() => document.querySelector(".talk")?.setAttribute("data-mark", "the same"));
  await talk.desk.acting.transact((tx) => changeFile(tx, { id }, { received: 12_000_000 }));
  talk.desk.tell({ changed: ["files"] });
  await page.getByText("Coming: 12 MB of 340 MB").waitFor();
  expect(await page.locator(".talk").getAttribute("data-mark")).toBe("the same");
  await whole("message-files-coming");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("button", { name: "Get the rest" }).waitFor();
  await eventually("it is stopped", async () => (await newest()).files[0]?.state === "offered");
});

test("nothing was complained of", () => {
  expect(complaints).toEqual([]);
});
