import { randomBytes } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { adapterOver } from "../../../src/store/adapter.ts";
import { openConnection } from "../../../src/store/connection.ts";
import { carried } from "../../../src/store/driver-error.ts";
import { PrismaClient } from "../../../src/store/generated/client.ts";
import { createMutex } from "../../../src/store/mutex.ts";
import { openStore } from "../../../src/store/store.ts";
import { createStoreFolder, type StoreFolder, silent } from "./open.ts";

const PAGE = 4096;
let folder: StoreFolder;
beforeEach(() => {
  folder = createStoreFolder();
});
afterEach(() => folder[Symbol.dispose]());

async function filled(): Promise<Buffer> {
  {
    await using store = await folder.open();
    await store.transact(async (tx) => {
      for (let n = 0; n < 200; n += 1) {
        await tx.setting.create({ data: { key: `key ${n}`, value: randomBytes(200).toString("hex") } });
      }
    });
  }
  return readFileSync(folder.database);
}

const isUntouched = (bytes: Buffer) => readFileSync(folder.database).equals(bytes);

test("a flipped byte in any page is noticed at the start, said, and nothing is written", async () => {
  const whole = await filled();
  const pages = whole.byteLength / PAGE;
  expect(pages).toBeGreaterThan(40);
  for (let page = 0; page < pages; page += 5) {
    const damaged = Buffer.from(whole);
    const at = page * PAGE + 30 + ((page * 997) % (PAGE - 40));
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(folder.database, damaged);
    await expect(folder.open(), `byte ${at}`).rejects.toMatchObject({ code: "database-damaged" });
    expect(isUntouched(damaged)).toBe(true);
  }
});

test("a file that was cut short, or is something else, is left as it is", async () => {
  const whole = await filled();
  for (const bytes of [whole.subarray(0, whole.byteLength / 2), Buffer.from("Dear diary, ".repeat(1000))]) {
    writeFileSync(folder.database, bytes);
    await expect(folder.open()).rejects.toMatchObject({ code: "database-damaged" });
    expect(isUntouched(bytes)).toBe(true);
  }
});

test("damage that happens while it is open reaches whoever reads as the same sentence", async () => {
  await filled();
  await using store = await folder.open();
  const damaged = readFileSync(folder.database);
  for (let at = PAGE * 3; at < damaged.byteLength; at += PAGE) damaged.fill(0, at + 100, at + 110);
  writeFileSync(folder.database, damaged);
  const error = await store.read.setting.findMany().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NodeError);
  expect(error).toMatchObject({ code: "database-damaged" });
});

test("a key of another vault is told from damage; nothing is written, also after a crash", async () => {
  await using store = await folder.open();
  await store.transact((tx) => tx.setting.create({ data: { key: "a", value: "b" } }));
  // As a crash leaves it: the newest is in the log only.
  using other = createStoreFolder();
  for (const name of ["tssop.db", "tssop.db-wal", "key-check"]) {
    cpSync(join(folder.path, name), join(other.path, name));
  }
  const before = readFileSync(`${other.database}-wal`);
  await expect(other.open()).rejects.toMatchObject({ code: "database-key" });
  expect(readFileSync(`${other.database}-wal`).equals(before)).toBe(true);
});

test("C4: what was acknowledged before a crash is there after it", async () => {
  await using store = await folder.open();
  await store.transact((tx) => tx.setting.create({ data: { key: "a", value: "b" } }));
  const copy = `${folder.path}-copy`;
  cpSync(folder.path, copy, { recursive: true });
  try {
    const db = folder.bare(join(copy, "tssop.db"));
    expect(db.prepare(`SELECT "key" FROM "Setting"`).all()).toEqual([{ key: "a" }]);
    db.close();
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

test("a full disk is said as such, undoes what was begun, and the next write works", async () => {
  const base = { path: folder.database, key: Buffer.alloc(32, 7), hlc: () => 1, device: "d" };
  const writer = openConnection({ ...base, readonly: false });
  writer.exec(`CREATE TABLE "Setting"("key" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL)`);
  const reader = openConnection({ ...base, readonly: true });
  const prisma = new PrismaClient({ adapter: adapterOver(writer, reader, createMutex()) });
  writer.pragma("max_page_count=10");
  const large = { key: "large", value: "x".repeat(100_000) };
  const write = prisma.$transaction(async (tx) => {
    await tx.setting.create({ data: { key: "small", value: "" } });
    await tx.setting.create({ data: large });
  });
  const error = carried(await write.catch((thrown: unknown) => thrown));
  expect(error).toMatchObject({ name: "NodeError", code: "disk-full" });
  expect(await prisma.setting.count()).toBe(0);
  writer.pragma("max_page_count=1000");
  await prisma.setting.create({ data: large });
  await prisma.$disconnect();
});

test("a folder that cannot be made is said, with what to do", async () => {
  const file = join(folder.path, "a file");
  writeFileSync(file, "");
  const keys = { database: randomBytes(32), media: randomBytes(32) };
  const open = openStore({ folder: join(file, "data"), keys, deviceId: "d", now: Date.now, log: silent });
  await expect(open).rejects.toMatchObject({ code: "folder-readonly" });
});
