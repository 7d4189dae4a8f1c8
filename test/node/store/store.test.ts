import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import { openStore } from "../../../src/store/store.ts";

const log = createLog(() => {}, "silent");
const keys = { database: randomBytes(32), media: randomBytes(32) };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tssop-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (at = folder) => openStore({ folder: at, keys, deviceId: "d1", now: Date.now, log });

test("what was committed is there after closing and opening again", async () => {
  {
    await using store = await open();
    await store.transact((tx) => tx.setting.create({ data: { key: "a", value: "lighthouse" } }));
  }
  await using store = await open();
  expect(await store.read.setting.findMany()).toEqual([{ key: "a", value: "lighthouse" }]);
});

test("a transaction that fails leaves nothing behind", async () => {
  await using store = await open();
  const failing = store.transact(async (tx) => {
    await tx.setting.create({ data: { key: "a", value: "b" } });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await store.read.setting.count()).toBe(0);
});

test("another process on the same folder is told that it is in use", async () => {
  await using store = await open();
  await expect(open()).rejects.toMatchObject({ code: "folder-in-use" });
  expect(await store.read.setting.count()).toBe(0);
});

test("the wrong key opens nothing and changes nothing", async () => {
  await (await open())[Symbol.asyncDispose]();
  const before = readFileSync(join(folder, "tssop.db"));
  const other = { database: randomBytes(32), media: keys.media };
  await expect(openStore({ folder, keys: other, deviceId: "d1", now: Date.now, log })).rejects.toMatchObject({
    code: "database-damaged",
  });
  expect(readFileSync(join(folder, "tssop.db")).equals(before)).toBe(true);
});

test("every write leaves one line in the changes feed, and a deleted row cannot come back", async () => {
  await using store = await open();
  const secret = { id: "x", value: Buffer.from("s"), createdAt: new Date() };
  await store.transact((tx) => tx.secret.create({ data: secret }));
  await store.transact((tx) => tx.secret.update({ where: { id: "x" }, data: { value: Buffer.from("t") } }));
  expect(store.changes.since(0, 10).filter(({ id }) => id === "x")).toMatchObject([
    { entity: "Secret", deleted: false },
  ]);
  await store.transact((tx) => tx.secret.delete({ where: { id: "x" } }));
  expect(store.changes.since(0, 10)).toMatchObject([{ entity: "Secret", id: "x", deleted: true }]);
  await expect(store.transact((tx) => tx.secret.create({ data: secret }))).rejects.toThrow();
});

test("who listens hears after the commit which models were touched", async () => {
  await using store = await open();
  const heard: string[][] = [];
  store.onCommit((entities) => heard.push([...entities]));
  await store.transact((tx) => tx.setting.create({ data: { key: "a", value: "b" } }));
  expect(heard).toEqual([["Setting"]]);
});

test("deleted words stand in no page of the opened database, nor in any file", async () => {
  await using store = await open();
  const canary = "velvet-anchovy-9023";
  await store.transact((tx) => tx.setting.create({ data: { key: "a", value: canary.repeat(400) } }));
  await store.transact((tx) => tx.setting.delete({ where: { key: "a" } }));
  await store.purge();
  const { default: BetterSqlite } = await import("better-sqlite3-multiple-ciphers");
  const db = new BetterSqlite(join(folder, "tssop.db"));
  db.pragma("cipher='chacha20'");
  db.key(Buffer.from(`raw:${keys.database.toString("hex")}`));
  const pages = db.serialize(); // plain pages, in memory only
  db.close();
  expect(pages.includes("CREATE TABLE")).toBe(true);
  expect(pages.includes(canary)).toBe(false);
  for (const name of readdirSync(folder)) {
    if (name !== "media") expect(readFileSync(join(folder, name)).includes(canary), name).toBe(false);
  }
});

test("writes at the same time all stand, in transactions and without", async () => {
  await using store = await open();
  const writes = Array.from({ length: 40 }, (_, n) =>
    store.transact((tx) => tx.setting.create({ data: { key: `k${n}`, value: "v" } })),
  );
  await Promise.all(writes);
  expect(await store.read.setting.count()).toBe(40);
});

test("a sealed file comes back as it was, whole and in part", async () => {
  await using store = await open();
  const bytes = randomBytes(200_000);
  const id = await store.media.put(bytes);
  expect(Buffer.concat(await Array.fromAsync(store.media.read(id))).equals(bytes)).toBe(true);
  const part = Buffer.concat(await Array.fromAsync(store.media.read(id, { start: 65_000, end: 140_000 })));
  expect(part.equals(bytes.subarray(65_000, 140_001))).toBe(true);
});
