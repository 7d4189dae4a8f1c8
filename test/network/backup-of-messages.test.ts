import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, open as openFile, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LEFT_OUT } from "../../src/backup/layout.ts";
import { systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { keepKeys, ownCertificate, ownKeys } from "../../src/social/messages/keys/own.ts";
import { trustIn } from "../../src/social/messages/keys/trust.ts";
import { open } from "../../src/social/messages/pgp/open.ts";
import { messagesWith } from "../../src/social/messages/thread.ts";
import { writeMessage } from "../../src/social/messages/write.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { acquainted, act, idAt, settled } from "../support/members.ts";

const WEEK = 7 * 24 * 60 * 60_000;
const COPIER = "src/copier.ts";

let fediverse: Fediverse;
let anna: Member;
let ben: Member;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "backup-of-messages-"));
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
  await acquainted(anna, ben);
});
afterEach(async () => {
  await fediverse[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Anna writes to Ben; what somebody on the way wrote down of it. */
async function recorded(text: string): Promise<Uint8Array> {
  const bodies: string[] = [];
  fediverse.interfere(ben.host, async (request, go) => {
    if (request.method === "POST") bodies.push(await request.clone().text());
    return go();
  });
  const content = { personId: idAt(ben), text, replyToId: "" };
  await act(anna, (tx, now) => writeMessage(tx, anna.acting.me, content, now, systemRandom));
  await settled(anna, ben);
  fediverse.interfere(ben.host, null);
  const [letter] = bodies.map((body) => JSON.parse(body).object.content);
  return Buffer.from(letter, "base64");
}

/** What a backup of Ben's device holds, opened by whoever has it and the passphrase. */
async function backupOpened(): Promise<Store> {
  const { signal } = new AbortController();
  const keys = { database: Buffer.alloc(32, 1), media: Buffer.alloc(32, 2) };
  await using copy = await ben.store.copy({ keys, without: LEFT_OUT, copier: COPIER, signal });
  for (const { path, writeTo } of copy.files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await using file = await openFile(join(folder, `${path}.part`), "w");
    await writeTo((piece) => file.writeFile(piece));
    await rename(join(folder, `${path}.part`), join(folder, path));
  }
  const log = createLog(() => {}, "silent");
  return openStore({ folder, keys, deviceId: "other", now: ben.acting.now, log });
}

test("what was recorded on its way opens no more once its key is gone: not with a backup and the passphrase either", async () => {
  const sealed = await recorded("the heron at dusk");
  const theirs = await ownCertificate(anna.store.read, anna.acting.now());
  if (theirs === null) throw new Error("no key");
  const opened = async (store: Pick<Store, "read">) => {
    const own = await ownKeys(store.read);
    return own === null ? null : open(sealed, { own, theirs, at: ben.acting.now() });
  };
  const text = expect.objectContaining({ text: expect.stringContaining("the heron at dusk") });
  expect(await opened(ben.store), "as long as its key is there, it opens").toEqual(text);

  await using backup = await backupOpened();
  expect(await ownKeys(backup.read), "the key that signs is there").toMatchObject({ subkeys: [] });
  expect(await opened(backup)).toEqual({ refused: "not-ours" });
  const { items } = await messagesWith(backup.read, idAt(anna), { limit: 5 }, ben.acting.now());
  expect(items, "the page says so: the words that were here are in it").toMatchObject([
    { text: "the heron at dusk" },
  ]);

  fediverse.later += 3 * WEEK;
  await keepKeys(ben.store, ben.acting.me, ben.acting.now());
  expect(await opened(ben.store)).toEqual({ refused: "not-ours" });
});

test("a device that comes of a backup gets new messages: with keys of its own making, and the one who writes sees no change", async () => {
  await recorded("before");
  const before = await trustIn(anna.store.read, idAt(ben));
  await using backup = await backupOpened();
  // Others take the newest key that they know of, to the second.
  fediverse.later += 60_000;
  await keepKeys(backup, ben.acting.me, ben.acting.now());
  const made = await ownKeys(backup.read);
  const own = await ownKeys(ben.store.read);
  expect(made?.key, "the same person").toEqual(own?.key);
  expect(made?.subkeys.length).toBeGreaterThan(0);
  // The device it comes from is gone; the other one answers at its address from now on.
  await act(ben, async (tx) => {
    await tx.messageSubkey.deleteMany({});
    for (const { startsAt, fingerprint, secret } of made?.subkeys ?? [])
      await tx.messageSubkey.create({
        data: { id: fingerprint, startsAt: new Date(startsAt), secret: Buffer.from(secret) },
      });
  });
  await recorded("after");
  const { items } = await messagesWith(ben.store.read, idAt(anna), { limit: 5 }, ben.acting.now());
  expect(items.map(({ text }) => text).sort()).toEqual(["after", "before"]);
  expect(await trustIn(anna.store.read, idAt(ben))).toEqual(before);
});
