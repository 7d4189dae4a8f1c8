import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import { NodeError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { type Database, known } from "./connection.ts";
import { dropTriggers, FEED_DDL, installTriggers } from "./feed.ts";

export type Migration = { name: string; sql: string };

const KEEP_COPY = 7 * 24 * 60 * 60_000;

/**
 * Brings the tables up to date: all missing scripts in one transaction, so that a failure or a crash leaves the data as
 * it was. Foreign keys are off around it (Prisma's scripts that rebuild a table would else delete the children) and
 * checked before the commit. A copy is kept for seven days. Throws "database-newer", "migration-failed", "disk-full".
 */
export function migrate(db: Database, path: string, all: Migration[], now: Clock, log: Log): void {
  db.exec("CREATE TABLE IF NOT EXISTS migration(name TEXT NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL)");
  db.exec(FEED_DDL);
  const rows = db.prepare("SELECT name FROM migration").all() as { name: string }[];
  const applied = new Set(rows.map(({ name }) => name));
  if (rows.some(({ name }) => !all.some((one) => one.name === name)))
    throw new NodeError("database-newer", "a migration of a newer version was applied");
  const missing = all.filter(({ name }) => !applied.has(name));
  const [first] = missing;
  if (first !== undefined && applied.size > 0) keepCopy(db, path, first.name, now());
  bringUpToDate(db, missing, now());
  if (first !== undefined) log.info("tables brought up to date", { scripts: missing.length });
  dropOldCopies(dirname(path), now());
}

function bringUpToDate(db: Database, missing: Migration[], now: number): void {
  let at = "triggers";
  db.pragma("foreign_keys=OFF");
  try {
    db.exec("BEGIN IMMEDIATE");
    if (missing.length > 0) dropTriggers(db);
    for (const { name, sql } of missing) {
      at = name;
      db.exec(sql);
      if (!db.inTransaction) throw new Error("the script ended the transaction");
      const orphans = db.prepare("PRAGMA foreign_key_check").all().length;
      if (orphans > 0) throw new Error(`${orphans} rows would lose what they belong to`);
      db.prepare("INSERT INTO migration(name, applied_at) VALUES (?, ?)").run(
        name,
        new Date(now).toISOString(),
      );
    }
    installTriggers(db);
    db.exec("COMMIT");
  } catch (error) {
    if (db.inTransaction) db.exec("ROLLBACK");
    const cause = known(error);
    throw cause instanceof NodeError
      ? cause
      : new NodeError("migration-failed", `migration: ${at}`, { cause });
  } finally {
    db.pragma("foreign_keys=ON");
  }
}

const copies = /^before-(.+)\.(\d{13})\.db(\.part)?$/;

/** VACUUM INTO keeps the cipher and the key. What an earlier, failed attempt at the same script kept is replaced. */
function keepCopy(db: Database, path: string, name: string, now: number): void {
  const folder = dirname(path);
  const copy = join(folder, `before-${name}.${String(now).padStart(13, "0")}.db`);
  const earlier = readdirSync(folder).filter((one) => copies.exec(one)?.[1] === name);
  const part = `${copy}.part`;
  try {
    closeSync(openSync(part, "w", 0o600));
    db.prepare("VACUUM INTO ?").run(part);
    const file = openSync(part, "r+");
    fsyncSync(file);
    closeSync(file);
    renameSync(part, copy);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  for (const one of earlier) if (join(folder, one) !== copy) rmSync(join(folder, one), { force: true });
}

/** Also those that seem to be from the future: the clock was wrong then. */
export function dropOldCopies(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const [, , time, part] = copies.exec(name) ?? [];
    if (time === undefined) continue;
    if (part !== undefined || Math.abs(now - Number(time)) > KEEP_COPY)
      rmSync(join(folder, name), { force: true });
  }
}
