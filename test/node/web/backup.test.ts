import { afterEach, beforeEach, expect, test } from "vitest";
import { type FormPart, multipart } from "../../support/own-files.ts";
import { hiddenFields, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

const PAGE = "/settings/backup";
const RESTORE = "/start/restore";

let desk: OwnerDesk;
let browser: OwnerBrowser;
beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
});
afterEach(() => desk[Symbol.asyncDispose]());

test("a backup is saved by who knows the passphrase, and the page says when", async () => {
  await browser.enter();
  const before = await browser.get(PAGE);
  expect([before.status, brokenBones(before.text)]).toEqual([200, []]);
  expect(wordsOfPage(before.text)).toContain("You have made none so far.");
  expect(wordsOfPage(before.text)).toContain("What you delete later stays in it");
  const saved = await browser.send(before, PAGE, { passphrase: desk.passphrase });
  expect(saved).toMatchObject({ status: 200, text: "everything" });
  expect(saved.headers["content-disposition"]).toMatch(
    /^attachment; filename="tssop-20\d\d-\d\d-\d\d\.tssop-backup"$/,
  );
  expect(saved.headers["content-length"]).toBe("10");
  expect(wordsOfPage((await browser.get(PAGE)).text)).toContain("You made the last one on");
  expect(wordsOfPage((await browser.get("/settings")).text)).toContain("The last one is of");
});

test("who sits down at an open page takes no backup along, and tries passphrases no faster than elsewhere", async () => {
  await browser.enter();
  const wrong = await browser.send(await browser.get(PAGE), PAGE, { passphrase: "something else" });
  expect([wrong.status, brokenBones(wrong.text)]).toEqual([422, []]);
  expect(wordsOfPage(wrong.text)).toContain("That is not the passphrase.");
  desk.wait = 4_000;
  const early = await browser.send(await browser.get(PAGE), PAGE, { passphrase: desk.passphrase });
  expect(wordsOfPage(early.text)).toContain("Wait a moment");
  expect(wordsOfPage((await browser.get(PAGE)).text)).toContain("You have made none so far.");
});

const picked = (bytes: string): FormPart => ({
  name: "file",
  file: "nora.tssop-backup",
  type: "application/octet-stream",
  value: bytes,
});

/** Nothing changes on a page before set-up, so nothing on it speaks up. */
const bonesOfGate = (html: string) => brokenBones(html).filter((bone) => bone !== "0 role=status");

async function bringsBack(passphrase: string, ...parts: FormPart[]) {
  const page = await browser.get(RESTORE);
  const hidden = Object.entries(hiddenFields(page.text, `${RESTORE}?lang=en`));
  const typed = [...hidden, ["passphrase", passphrase] as const];
  const texts = typed.map(([name, value]): FormPart => ({ name, value }));
  return browser.upload(`${RESTORE}?lang=en`, "----x", multipart("----x", [...texts, ...parts]));
}

test("everything is brought back on the first page of all, without script", async () => {
  desk.phase = "fresh";
  const start = await browser.get("/start");
  expect(start.text).toContain(`href="${RESTORE}?lang=en"`);
  const page = await browser.get(RESTORE);
  expect([page.status, bonesOfGate(page.text)]).toEqual([200, []]);
  expect(wordsOfPage(page.text)).toContain("Is the device it comes from still running?");
  const german = wordsOfPage((await browser.get(`${RESTORE}?lang=de`)).text);
  expect(german).toContain("Eine Sicherung zurückholen");
  const done = await bringsBack(desk.passphrase, picked("everything"));
  expect([done.status, done.headers["location"]]).toEqual([303, "/connecting"]);
  expect([desk.asked, desk.phase]).toEqual([["restore"], "open"]);
  expect(wordsOfPage((await browser.get("/settings")).text)).toContain("Everything is back.");
});

test("C11: a file that is none, no file, and a page that is none of ours change nothing", async () => {
  desk.phase = "fresh";
  const other = await bringsBack(desk.passphrase, picked("a film"));
  expect([other.status, bonesOfGate(other.text)]).toEqual([422, []]);
  expect(wordsOfPage(other.text)).toContain("That file is not a backup of TSSOP.");
  const mistyped = await bringsBack("something else", picked("everything"));
  expect([mistyped.status, bonesOfGate(mistyped.text)]).toEqual([403, []]);
  expect(wordsOfPage(mistyped.text)).toContain("That is not the passphrase.");
  const none = await bringsBack(desk.passphrase, {
    name: "file",
    file: "",
    type: "application/octet-stream",
    value: "",
  });
  expect([none.status, wordsOfPage(none.text).includes("Choose the file first.")]).toEqual([422, true]);
  const forms = [
    [picked("everything")],
    [picked("everything"), { name: "form", value: "too late" }],
    [{ name: "form", value: "made up" }, picked("everything")],
  ];
  for (const form of forms) {
    const foreign = await browser.upload(RESTORE, "----x", multipart("----x", form));
    expect(foreign.status).toBe(403);
  }
  const plain = await browser.post(RESTORE, { form: "x" });
  expect(plain.status).toBe(422);
  expect([desk.asked, desk.phase]).toEqual([[], "fresh"]);
});

test("a device that is set up is not overwritten", async () => {
  desk.phase = "fresh";
  const hidden = hiddenFields((await browser.get(RESTORE)).text, `${RESTORE}?lang=en`);
  for (const phase of ["open", "sealed", "screen-locked", "working"] as const) {
    desk.phase = phase;
    expect((await browser.get(RESTORE)).status).toBe(303);
    const texts = Object.entries(hidden).map(([name, value]): FormPart => ({ name, value }));
    const late = await browser.upload(RESTORE, "----x", multipart("----x", [...texts, picked("everything")]));
    expect([late.status, late.headers["location"]]).toEqual([303, "/"]);
  }
  expect(desk.asked).toEqual([]);
});
