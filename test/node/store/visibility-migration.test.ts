import { afterEach, beforeEach, expect, test } from "vitest";
import { may, type PersonViewer, type Verb } from "../../../src/social/access.ts";
import { SUBSCRIBERS } from "../../../src/social/audiences/choice.ts";
import { postRowsByIds } from "../../../src/social/posts/queries.ts";
import { thingOf } from "../../../src/social/posts/thing.ts";
import { migrations } from "../../../src/store/generated/migrations.ts";
import { createStoreFolder, type StoreFolder } from "./open.ts";

/** Posts of a store that knew reach and names only keep who may see and answer them. */
let folder: StoreFolder;
beforeEach(() => {
  folder = createStoreFolder();
});
afterEach(() => folder[Symbol.dispose]());

const CIRCLES = "20261129000000_circles";
const reaches = ["everyone", "unlisted", "subscribers", "chosen", "me"];
const people = ["anna", "bob", "cleo"];
const named = (reach: string) => (reach === "everyone" ? [] : ["bob"]);

/** The rule as it was before there were audiences, written down once more. */
function before(reach: string, verb: Verb, personId: string, subscriber: boolean): boolean {
  const open = reach === "everyone" || reach === "unlisted";
  if (verb === "share" && !open) return false;
  if (open) return true;
  if (reach === "me") return false;
  return named(reach).includes(personId) || (reach === "subscribers" && subscriber);
}

test("the first schema's simple visibility keeps every post's meaning", async () => {
  const until = migrations.findIndex(({ name }) => name === CIRCLES);
  expect(until).toBeGreaterThan(0);
  const db = folder.bare();
  db.exec("CREATE TABLE migration(name TEXT NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL)");
  for (const { name, sql } of migrations.slice(0, until)) {
    db.exec(sql);
    db.prepare("INSERT INTO migration(name, applied_at) VALUES (?, '')").run(name);
  }
  const person = db.prepare(
    `INSERT INTO "Person"("id", "uri", "sortKey", "seenAt") VALUES (?, ?, ?, '2026-11-01 00:00:00 +00:00')`,
  );
  for (const id of people) person.run(id, `http://${id}.example/p`, id);
  const post = db.prepare(
    `INSERT INTO "Post"("id", "uri", "sortKey", "authorId", "reach", "own", "publishedAt", "receivedAt")
     VALUES (?, ?, ?, 'anna', ?, 1, '2026-11-01 00:00:00 +00:00', '2026-11-01 00:00:00 +00:00')`,
  );
  const addressee = db.prepare(`INSERT INTO "Addressee"("postId", "personId") VALUES (?, ?)`);
  for (const reach of reaches) {
    post.run(reach, `http://anna.example/posts/${reach}`, reach, reach);
    for (const id of named(reach)) addressee.run(reach, id);
  }
  db.close();

  await using store = await folder.open();
  const rows = await postRowsByIds(store.read, reaches);
  expect(rows).toHaveLength(reaches.length);
  for (const row of rows) {
    const thing = await thingOf(store.read, row);
    for (const verb of ["see", "reply", "react", "share", "vote"] as const) {
      const stranger = verb === "see" && ["everyone", "unlisted"].includes(row.reach);
      expect(may({ kind: "stranger" }, verb, thing)).toBe(stranger);
      for (const personId of ["bob", "cleo"]) {
        for (const subscriber of [true, false]) {
          const within = new Set(subscriber ? [SUBSCRIBERS] : []);
          const viewer: PersonViewer = { kind: "person", personId, in: within };
          expect(may(viewer, verb, thing), `${personId} ${verb} ${row.reach}`).toBe(
            before(row.reach, verb, personId, subscriber),
          );
        }
      }
    }
  }
});
