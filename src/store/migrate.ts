import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import { NodeError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import type { Database } from "./connection.ts";
import { dropTriggers, FEED_DDL, installTriggers } from "./feed.ts";

export type Migration = { name: string; sql: string };

const KEEP_COPY = 7 * 24 * 60 * 60_000;

const names = (db: Database) =>
  (db.prepare("SELECT name FROM migration ORDER BY name").all() as { name: string }[]).map(
    ({ name }) => name,
  );

/**
 * Brings the tables up to date: each script in one transaction, with foreign keys off around it (Prisma's scripts that
 * rebuild a table would else delete the children) and checked before the commit. A copy is kept for seven days.
 * Throws "database-newer" or "migration-failed"; then the data is as it was.
 */
export function migrate(db: Database, path: string, all: Migration[], now: Clock, log: Log): void {
  db.exec("CREATE TABLE IF NOT EXISTS migration(name TEXT NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL)");
  db.exec(FEED_DDL);
  const done = names(db);
  const unknown = done.find((name) => !all.some((migration) => migration.name === name));
  if (unknown !== undefined)
    throw new NodeError("database-newer", "a migration of a newer version was applied");
  const missing = all.filter(({ name }) => !done.includes(name));
  if (missing.length > 0) {
    if (done.length > 0) keepCopy(db, path, now());
    dropTriggers(db);
    for (const migration of missing) apply(db, migration, now());
    log.info("tables brought up to date", { scripts: missing.length });
  }
  installTriggers(db);
  dropOldCopies(path, now());
}

function apply(db: Database, { name, sql }: Migration, now: number): void {
  db.pragma("foreign_keys=OFF");
  try {
    db.exec("BEGIN IMMEDIATE");
    db.exec(sql);
    const orphans = db.prepare("PRAGMA foreign_key_check").all().length;
    if (orphans > 0) throw new Error(`${orphans} rows would lose what they belong to`);
    db.prepare("INSERT INTO migration(name, applied_at) VALUES (?, ?)").run(
      name,
      new Date(now).toISOString(),
    );
    db.exec("COMMIT");
  } catch (cause) {
    if (db.inTransaction) db.exec("ROLLBACK");
    installTriggers(db);
    throw new NodeError("migration-failed", `migration ${name}`, { cause });
  } finally {
    db.pragma("foreign_keys=ON");
  }
}

const copyName = (now: number) => `before-${String(now).padStart(13, "0")}.db`;

/** VACUUM INTO keeps the cipher and the key. */
function keepCopy(db: Database, path: string, now: number): void {
  const copy = join(dirname(path), copyName(now));
  if (!existsSync(copy)) db.prepare("VACUUM INTO ?").run(copy);
}

function dropOldCopies(path: string, now: number): void {
  for (const name of readdirSync(dirname(path))) {
    if (!/^before-\d{13}\.db$/.test(name)) continue;
    const copy = join(dirname(path), name);
    if (now - statSync(copy).mtimeMs > KEEP_COPY) rmSync(copy, { force: true });
  }
}
