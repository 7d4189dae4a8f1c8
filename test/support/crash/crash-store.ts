import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systemRandom } from "../../../src/lib/ids.ts";
import { createLog } from "../../../src/lib/log.ts";
import { createIdentity } from "../../../src/social/identity/create-identity.ts";
import type { Identity } from "../../../src/social/identity/identity.ts";
import { loadIdentity } from "../../../src/social/identity/load-identity.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import type { Migration } from "../../../src/store/migrate.ts";
import { openStore, type Store } from "../../../src/store/store.ts";

const SCRIPTS = "prisma/migrations";

/** The product's own, as they were written. */
const migrations: Migration[] = readdirSync(SCRIPTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, sql: readFileSync(join(SCRIPTS, name, "migration.sql"), "utf8") }))
  .toSorted((a, b) => a.name.localeCompare(b.name));

/** A store outside of a node, with so many scripts more than the product has. `key`: 32 bytes in hex. */
export function crashStore(o: { folder: string; key: string; scripts: number }): Promise<Store> {
  const key = Buffer.from(o.key, "hex");
  return openStore({
    folder: o.folder,
    keys: { database: key, media: key },
    deviceId: "device",
    now: Date.now,
    log: createLog(() => {}, "silent"),
    migrations: [...migrations, ...Array.from({ length: o.scripts }, (_, number) => rebuilding(number))],
  });
}

/** Builds the table of posts anew, as Prisma's scripts do. */
function rebuilding(number: number): Migration {
  const all = migrations.map(({ sql }) => sql).join("\n");
  const create = all.match(/CREATE TABLE "Post" \([\s\S]*?\n\);/)?.[0] ?? "";
  const indexes = all.match(/CREATE INDEX "\w+" ON "Post"\([^)]*\);/g) ?? [];
  const sql = [
    create.replace('TABLE "Post"', 'TABLE "new_Post"'),
    'INSERT INTO "new_Post" SELECT * FROM "Post";',
    'DROP TABLE "Post";',
    'ALTER TABLE "new_Post" RENAME TO "Post";',
    ...indexes,
  ].join("\n");
  return { name: `20990101000000_rebuild_${String(number).padStart(6, "0")}`, sql };
}

export async function ownerOf(store: Store): Promise<Identity> {
  const me = await loadIdentity(store.read);
  return me ?? store.transact((tx) => createIdentity(tx, { name: "Nora", random: systemRandom }, Date.now()));
}

/** So many posts more, in one transaction. */
export async function fill(store: Store, posts: number): Promise<void> {
  const me = await ownerOf(store);
  await store.transact(async (tx) => {
    for (let n = 0; n < posts; n++) {
      const draft = { text: `number ${n} ${"of many ".repeat(20)}`, reach: "everyone" as const };
      await publish(tx, me, draft, Date.now(), systemRandom);
    }
  });
}
