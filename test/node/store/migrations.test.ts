import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrations } from "../../../src/store/generated/migrations.ts";
import type { Migration } from "../../../src/store/migrate.ts";
import { createStoreFolder, DAY, type StoreFolder } from "./open.ts";

let folder: StoreFolder;
beforeEach(() => {
  folder = createStoreFolder();
});
afterEach(() => folder[Symbol.dispose]());

const later = (name: string, sql: string): Migration => ({ name: `29990101000000_${name}`, sql });
const harmless = later("a_index", 'CREATE INDEX "more" ON "Setting"("value");');
const broken = later("b_broken", 'CREATE TABLE "Extra"("id" TEXT); INSERT INTO nowhere VALUES (1);');

async function filled(): Promise<void> {
  await using store = await folder.open();
  const at = new Date(folder.now);
  await store.transact(async (tx) => {
    await tx.person.create({ data: { id: "p", uri: "u", sortKey: "1", seenAt: at } });
    await tx.blocked.create({ data: { personId: "p", at } });
    await tx.setting.create({ data: { key: "a", value: "larkspur-5521" } });
  });
}

const copies = () => readdirSync(folder.path).filter((name) => name.startsWith("before-"));

test("a migration that fails leaves all as it was, the ones before it too, and keeps one copy", async () => {
  await filled();
  const all = [...migrations, harmless, broken];
  for (let n = 0; n < 3; n += 1) {
    folder.now += 1000;
    await expect(folder.open({ migrations: all })).rejects.toMatchObject({ code: "migration-failed" });
  }
  expect(copies()).toHaveLength(1);
  const db = folder.bare();
  const names = db.prepare("SELECT name FROM sqlite_master WHERE name IN ('more', 'Extra')").all();
  const applied = db.prepare("SELECT name FROM migration ORDER BY name").all();
  db.close();
  expect(names).toEqual([]);
  expect(applied).toEqual(migrations.map(({ name }) => ({ name })));
  await using store = await folder.open();
  expect(await store.read.blocked.count()).toBe(1);
  await store.transact((tx) => tx.setting.delete({ where: { key: "a" } }));
  expect(store.changes.since(0, 10).at(-1)).toMatchObject({ id: "a", deleted: true });
});

test("a migration that would leave rows without what they belong to is refused", async () => {
  await filled();
  const orphaning = later("c_orphans", 'DELETE FROM "Person";');
  const open = folder.open({ migrations: [...migrations, orphaning] });
  await expect(open).rejects.toMatchObject({ code: "migration-failed" });
  await using store = await folder.open();
  expect(await store.read.person.count()).toBe(1);
});

test("a migration that rebuilds a table, as Prisma writes it, keeps the rows that belong to it", async () => {
  await filled();
  const db = folder.bare();
  const create = String(db.prepare("SELECT sql FROM sqlite_master WHERE name = 'Person'").pluck().get());
  db.close();
  const rebuild = `PRAGMA defer_foreign_keys=ON;\nPRAGMA foreign_keys=OFF;
    ${create.replace('"Person"', '"new_Person"')};
    INSERT INTO "new_Person" SELECT * FROM "Person";
    DROP TABLE "Person";
    ALTER TABLE "new_Person" RENAME TO "Person";
    PRAGMA foreign_keys=ON;\nPRAGMA defer_foreign_keys=OFF;`;
  await using store = await folder.open({ migrations: [...migrations, later("d_rebuild", rebuild)] });
  expect(await store.read.blocked.count()).toBe(1);
  const head = store.changes.head();
  await store.transact((tx) => tx.person.update({ where: { id: "p" }, data: { name: "Ada" } }));
  expect(store.changes.since(head, 10)).toMatchObject([{ entity: "Person", id: "p" }]);
  await store.transact((tx) => tx.person.delete({ where: { id: "p" } }));
  expect(await store.read.blocked.count()).toBe(0);
});

test("what a newer version wrote is not opened", async () => {
  await (await folder.open({ migrations: [...migrations, harmless] }))[Symbol.asyncDispose]();
  await expect(folder.open()).rejects.toMatchObject({ code: "database-newer" });
});

test("the copy made before a migration is whole, sealed under the same key, and goes after seven days", async () => {
  await filled();
  const all = [...migrations, harmless];
  await (await folder.open({ migrations: all }))[Symbol.asyncDispose]();
  expect(copies()).toHaveLength(1);
  const copy = join(folder.path, copies()[0] ?? "");
  expect(readFileSync(copy).includes("larkspur")).toBe(false);
  const db = folder.bare(copy);
  expect(db.prepare(`SELECT "value" FROM "Setting"`).all()).toEqual([{ value: "larkspur-5521" }]);
  db.close();
  folder.now += 6 * DAY;
  await using store = await folder.open({ migrations: all });
  expect(copies()).toHaveLength(1);
  folder.now += 2 * DAY;
  await store.purge(); // a node that is never restarted loses it as well
  expect(copies()).toEqual([]);
});

test("a first start makes no copy of nothing", async () => {
  await filled();
  expect(copies()).toEqual([]);
});
