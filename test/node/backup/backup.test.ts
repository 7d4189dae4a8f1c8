import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import BetterSqlite from "better-sqlite3-multiple-ciphers";
import { unpackTar } from "modern-tar";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { unpackBackup } from "../../../src/backup/restore.ts";
import { writeBackup } from "../../../src/backup/write.ts";
import { saveMediaRow } from "../../../src/social/media/media.ts";
import { changeSetting, setting } from "../../../src/social/settings/settings.ts";
import { sealedName } from "../../../src/store/sealed-file.ts";
import { openVault } from "../../../src/vault/vault.ts";
import {
  backupOf,
  createDevices,
  type DeviceAt,
  type Devices,
  furnished,
  leftIn,
  OTHER_PASSPHRASE,
  PASSPHRASE,
  stays,
  storeOf,
} from "../../support/devices.ts";
import { eventually } from "../../support/eventually.ts";

let devices: Devices;
beforeEach(() => {
  devices = createDevices();
});
afterEach(() => devices[Symbol.dispose]());

async function flip(path: string, at: number): Promise<void> {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  await writeFile(path, bytes);
}

/** As a restore leaves it, not opened yet. */
async function unpackedAt(name: string, backup: Buffer): Promise<{ folder: string }> {
  const folder = join(devices.folder, name);
  await mkdir(folder);
  await using found = await unpackBackup({ folder, bytes: Readable.from([backup]), passphrase: PASSPHRASE });
  await found.keep();
  return { folder };
}

test("everything comes back on another device, with the passphrase it had", async () => {
  await using old = await devices.at("old");
  const { mediaId, bytes } = await furnished(old.device);
  const [address, count] = [
    old.device.serving?.identity.ownerUri,
    await storeOf(old.device).read.secret.count(),
  ];
  const backup = await backupOf(old.device);
  await old.device.seal();

  await using other = await devices.at("new");
  await other.device.restore(Readable.from([backup]), PASSPHRASE);
  expect(other.device.phase).toBe("open");
  const store = storeOf(other.device);
  expect(other.device.serving?.identity.ownerUri).toBe(address);
  expect(await setting(store.read, "note", "")).toBe("the kingfisher sleeps");
  expect(await store.read.secret.count()).toBe(count);
  expect((await buffer(store.media.read(mediaId))).equals(bytes)).toBe(true);
  expect(leftIn(join(other.folder, "data"))).not.toContain("copying");
  expect(leftIn(other.folder).filter((name) => name.startsWith("restoring"))).toEqual([]);
});

test("C9: a backup has keys of its own: it opens with the passphrase of its day, and nothing of it opens the device", async () => {
  await using old = await devices.at("old");
  await furnished(old.device);
  const backup = await backupOf(old.device);
  await old.device.changePassphrase(PASSPHRASE, OTHER_PASSPHRASE);
  const other = await unpackedAt("new", backup);
  const vault = await openVault({ folder: other.folder, passphrase: PASSPHRASE });
  await expect(openVault({ folder: other.folder, passphrase: OTHER_PASSPHRASE })).rejects.toMatchObject({
    code: "wrong-passphrase",
  });
  await old.device.seal();
  const opens = (at: string) => {
    const db = new BetterSqlite(join(at, "data", "tssop.db"));
    try {
      db.pragma("cipher='chacha20'");
      db.key(Buffer.from(`raw:${vault.key("database").toString("hex")}`, "latin1"));
      return db.prepare("SELECT count(*) AS n FROM Person").get() !== undefined;
    } catch {
      return false;
    } finally {
      db.close();
    }
  };
  expect(opens(other.folder)).toBe(true);
  expect(opens(old.folder)).toBe(false);
  const mediaOf = async (at: string) =>
    (await readdir(join(at, "data", "media"), { recursive: true })).filter((name) => name.length > 40);
  const names = await mediaOf(old.folder);
  expect(await mediaOf(other.folder)).toHaveLength(names.length);
  expect(await mediaOf(other.folder), "names tell as little").not.toEqual(names);
});

