import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { idOf, sortKeyOf, systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { createIdentity } from "../../src/social/identity/create-identity.ts";
import type { Identity } from "../../src/social/identity/identity.ts";
import { savePerson } from "../../src/social/people/save-person.ts";
import { type Database, openConnection } from "../../src/store/connection.ts";
import { dropTriggers, installTriggers } from "../../src/store/feed.ts";
import { openStore, type Store } from "../../src/store/store.ts";

/** A real store of one person that grows to as many posts as are asked for, quicker than they would come in. */
export interface FilledStore extends Disposable {
  readonly me: Identity;
  readonly path: string;
  /** Grows to so many posts. Nobody may have it open. */
  fill(posts: number): void;
  open(): Promise<Store>;
  /** Without Prisma, for the baseline. */
  openRaw(): Database;
}

const PEOPLE = 300;
const FIRST_AT = Date.UTC(2020, 0, 1);
const APART_MS = 150_000;
const A_TRANSACTION = 50_000;
const WORDS = "the kettle is on and the door is open so come in when you like and bring the biscuits".split(
  " ",
);

export async function createFilledStore(): Promise<FilledStore> {
  const folder = mkdtempSync(join(tmpdir(), "tssop-bench-"));
  const keys = { database: randomBytes(32), media: randomBytes(32) };
  const log = createLog(() => {}, "silent");
  const open = () => openStore({ folder, keys, deviceId: "device", now: Date.now, log });
  const { me, people } = await makePeople(await open());
  const path = join(folder, "tssop.db");
  const connect = (readonly: boolean) => {
    let hlc = Date.now() * 2048;
    return openConnection({ path, key: keys.database, readonly, hlc: () => hlc++, device: "device" });
  };
  let filled = 0;
  return {
    me,
    path,
    open,
    openRaw: () => connect(true),
    fill(posts) {
      const db = connect(false);
      try {
        grow(db, { from: filled, to: posts, me, people });
        filled = posts;
      } finally {
        db.close();
      }
      flush(path);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Else the system would still be writing it out while the pages are timed. */
function flush(path: string): void {
  const file = openSync(path, "r+");
  fsyncSync(file);
  closeSync(file);
}

async function makePeople(store: Store): Promise<{ me: Identity; people: string[] }> {
  await using open = store;
  const now = FIRST_AT;
  return await open.transact(async (tx) => {
    const me = await createIdentity(tx, { name: "Nora Lind", random: systemRandom }, now);
    const people: string[] = [];
    for (let n = 0; n < PEOPLE; n += 1) people.push(await savePerson(tx, cardOf(n), now));
    return { me, people };
  });
}

function cardOf(n: number) {
  const host = `${idOf(`host ${n}`)}.onion`;
  const uri = `http://${host}/people/person${n}`;
  return {
    ...{ uri, host, handle: `person${n}`, name: `Person ${n}`, aboutHtml: "<p>Somebody.</p>", url: uri },
    ...{ inbox: `${uri}/inbox`, sharedInbox: `http://${host}/inbox`, followersUri: `${uri}/followers` },
    ...{ outboxUri: `${uri}/outbox`, featuredUri: "", pictureUrl: "", approves: true, automated: false },
  };
}

type Growth = { from: number; to: number; me: Identity; people: string[] };

/** Indexes and the lines of the changes feed are made afterwards, in one go; the file is then as if it had grown. */
function grow(db: Database, growth: Growth): void {
  db.pragma("synchronous=OFF");
  db.pragma("cache_size=-1000000");
  db.pragma("foreign_keys=OFF");
  const indexes = db
    .prepare(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'Post' AND sql IS NOT NULL",
    )
    .all() as { name: string; sql: string }[];
  dropTriggers(db);
  for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`);
  const insert = inserter(db, growth);
  for (let at = growth.from; at < growth.to; at += A_TRANSACTION) {
    db.exec("BEGIN IMMEDIATE");
    for (let n = at; n < Math.min(at + A_TRANSACTION, growth.to); n += 1) insert(n);
    db.exec("COMMIT");
  }
  db.exec("BEGIN IMMEDIATE");
  for (const { sql } of indexes) db.exec(sql);
  for (const [table, id] of [
    ["Post", "id"],
    ["Addressee", "postId || '/' || personId"],
    ["Delivery", "postId || '/' || personId"],
  ] as const) {
    db.exec(`INSERT OR IGNORE INTO feed_change(entity, id, rank, hlc, device, deleted)
      SELECT '${table}', ${id}, 0, feed_hlc(), feed_device(), 0 FROM "${table}" WHERE rowid > ${growth.from === 0 ? 0 : `(SELECT count(*) FROM feed_change WHERE entity = '${table}')`}`);
  }
  installTriggers(db);
  db.exec("COMMIT");
  db.pragma("wal_checkpoint(TRUNCATE)");
}

/** One in three posts answers one of the hundred before it, one in fifty is the owner's, one in ten mentions the owner. */
function inserter(db: Database, { me, people }: Growth): (n: number) => void {
  const post = db.prepare(
    `INSERT INTO "Post"(id, uri, sortKey, authorId, html, publishedAt, receivedAt, replyToId, replyToUri, threadId, own, inHome)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addressee = db.prepare(`INSERT INTO "Addressee"(postId, personId, mention) VALUES (?, ?, 1)`);
  const delivery = db.prepare(
    `INSERT INTO "Delivery"(postId, personId, state, at) VALUES (?, ?, 'delivered', ?)`,
  );
  return (n) => {
    const { uri, id, threadId, parent, at, own } = postAt(n);
    const authorId = own ? me.ownerId : (people[(n * 7) % people.length] ?? "");
    const time = new Date(at).toISOString().replace("Z", "+00:00");
    const [replyToId, replyToUri] = parent === null ? ["", ""] : [idOf(uriAt(parent)), uriAt(parent)];
    const html = `<p>${textAt(n)}</p>`;
    const sortKey = sortKeyOf(at, id);
    post.run(id, uri, sortKey, authorId, html, time, time, replyToId, replyToUri, threadId, own ? 1 : 0, 1);
    if (n % 10 === 3) addressee.run(id, me.ownerId);
    if (own) for (let k = 0; k < 5; k += 1) delivery.run(id, people[(n + k) % people.length], time);
  };
}

const uriAt = (n: number) => `http://${idOf(`host ${n % PEOPLE}`)}.onion/posts/${n}`;

function parentOf(n: number): number | null {
  return n % 3 !== 1 || n < 100 ? null : n - 1 - ((n * 31) % 99);
}

/** Posts are the same at every run, and known without a look at the store. */
function postAt(n: number) {
  const uri = uriAt(n);
  let root = n;
  for (let up = parentOf(n); up !== null; up = parentOf(up)) root = up;
  return {
    uri,
    id: idOf(uri),
    threadId: idOf(uriAt(root)),
    parent: parentOf(n),
    at: FIRST_AT + n * APART_MS,
    own: n % 50 === 0,
  };
}

function textAt(n: number): string {
  const words = 10 + ((n * 17) % 60);
  return Array.from({ length: words }, (_, k) => WORDS[(n + k * k) % WORDS.length]).join(" ");
}

/** Places in the store, the newest first among them. */
export function placesIn(posts: number, count: number): { id: string; sortKey: string }[] {
  return Array.from({ length: count }, (_, k) => {
    const n = k % 4 === 0 ? posts - 1 - k : Math.floor((posts - 1) * (((k * 0.618) % 1) * 0.98 + 0.02));
    const { id, at } = postAt(n);
    return { id, sortKey: sortKeyOf(at, id) };
  });
}
