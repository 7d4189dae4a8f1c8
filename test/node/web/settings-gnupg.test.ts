import { decryptKey, readKey, readPrivateKey } from "openpgp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gnupgCertificate, gnupgKeys } from "../../../src/social/messages/keys/gnupg.ts";
import { fingerprintOf } from "../../../src/social/messages/pgp/own-key.ts";
import { changeSetting } from "../../../src/social/settings/settings.ts";
import { type Answer, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

const PAGE = "/settings/gnupg";

let desk: OwnerDesk;
let browser: OwnerBrowser;
beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

async function page(at = PAGE): Promise<Answer> {
  const got = await browser.get(at);
  expect([got.status, brokenBones(got.text)], at).toEqual([200, []]);
  return got;
}
const make = async () => browser.follow(await browser.send(await page(), PAGE, {}));
const FOR_FILE = "copper meadow violin stream";
const takeAlong = async (passphrase: string, another = FOR_FILE) =>
  browser.send(await page(), `${PAGE}/secret`, { passphrase, another });

test("a key for GnuPG is made without script, once what it costs was read", async () => {
  expect((await browser.get("/settings")).text).toContain(`href="${PAGE}"`);
  const before = await page();
  expect(wordsOfPage(before.text)).toContain("This key does not change each week");
  expect(await gnupgKeys(desk.acting.read)).toBeNull();
  expect(wordsOfPage((await make()).text)).toContain("The key is made.");
  const fingerprint = await fingerprintOf((await gnupgKeys(desk.acting.read))?.key ?? new Uint8Array());
  const groups = fingerprint.toUpperCase().replace(/.{4}(?=.)/g, "$& ");
  const shown = wordsOfPage((await page()).text);
  expect(shown).toContain(groups);
  expect(shown).toContain(`gpg --fetch-keys ${desk.acting.me.ownerUri}/openpgp4`);
  expect(shown).toMatch(/until \d+ \w+ 2\d{3}/);
  // A page that was left open makes no second one.
  await browser.send(before, PAGE, {});
  expect(wordsOfPage((await page()).text)).toContain(groups);
});

test("what is handed on is a file with the certificate and without anything secret", async () => {
  await make();
  const { status, headers, text } = await browser.get(`${PAGE}/certificate`);
  expect([status, headers["content-type"], headers["content-disposition"]]).toEqual([
    ...[200, "application/pgp-keys", `attachment; filename="${desk.acting.me.handle}.asc"`],
  ]);
  const key = await readKey({ armoredKey: text });
  expect([key.isPrivate(), key.keyPacket.version]).toEqual([false, 4]);
  expect(key.write()).toEqual(await gnupgCertificate(desk.acting.read));
});

test("the secret key is taken along by who knows the passphrase, locked with another one", async () => {
  await make();
  const wrong = await takeAlong("something else");
  expect([wrong.status, brokenBones(wrong.text)]).toEqual([422, []]);
  expect(wordsOfPage(wrong.text)).toContain("That is not the passphrase.");
  expect(wrong.text).not.toContain("PRIVATE KEY");
  desk.wait = 4_000;
  expect(wordsOfPage((await takeAlong(desk.passphrase)).text)).toContain("Wait a moment");
  desk.wait = 0;
  expect(wordsOfPage((await takeAlong(desk.passphrase, desk.passphrase)).text)).toContain(
    "Choose another passphrase",
  );
  const weak = await takeAlong(desk.passphrase, "secret");
  expect([weak.status, weak.text.includes("PRIVATE KEY")]).toEqual([422, false]);

  const { status, headers, text } = await takeAlong(desk.passphrase);
  expect([status, headers["content-disposition"], headers["cache-control"]]).toEqual([
    ...[200, `attachment; filename="${desk.acting.me.handle}-secret.asc"`, "no-store"],
  ]);
  const privateKey = await readPrivateKey({ armoredKey: text });
  expect(privateKey.isDecrypted()).toBe(false);
  await expect(decryptKey({ privateKey, passphrase: desk.passphrase })).rejects.toThrow();
  const opened = await decryptKey({ privateKey, passphrase: FOR_FILE });
  expect(opened.toPublic().write()).toEqual(await gnupgCertificate(desk.acting.read));
  // Nothing secret goes out by any link or form of another kind.
  for (const path of [`${PAGE}/secret`, `${PAGE}/secret?passphrase=${encodeURIComponent(desk.passphrase)}`])
    expect((await browser.get(path)).status).toBe(404);
});

test("the key is destroyed after a page that says what that means", async () => {
  await make();
  const [leftOpen, asks] = [await page(), await page(`${PAGE}/destroy`)];
  expect(wordsOfPage(asks.text)).toContain("will not open here");
  expect(await gnupgKeys(desk.acting.read)).not.toBeNull();
  const done = await browser.follow(await browser.send(asks, `${PAGE}/destroy`, {}));
  expect(wordsOfPage(done.text)).toContain("The key is destroyed.");
  expect(await gnupgKeys(desk.acting.read)).toBeNull();
  for (const path of [`${PAGE}/certificate`, `${PAGE}/destroy`]) {
    const { status, headers } = await browser.get(path);
    expect([status, headers["location"]]).toEqual([303, PAGE]);
  }
  const gone = await browser.send(leftOpen, `${PAGE}/secret`, { passphrase: desk.passphrase });
  expect([gone.status, gone.headers["location"]]).toEqual([303, PAGE]);
});

test("the page speaks German too", async () => {
  await desk.acting.transact((tx) => changeSetting(tx, "language", "de"));
  expect(wordsOfPage((await page()).text)).toContain("Einen Schlüssel für GnuPG machen");
  await make();
  expect(wordsOfPage((await page(`${PAGE}/destroy`)).text)).toContain("Jetzt vernichten");
});

test("a key whose time is over says so, and what to do", async () => {
  await make();
  desk.acting.now = () => Date.now() + 3 * 365 * 24 * 60 * 60_000;
  expect(wordsOfPage((await page()).text)).toContain("Destroy it and make a new one.");
});