test("no word, name or key of the owner stands in it, nor the time and account it was made by", async () => {
  await using old = await devices.at("old");
  await furnished(old.device);
  const backup = await backupOf(old.device);
  const onion = old.device.serving?.identity.onion ?? "";
  for (const word of ["kingfisher", "Nora", onion, PASSPHRASE, "openpgp", "SQLite format"])
    expect(backup.includes(word), word).toBe(false);
  for (const { header } of await unpackTar(backup))
    expect(header).toMatchObject({ uid: 0, gid: 0, uname: "", gname: "", mtime: new Date(0) });
});

test("the keys that open messages on their way are not in it, and the device that comes of it makes new ones", async () => {
  await using old = await devices.at("old");
  await furnished(old.device);
  const before = await storeOf(old.device).read.messageSubkey.findMany();
  expect(before).not.toHaveLength(0);
  const backup = await backupOf(old.device);
  const { folder } = await unpackedAt("new", backup);
  const vault = await openVault({ folder, passphrase: PASSPHRASE });
  const db = new BetterSqlite(join(folder, "data", "tssop.db"));
  db.pragma("cipher='chacha20'");
  db.key(Buffer.from(`raw:${vault.key("database").toString("hex")}`, "latin1"));
  expect(db.prepare("SELECT count(*) AS n FROM ApiToken").get()).toEqual({ n: 0 });
  expect(db.prepare("SELECT count(*) AS n FROM MessageSubkey").get()).toEqual({ n: 0 });
  const pages = db.serialize();
  for (const { secret, id } of before) {
    expect(pages.includes(Buffer.from(secret)), "not in a free page either").toBe(false);
    expect(pages.includes(id)).toBe(false);
  }
  db.close();
  await using other = await devices.at("new");
  await other.device.unlock(PASSPHRASE);
  const after = await storeOf(other.device).read.messageSubkey.findMany();
  expect(after.length).toBeGreaterThan(0);
  expect(after.map(({ id }) => id)).not.toContain(before[0]?.id);
});

test("one damaged file, one that still comes and one that is gone keep nothing else out of it", async () => {
  await using old = await devices.at("old");
  const { mediaId, bytes } = await furnished(old.device);
  const store = storeOf(old.device);
  const ids = await Promise.all([0, 1].map(() => store.media.put(randomBytes(200_000))));
  const [damaged = "", gone = ""] = ids;
  const coming = randomBytes(16).toString("hex");
  await store.transact(async (tx) => {
    for (const id of [...ids, coming])
      await saveMediaRow(tx, { id, type: "image/jpeg", bytes: 200_000 }, "picture", Date.now());
  });
  {
    await using growing = await store.media.grow(coming);
    await growing.add(Buffer.alloc(64 * 1024));
  }
  await store.media.remove(gone);
  const key = (await openVault({ folder: old.folder, passphrase: PASSPHRASE })).key("media");
  await flip(join(old.folder, "data", "media", ...sealedName(key, damaged)), 100_000);
  const backup = await backupOf(old.device);
  await using other = await devices.at("new");
  await other.device.restore(Readable.from([backup]), PASSPHRASE);
  const { media } = storeOf(other.device);
  expect((await buffer(media.read(mediaId))).equals(bytes)).toBe(true);
  await expect(buffer(media.read(damaged))).rejects.toThrow();
  for (const id of [gone, coming])
    await expect(buffer(media.read(id))).rejects.toMatchObject({ code: "not-found" });
});

