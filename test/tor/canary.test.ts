import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { filesWith } from "../support/canary.ts";
import { startChromiumIn } from "../support/chromium.ts";
import { walkOwnersPages } from "../support/owner-walk.ts";
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
    startPerson({ name: NAME, folder, torrc }),
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

test("the data folder shows nothing in the clear while open, screen-locked or sealed", async () => {
  expect(filesWith(alice.folder, secrets()), "open").toEqual([]);
  await alice.cli("lock");
  expect(filesWith(alice.folder, [...secrets(), alice.onion.slice(0, 56)]), "sealed").toEqual([]);
  await alice.stop();
  expect(filesWith(alice.folder, [...secrets(), alice.onion.slice(0, 56)]), "stopped").toEqual([]);
  alice = await alice.again();
  await alice.event("reachable");
});

test("the log and the output name nobody", () => {
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

test("a deleted post leaves no trace in any file, here or at who had it", async () => {
  const slip = await post(alice, `Nobody should know of the ${DELETED}`);
  await arrives(bob, DELETED);
  await alice.api("DELETE", `/api/v1/statuses/${slip.id}`);
  await vanishes(bob, DELETED);
  await vanishes(alice, DELETED);
  expect(filesWith(alice.folder, [DELETED])).toEqual([]);
  expect(filesWith(bob.folder, [DELETED])).toEqual([]);
});
