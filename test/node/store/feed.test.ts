import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../../../src/store/store.ts";
import type { Tx } from "../../../src/store/tx.ts";
import { createStoreFolder, DAY, type StoreFolder } from "./open.ts";

let folder: StoreFolder;
let store: Store;
beforeEach(async () => {
  folder = createStoreFolder();
  store = await folder.open();
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function reopen(): Promise<void> {
  await store[Symbol.asyncDispose]();
  store = await folder.open();
}

const at = new Date(0);
const person = (id: string) => ({ id, uri: `uri ${id}`, sortKey: id, seenAt: at });
const post = (id: string, authorId: string) => ({
  id,
  uri: `uri ${id}`,
  sortKey: id,
  authorId,
  publishedAt: at,
  receivedAt: at,
});
const setting = (key: string) => ({ key, value: "v" });
const update = { value: "w" };

/** Each way in which Prisma writes, after what must be there, with the lines it leaves: + written, - deleted. */
const writes: [string, (tx: Tx) => Promise<unknown>, (tx: Tx) => Promise<unknown>, string[]][] = [
  ["create", async () => {}, (tx) => tx.setting.create({ data: setting("a") }), ["+Setting a"]],
  [
    "createMany",
    async () => {},
    (tx) => tx.setting.createMany({ data: ["a", "b"].map(setting) }),
    ["+Setting a", "+Setting b"],
  ],
  [
    "createManyAndReturn",
    async () => {},
    (tx) => tx.setting.createManyAndReturn({ data: ["a", "b"].map(setting) }),
    ["+Setting a", "+Setting b"],
  ],
  ["update", given("a"), (tx) => tx.setting.update({ where: { key: "a" }, data: update }), ["+Setting a"]],
  [
    "updateMany",
    given("a", "b", "c"),
    (tx) => tx.setting.updateMany({ where: { key: { in: ["a", "b"] } }, data: update }),
    ["+Setting a", "+Setting b"],
  ],
  [
    "updateManyAndReturn",
    given("a", "b"),
    (tx) => tx.setting.updateManyAndReturn({ data: update }),
    ["+Setting a", "+Setting b"],
  ],
  [
    "upsert of a new row",
    given("b"),
    (tx) => tx.setting.upsert({ where: { key: "a" }, create: setting("a"), update }),
    ["+Setting a"],
  ],
  [
    "upsert of an old row",
    given("a"),
    (tx) => tx.setting.upsert({ where: { key: "a" }, create: setting("a"), update }),
    ["+Setting a"],
  ],
  ["delete", given("a", "b"), (tx) => tx.setting.delete({ where: { key: "a" } }), ["-Setting a"]],
  ["deleteMany", given("a", "b"), (tx) => tx.setting.deleteMany(), ["-Setting a", "-Setting b"]],
  [
    "several at once",
    given("a"),
    async (tx) => {
      await tx.setting.update({ where: { key: "a" }, data: update });
      await tx.setting.delete({ where: { key: "a" } });
      await tx.setting.create({ data: setting("a") });
    },
    ["+Setting a"],
  ],
  [
    "create with what belongs to it",
    async () => {},
    (tx) => tx.person.create({ data: { ...person("p"), blocked: { create: { at } } } }),
    ["+Blocked p", "+Person p"],
  ],
  [
    "connectOrCreate",
    async () => {},
    (tx) =>
      tx.blocked.create({
        data: { at, person: { connectOrCreate: { where: { id: "p" }, create: person("p") } } },
      }),
    ["+Blocked p", "+Person p"],
  ],
  [
    "a key of two parts",
    async (tx) => {
      await tx.person.create({ data: person("p") });
      await tx.post.create({ data: post("o", "p") });
    },
    (tx) => tx.addressee.create({ data: { postId: "o", personId: "p" } }),
    ["+Addressee o/p"],
  ],
  [
    "delete with what belonged to it",
    async (tx) => {
      await tx.person.create({ data: person("p") });
      await tx.post.create({ data: post("o", "p") });
      await tx.addressee.create({ data: { postId: "o", personId: "p" } });
    },
    (tx) => tx.post.delete({ where: { id: "o" } }),
    ["-Addressee o/p", "-Post o"],
  ],
];

function given(...keys: string[]): (tx: Tx) => Promise<unknown> {
  return (tx) => tx.setting.createMany({ data: keys.map(setting) });
}

test.each(writes)("%s leaves exactly one line for each row", async (_, before, write, lines) => {
  await store.transact(before);
  const head = store.changes.head();
  await store.transact(write);
  const found = store.changes.since(head, 100);
  expect(found.map(({ deleted, entity, id }) => `${deleted ? "-" : "+"}${entity} ${id}`).sort()).toEqual(
    lines.sort(),
  );
  const all = store.changes.since(0, 1000).map(({ entity, id }) => `${entity} ${id}`);
  expect(new Set(all).size, "one line a row in all").toBe(all.length);
});

test("what stays on this device leaves no line, and tells nobody", async () => {
  const heard: unknown[] = [];
  store.onCommit((entities) => heard.push(entities));
  await store.transact((tx) => tx.peer.create({ data: { host: "h" } }));
  expect([store.changes.head(), heard]).toEqual([0, []]);
});

test("a deleted row cannot come back under its id, not by an upsert either", async () => {
  await store.transact((tx) => tx.person.create({ data: person("p") }));
  await store.transact((tx) => tx.person.delete({ where: { id: "p" } }));
  const again: ((tx: Tx) => Promise<unknown>)[] = [
    (tx) => tx.person.create({ data: person("p") }),
    (tx) => tx.person.createMany({ data: [person("q"), person("p")] }),
    (tx) => tx.person.upsert({ where: { id: "p" }, create: person("p"), update: {} }),
  ];
  for (const write of again) await expect(store.transact(write)).rejects.toThrow("this id was deleted");
  expect(await store.read.person.count()).toBe(0);
});

test("a member of a set may leave and come again", async () => {
  await store.transact((tx) => tx.setting.create({ data: setting("a") }));
  await store.transact((tx) => tx.setting.delete({ where: { key: "a" } }));
  await store.transact((tx) => tx.setting.create({ data: setting("a") }));
  expect(store.changes.since(0, 10)).toMatchObject([{ id: "a", deleted: false }]);
});

test("a key never changes, a rank never falls", async () => {
  await store.transact((tx) => tx.marker.create({ data: { name: "home", position: 5n } }));
  const rename = store.transact((tx) =>
    tx.marker.update({ where: { name: "home" }, data: { name: "away" } }),
  );
  await expect(rename).rejects.toThrow("a key never changes");
  const back = store.transact((tx) => tx.marker.update({ where: { name: "home" }, data: { position: 4n } }));
  await expect(back).rejects.toThrow("a rank never falls");
  await store.transact((tx) => tx.marker.update({ where: { name: "home" }, data: { position: 6n } }));
  expect(store.changes.since(0, 10)).toMatchObject([{ entity: "Marker", id: "home", rank: 6 }]);
});

test("without the feed's functions nothing can be written at all", async () => {
  await store[Symbol.asyncDispose]();
  const db = folder.bare();
  expect(() => db.exec(`INSERT INTO "Setting"("key", "value") VALUES ('a', 'b')`)).toThrow("feed_hlc");
  db.close();
  store = await folder.open();
});

test("a trigger that is missing, or not as it was, is put back at the next start", async () => {
  await store[Symbol.asyncDispose]();
  const db = folder.bare();
  db.exec(`DROP TRIGGER "feed_Setting_insert"; DROP TRIGGER "feed_Person_dead";
    CREATE TRIGGER "feed_Person_dead" BEFORE INSERT ON "Person" BEGIN SELECT 1; END`);
  db.close();
  store = await folder.open();
  await store.transact((tx) => tx.setting.create({ data: setting("a") }));
  expect(store.changes.since(0, 10)).toMatchObject([{ entity: "Setting", id: "a" }]);
  await store.transact((tx) => tx.person.create({ data: person("p") }));
  await store.transact((tx) => tx.person.delete({ where: { id: "p" } }));
  await expect(store.transact((tx) => tx.person.create({ data: person("p") }))).rejects.toThrow("deleted");
});

test("time in the feed never goes back, whatever the clock does, over a restart too", async () => {
  const stamps: number[] = [];
  const write = async (key: string) => {
    await store.transact((tx) => tx.setting.create({ data: setting(key) }));
    stamps.push(store.changes.since(0, 100).at(-1)?.hlc ?? 0);
  };
  await write("a");
  folder.now -= DAY;
  await write("b");
  await reopen();
  folder.now -= DAY;
  await write("c");
  await reopen();
  await write("d");
  expect(stamps).toEqual(stamps.toSorted((one, other) => one - other));
  expect(new Set(stamps).size).toBe(4);
});

test("who listens hears after the commit what was touched, and nothing of what was undone", async () => {
  const heard: string[][] = [];
  store.onCommit(() => {
    throw new Error("of a listener");
  });
  store.onCommit((entities) => heard.push([...entities]));
  const undone = store.transact(async (tx) => {
    await tx.setting.create({ data: setting("a") });
    expect(heard).toEqual([]);
    throw new Error("no");
  });
  await expect(undone).rejects.toThrow("no");
  await store.transact(async (tx) => {
    await tx.setting.create({ data: setting("a") });
    await tx.person.create({ data: person("p") });
  });
  expect(heard).toEqual([["Setting", "Person"]]);
});

test("that jobs are gone is forgotten after a month, that anything else is gone is not", async () => {
  const job = (id: string) => ({ id, kind: "k", createdAt: at, expiresAt: at });
  await store.transact(async (tx) => {
    await tx.job.createMany({ data: Array.from({ length: 1200 }, (_, n) => job(`j${n}`)) });
    await tx.job.create({ data: job("waiting") });
    await tx.person.create({ data: person("p") });
  });
  await store.transact(async (tx) => {
    await tx.job.deleteMany({ where: { id: { not: "waiting" } } });
    await tx.person.delete({ where: { id: "p" } });
  });
  await store.purge();
  expect(store.changes.since(0, 5000)).toHaveLength(1202);
  const head = store.changes.head();
  folder.now += 31 * DAY;
  await store.purge();
  expect(store.changes.since(0, 5000)).toMatchObject([
    { entity: "Job", id: "waiting", deleted: false },
    { entity: "Person", id: "p", deleted: true },
  ]);
  expect(store.changes.head()).toBe(head);
  expect(store.changes.floor()).toBeGreaterThan(0);
});
