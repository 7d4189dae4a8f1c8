import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3-multiple-ciphers";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createLog } from "../../src/lib/log.ts";
import { openStore } from "../../src/store/store.ts";
import { type KeyLabel, LABELS } from "../../src/vault/labels.ts";
import { openVault } from "../../src/vault/vault.ts";
import { filesWith, filesWithKeys } from "../support/canary.ts";
import { startChromium, startChromiumIn } from "../support/chromium.ts";
import { enter, walkOwnersPages } from "../support/owner-walk.ts";
import { type Person, startPerson } from "../support/person.ts";
import { arrives, post, subscribe, vanishes } from "../support/scenario.ts";

/** Words that stand nowhere else on earth: found in a file, they can only have come from this scenario. */
const NAME = "Zephyrine-Quill";
const WORDS = "marzipan-lighthouse-4471";
const DELETED = "velvet-anchovy-9023";
let folder: string;
let profileFolder: string;
let alice: Person;
let bob: Person;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-canary-"));
  profileFolder = mkdtempSync(join(tmpdir(), "tssop-profile-"));
  const torrc = inject("clientTorrc");
  [alice, bob] = await Promise.all([
    startPerson({ name: NAME, folder, torrc, environment: { TSSOP_LOG: "debug" } }),
    startPerson({ name: "Bob", folder, torrc }),
  ]);
  await Promise.all([alice.event("reachable"), bob.event("reachable")]);
  await subscribe(bob, alice, () => {});
  await post(alice, `About the ${WORDS}`);
  await arrives(bob, WORDS);
});

afterAll(async () => {
  await Promise.all([alice?.stop(), bob?.stop()]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  rmSync(profileFolder, { recursive: true, force: true, maxRetries: 5 });
});

/** What must never lie in the clear: a name, a contact's onion, the words of a post, the passphrase. */
const secrets = () => [NAME, bob.onion.slice(0, 56), WORDS, alice.passphrase];

test("C5: the data folder shows nothing in the clear while open, screen-locked or sealed", async () => {
  const sealed = [...secrets(), alice.onion.slice(0, 56)];
  expect(filesWith(alice.folder, secrets()), "open").toEqual([]);
  await lockThePages();
  expect((await alice.cli("status", "--json")).includes("screen-locked")).toBe(true);
  expect(filesWith(alice.folder, sealed), "screen-locked").toEqual([]);
  await alice.cli("lock");
  expect(filesWith(alice.folder, sealed), "sealed").toEqual([]);
  await alice.stop();
  expect(filesWith(alice.folder, sealed), "stopped").toEqual([]);
});

test("C5: no key lies in the clear in any file, whatever it is called", async () => {
  const keys = await keysOf(alice);
  expect(keys.length).toBeGreaterThan(5);
  expect(filesWithKeys(alice.folder, keys)).toEqual([]);
  alice = await alice.again();
  await alice.event("reachable");
  expect(filesWithKeys(alice.folder, keys), "while it runs").toEqual([]);
});

/** As the owner does it: on the page. */
async function lockThePages(): Promise<void> {
  const browser = await startChromium();
  const page = await browser.newPage();
  await enter(page, alice);
  await page.goto(`${alice.owner}/settings`);
  await page.getByRole("button", { name: "Lock the pages" }).click();
  await page.getByRole("button", { name: "Unlock" }).waitFor();
  await browser.close();
}

/** What only the passphrase opens: the keys of storage, and the secrets that are this person. The node must be off. */
async function keysOf(person: Person): Promise<{ word: string; bytes: Buffer }[]> {
  const vault = await openVault(person);
  const labels = Object.keys(LABELS) as KeyLabel[];
  const keys = { database: vault.key("database"), media: vault.key("media") };
  const folder = join(person.folder, "data");
  const log = createLog(() => {}, "silent");
  await using store = await openStore({ folder, keys, deviceId: vault.deviceId, now: Date.now, log });
  const rows = await store.read.secret.findMany();
  return [
    ...labels.map((label) => ({ word: label, bytes: vault.key(label) })),
    ...rows.map(({ id, value }) => ({ word: id, bytes: Buffer.from(value) })),
  ];
}

test("E16: the log and the output name nobody", () => {
  const printed = alice
    .printed()
    .split("\n")
    .filter((line) => !line.includes('"event":"published"'))
    .join("\n");
  for (const secret of [...secrets(), alice.onion.slice(0, 56)]) expect(printed).not.toContain(secret);
});

test("the browser's profile keeps nothing of what the owner looked at", async () => {
  const browser = await startChromiumIn(profileFolder);
  await walkOwnersPages(browser, alice);
  await browser.close();
  expect(filesWith(profileFolder, [NAME, bob.onion.slice(0, 56), WORDS])).toEqual([]);
});

test("C5: a deleted post leaves no trace in any file, here or at who had it", async () => {
  const slip = await post(alice, `Nobody should know of the ${DELETED}`);
  await arrives(bob, DELETED);
  await alice.api("DELETE", `/api/v1/statuses/${slip.id}`);
  await vanishes(bob, DELETED);
  await vanishes(alice, DELETED);
  expect(filesWith(alice.folder, [DELETED])).toEqual([]);
  expect(filesWith(bob.folder, [DELETED])).toEqual([]);
  for (const person of [alice, bob]) await person.stop();
  for (const person of [alice, bob]) {
    const pages = await pagesOf(person);
    expect(pages.includes("CREATE TABLE"), "the pages are open").toBe(true);
    expect(pages.includes(DELETED), person.name).toBe(false);
  }
});

/** The database's pages as they are under the cipher, in memory only. */
async function pagesOf(person: Person): Promise<Buffer> {
  const vault = await openVault(person);
  const db = new BetterSqlite(join(person.folder, "data", "tssop.db"));
  try {
    db.pragma("cipher='chacha20'");
    db.key(Buffer.from(`raw:${vault.key("database").toString("hex")}`));
    return db.serialize();
  } finally {
    db.close();
  }
}
