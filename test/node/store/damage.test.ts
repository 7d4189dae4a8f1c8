import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import { migrations } from "../../../src/store/generated/migrations.ts";
import type { Migration } from "../../../src/store/migrate.ts";
import { openStore, type Store } from "../../../src/store/store.ts";

const log = createLog(() => {}, "silent");
const keys = { database: randomBytes(32), media: randomBytes(32) };
const DAY = 24 * 60 * 60_000;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tssop-damage-"));
  path = join(folder, "tssop.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (more: { migrations?: Migration[]; now?: () => number } = {}): Promise<Store> =>
  openStore({ folder, keys, deviceId: "d", now: Date.now, log, ...more });

async function filled(): Promise<void> {
  await using store = await open();
  await store.transact(async (tx) => {
    for (let n = 0; n < 400; n += 1) {
      await tx.setting.create({ data: { key: `key ${n}`, value: randomBytes(200).toString("hex") } });
    }
  });
}

test("a flipped byte anywhere in the file is noticed, said in a sentence, and nothing is written", async () => {
  await filled();
  const whole = readFileSync(path);
  for (const at of [30, 4096 * 3 + 50, whole.byteLength - 700]) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(path, damaged);
    const using_ = async () => {
      await using store = await open();
      await store.read.setting.findMany();
    };
    await expect(using_(), `byte ${at}`).rejects.toSatisfy((error: Error) =>
      /damaged|malformed|NOTADB/i.test(
        `${error.message} ${"code" in error ? error.code : ""} ${"cause" in error ? String(error.cause) : ""}`,
      ),
    );
    expect(readFileSync(path).subarray(0, 4096).equals(damaged.subarray(0, 4096))).toBe(true);
  }
});

test("a file that is something else is not touched", async () => {
  const letter = Buffer.from("Dear diary, ".repeat(1000));
  writeFileSync(path, letter);
  await expect(open()).rejects.toMatchObject({ code: "database-damaged" });
  expect(readFileSync(path).equals(letter)).toBe(true);
});

test("a migration that fails leaves the data as it was, and keeps a copy", async () => {
  await filled();
  const broken = {
    name: "29990101000000_broken",
    sql: "CREATE TABLE extra(id TEXT); INSERT INTO nowhere VALUES (1);",
  };
  await expect(open({ migrations: [...migrations, broken] })).rejects.toMatchObject({
    code: "migration-failed",
  });
  expect(readdirSync(folder).some((name) => /^before-\d+\.db$/.test(name))).toBe(true);
  await using store = await open();
  expect(await store.read.setting.count()).toBe(400);
});

test("a migration that rebuilds a table keeps the rows that belong to it", async () => {
  {
    await using store = await open();
    const seenAt = new Date();
    await store.transact(async (tx) => {
      await tx.person.create({ data: { id: "p", uri: "u", sortKey: "1", seenAt } });
      await tx.blocked.create({ data: { personId: "p", at: seenAt } });
    });
  }
  const sql = `PRAGMA foreign_keys=OFF; CREATE TABLE "new_Person" AS SELECT * FROM "Person" WHERE 0;
    DROP TABLE "new_Person"; CREATE TABLE "other" ("id" TEXT NOT NULL PRIMARY KEY, "uri" TEXT NOT NULL DEFAULT '');
    INSERT INTO "other"("id", "uri") SELECT "id", "uri" FROM "Person"; DROP TABLE "other";`;
  const rebuild = migrations[0]?.sql.match(/CREATE TABLE "Person" \([\s\S]*?\n\);/)?.[0] ?? "";
  const redefined = `${sql}
    ${rebuild.replace('"Person"', '"new_Person"')}
    INSERT INTO "new_Person" SELECT * FROM "Person"; DROP TABLE "Person"; ALTER TABLE "new_Person" RENAME TO "Person";`;
  await using store = await open({
    migrations: [...migrations, { name: "29990101000000_rebuild", sql: redefined }],
  });
  expect(await store.read.blocked.count()).toBe(1);
  await store.transact((tx) => tx.person.update({ where: { id: "p" }, data: { name: "Ada" } }));
  expect(
    store.changes.since(0, 100).filter(({ id, entity }) => entity === "Person" && id === "p"),
  ).toHaveLength(1);
});

test("what a newer version wrote is not opened", async () => {
  const newer = {
    name: "29990101000000_newer",
    sql: 'CREATE TABLE "Extra"("id" TEXT NOT NULL PRIMARY KEY);',
  };
  await (await open({ migrations: [...migrations, newer] }))[Symbol.asyncDispose]();
  await expect(open()).rejects.toMatchObject({ code: "database-newer" });
});

test("the copy made before a migration goes after seven days", async () => {
  await filled();
  const more = [
    ...migrations,
    { name: "29990101000000_more", sql: 'CREATE INDEX "more" ON "Setting"("value");' },
  ];
  await (await open({ migrations: more }))[Symbol.asyncDispose]();
  const copies = () => readdirSync(folder).filter((name) => name.startsWith("before-"));
  expect(copies()).toHaveLength(1);
  await (await open({ migrations: more, now: () => Date.now() + 6 * DAY }))[Symbol.asyncDispose]();
  expect(copies()).toHaveLength(1);
  await (await open({ migrations: more, now: () => Date.now() + 8 * DAY }))[Symbol.asyncDispose]();
  expect(copies()).toHaveLength(0);
});