describe("locking the device", () => {
  let old: DeviceAt;
  beforeEach(async () => {
    old = await devices.at("old");
    await furnished(old.device);
    const store = storeOf(old.device);
    const id = await store.media.put(randomBytes(24 * 1024 * 1024));
    await store.transact((tx) =>
      saveMediaRow(tx, { id, type: "image/jpeg", bytes: 1 }, "picture", Date.now()),
    );
  });
  afterEach(() => old[Symbol.asyncDispose]());
  const copies = () => readdirSync(join(old.folder, "data", "copying"));

  test("ends a backup that is being read, and nothing of it is left", async () => {
    const begun = Promise.withResolvers<Readable>();
    const backup = old.device.backup(
      PASSPHRASE,
      async ({ stream }) => {
        begun.resolve(stream);
        for await (const _ of stream) void old.device.seal();
      },
      stays,
    );
    const stream = await begun.promise;
    await expect(backup).rejects.toMatchObject({ code: "sealed" });
    expect([stream.destroyed, old.device.phase, copies()]).toEqual([true, "sealed", []]);
  });

  test("ends one that is written to a file, and no half of it stays", async () => {
    const file = join(devices.folder, "nora.tssop-backup");
    const backup = old.device.backup(
      PASSPHRASE,
      async (given) => {
        void old.device.seal();
        await writeBackup(given, file);
      },
      stays,
    );
    await expect(backup).rejects.toMatchObject({ code: "sealed" });
    expect(leftIn(devices.folder)).toEqual(["old"]);
  });

  test("ends one that is only being made, and nobody gets it", async () => {
    const given: unknown[] = [];
    const backup = old.device.backup(PASSPHRASE, async (made) => void given.push(made), stays);
    const refused = expect(backup).rejects.toMatchObject({ code: "sealed" });
    await eventually("it is being copied", async () => existsSync(join(old.folder, "data", "copying")));
    await old.device.seal();
    await refused;
    expect([given, copies()]).toEqual([[], []]);
    await expect(old.device.backup(PASSPHRASE, async () => {}, stays)).rejects.toMatchObject({
      code: "sealed",
    });
  });

  test("is not kept from it by whoever left the download", async () => {
    const leaving = new AbortController();
    const backup = old.device.backup(
      PASSPHRASE,
      async ({ stream }) => {
        leaving.abort(new Error("gone"));
        for await (const _ of stream) throw new Error("still here");
      },
      leaving.signal,
    );
    await expect(backup).rejects.toThrow("gone");
    expect(copies()).toEqual([]);
  });
});

test("C10: a wrong passphrase gives nothing and counts as a try, however many are sent at once", async () => {
  await using old = await devices.at("old");
  await furnished(old.device);
  const guess = () => old.device.backup(OTHER_PASSPHRASE, async () => {}, stays);
  const said = await Promise.allSettled(Array.from({ length: 8 }, guess));
  const codes = said.map((one) => (one.status === "rejected" ? one.reason.code : "taken"));
  expect(codes).toEqual([...Array(3).fill("wrong-passphrase"), ...Array(5).fill("wait-before-retry")]);
  await expect(old.device.backup(PASSPHRASE, async () => {}, stays)).rejects.toMatchObject({
    code: "wait-before-retry",
  });
  expect(existsSync(join(old.folder, "data", "copying"))).toBe(false);
});

test("what is deleted while a copy is made is gone from the log afterwards, and nothing stands still for it", async () => {
  await using old = await devices.at("old");
  await furnished(old.device);
  const store = storeOf(old.device);
  await store.transact((tx) => changeSetting(tx, "note", "the bittern booms"));
  await old.device.backup(
    PASSPHRASE,
    async ({ stream }) => {
      await store.transact((tx) => changeSetting(tx, "note", ""));
      await buffer(stream);
    },
    stays,
  );
  await store.purge();
  expect(statSync(join(old.folder, "data", "tssop.db-wal")).size).toBe(0);
});

test("what was made for a backup that the program's end cut off goes at the next opening", async () => {
  await using old = await devices.at("old");
  await furnished(old.device);
  await old.device.seal();
  await mkdir(join(old.folder, "data", "copying", "0123456789abcdef"), { recursive: true });
  await old.device.unlock(PASSPHRASE);
  expect(leftIn(join(old.folder, "data"))).not.toContain("copying");
});
