import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { adapterOver } from "../../../src/store/adapter.ts";
import { openConnection } from "../../../src/store/connection.ts";
import { PrismaClient } from "../../../src/store/generated/client.ts";
import { createMutex } from "../../../src/store/mutex.ts";
import { createStoreFolder, type StoreFolder } from "./open.ts";

let folder: StoreFolder;
beforeEach(() => {
  folder = createStoreFolder();
});
afterEach(() => folder[Symbol.dispose]());

const setting = (key: string, value = "v") => ({ data: { key, value } });

test("what was committed is there after closing and opening again", async () => {
  {
    await using store = await folder.open();
    await store.transact((tx) => tx.setting.create(setting("a", "lighthouse")));
  }
  await using store = await folder.open();
  expect(await store.read.setting.findMany()).toEqual([{ key: "a", value: "lighthouse" }]);
});

test("every kind of value comes back as it was", async () => {
  await using store = await folder.open();
  const at = new Date("2026-11-23T10:20:30.456Z");
  const bytes = Buffer.from([0, 1, 254, 255]);
  await store.transact(async (tx) => {
    await tx.secret.create({ data: { id: "s", value: bytes, createdAt: at } });
    await tx.marker.create({ data: { name: "home", position: 9_007_199_254_740_993n } });
    await tx.person.create({ data: { id: "p", uri: "u", sortKey: "1", seenAt: at, approves: true } });
    await tx.media.create({ data: { id: "m", type: "image/jpeg", bytes: -5, createdAt: at } });
  });
  const secret = await store.read.secret.findUniqueOrThrow({ where: { id: "s" } });
  expect([Buffer.from(secret.value).equals(bytes), secret.createdAt]).toEqual([true, at]);
  expect((await store.read.marker.findFirstOrThrow()).position).toBe(9_007_199_254_740_993n);
  expect(await store.read.person.findFirst()).toMatchObject({
    approves: true,
    gone: false,
    seenAt: at,
    fetchedAt: new Date(0),
  });
  expect((await store.read.media.findFirstOrThrow()).bytes).toBe(-5);
  expect(await store.read.person.count({ where: { seenAt: { gte: at }, fetchedAt: new Date(0) } })).toBe(1);
  expect(await store.read.person.count({ where: { seenAt: { gt: at } } })).toBe(0);
});

test("a transaction that fails leaves nothing behind", async () => {
  await using store = await folder.open();
  const failing = store.transact(async (tx) => {
    await tx.setting.create(setting("a"));
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await store.read.setting.count()).toBe(0);
});

test("writes at the same time all stand", async () => {
  await using store = await folder.open();
  await Promise.all(
    Array.from({ length: 40 }, (_, n) => store.transact((tx) => tx.setting.create(setting(`k${n}`)))),
  );
  expect(await store.read.setting.count()).toBe(40);
});

test("a create outside a transaction is not lost when the one that is open is undone", async () => {
  const base = { path: folder.database, key: Buffer.alloc(32, 7), hlc: () => 1, device: "d" };
  const writer = openConnection({ ...base, readonly: false });
  writer.exec(`CREATE TABLE "Setting"("key" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL)`);
  const reader = openConnection({ ...base, readonly: true });
  const prisma = new PrismaClient({ adapter: adapterOver(writer, reader, createMutex()) });
  const inside = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const undone = prisma.$transaction(async (tx) => {
    await tx.setting.create(setting("inside"));
    inside.resolve();
    await goOn.promise;
    throw new Error("undone");
  });
  await inside.promise;
  const created = prisma.setting.create(setting("outside"));
  goOn.resolve();
  await expect(undone).rejects.toThrow("undone");
  await created;
  expect(await prisma.setting.findMany({ select: { key: true } })).toEqual([{ key: "outside" }]);
  await prisma.$disconnect();
});

test("who reads while a transaction is open sees what was before it, and does not wait", async () => {
  await using store = await folder.open();
  await store.transact(async (tx) => {
    await tx.setting.create(setting("a"));
    expect([await tx.setting.count(), await store.read.setting.count()]).toEqual([1, 0]);
  });
  expect(await store.read.setting.count()).toBe(1);
});

test("a transaction inside a transaction is refused at once, instead of waiting for itself", async () => {
  await using store = await folder.open();
  const nested = store.transact(() => store.transact((tx) => tx.setting.count()));
  await expect(nested).rejects.toThrow("inside a transaction");
  await store.transact((tx) => tx.setting.create(setting("a")));
});

test("who reads cannot write", async () => {
  await using store = await folder.open();
  expect(Object.keys(store.read.setting)).not.toContain("create");
  expect(Object.keys(store.read)).not.toContain("$transaction");
});

test("C5: deleted words stand in no page of the opened database, nor in any file, also while others write", async () => {
  await using store = await folder.open();
  const canary = "velvet-anchovy-9023";
  await store.transact(async (tx) => {
    for (let n = 0; n < 50; n += 1) await tx.setting.create(setting(`k${n}`, canary.repeat(n * 20 + 1)));
  });
  await store.transact((tx) => tx.setting.deleteMany({ where: { key: { not: "k7" } } }));
  await store.transact((tx) => tx.setting.update({ where: { key: "k7" }, data: { value: "short" } }));
  const writing = store.transact(async (tx) => {
    await tx.setting.create(setting("other"));
    await new Promise((resolve) => setImmediate(resolve));
  });
  await store.purge();
  await writing;
  const db = folder.bare();
  const pages = db.serialize(); // plain pages, in memory only
  db.close();
  expect(pages.includes("CREATE TABLE")).toBe(true);
  expect(pages.includes(canary)).toBe(false);
  for (const name of readdirSync(folder.path)) {
    if (name !== "media") expect(readFileSync(join(folder.path, name)).includes(canary), name).toBe(false);
  }
});

test("the folder is the owner's alone, and so is each file in it", async () => {
  await using store = await folder.open();
  await store.transact((tx) => tx.setting.create(setting("a")));
  await store.media.put(Buffer.from("x"));
  const modeOf = (path: string) => statSync(path).mode & 0o077;
  expect(modeOf(folder.path)).toBe(0);
  for (const entry of readdirSync(folder.path, { recursive: true, withFileTypes: true })) {
    expect(modeOf(join(entry.parentPath, entry.name)), entry.name).toBe(0);
  }
});
