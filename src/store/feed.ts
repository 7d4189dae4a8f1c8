import type { Clock } from "../lib/clock.ts";
import type { Database } from "./connection.ts";
import { type Table, tables } from "./tables.ts";

/**
 * The changes feed: triggers keep one line per (entity, id) of every replicated table with the place in the sequence,
 * a hybrid logical clock, the writing device and whether it was deleted. Latest only, no content. A connection
 * without `feed_hlc` and `feed_device` cannot write at all, so nothing escapes the feed.
 */
export const FEED_DDL = `
CREATE TABLE IF NOT EXISTS feed_change(
  seq INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT NOT NULL, id TEXT NOT NULL, rank INTEGER NOT NULL,
  hlc INTEGER NOT NULL, device TEXT NOT NULL, deleted INTEGER NOT NULL, UNIQUE(entity, id));
CREATE TABLE IF NOT EXISTS feed_session(
  n INTEGER PRIMARY KEY AUTOINCREMENT, nonce TEXT NOT NULL, first_seq INTEGER NOT NULL, before_hlc INTEGER NOT NULL);
`;

/** hlc = milliseconds * 2048 + counter: a safe integer until 2109. */
const PER_MS = 2048;

/** A hybrid logical clock: never behind the wall clock, never the same twice. */
export class FeedClock {
  #last: number;
  readonly #now: Clock;
  constructor(now: Clock, last: number) {
    this.#now = now;
    this.#last = last;
  }
  tick(): number {
    this.#last = Math.max(this.#now() * PER_MS, this.#last + 1);
    return this.#last;
  }
  observe(hlc: number): void {
    this.#last = Math.max(this.#last, hlc);
  }
}

const quoted = (name: string) => `"${name}"`;

/** The key of a row as one text: its parts joined by "/". */
function keyOf(row: "NEW" | "OLD", key: string[]): string {
  return key.map((column) => `${row}.${quoted(column)}`).join(" || '/' || ");
}

function triggersOf(table: Table, key: string[]): string[] {
  const { name, kind, rank } = table;
  const put = (row: "NEW" | "OLD", deleted: 0 | 1) => `
    DELETE FROM feed_change WHERE entity = '${name}' AND id = ${keyOf(row, key)};
    INSERT INTO feed_change(entity, id, rank, hlc, device, deleted)
    VALUES ('${name}', ${keyOf(row, key)}, ${rank === undefined ? "0" : `${row}.${quoted(rank)}`}, feed_hlc(), feed_device(), ${deleted});`;
  const changed = key.map((column) => `OLD.${quoted(column)} IS NOT NEW.${quoted(column)}`).join(" OR ");
  const out = [
    `CREATE TRIGGER feed_${name}_insert AFTER INSERT ON ${quoted(name)} BEGIN ${put("NEW", 0)} END`,
    `CREATE TRIGGER feed_${name}_update AFTER UPDATE ON ${quoted(name)} BEGIN ${put("NEW", 0)} END`,
    `CREATE TRIGGER feed_${name}_delete AFTER DELETE ON ${quoted(name)} BEGIN ${put("OLD", 1)} END`,
    `CREATE TRIGGER feed_${name}_key BEFORE UPDATE ON ${quoted(name)} WHEN ${changed}
     BEGIN SELECT RAISE(ABORT, 'feed: a key never changes'); END`,
  ];
  if (kind === "row") {
    out.push(`CREATE TRIGGER feed_${name}_dead BEFORE INSERT ON ${quoted(name)}
      WHEN EXISTS (SELECT 1 FROM feed_change WHERE entity = '${name}' AND id = ${keyOf("NEW", key)} AND deleted = 1)
      BEGIN SELECT RAISE(ABORT, 'feed: this id was deleted'); END`);
  }
  if (rank !== undefined) {
    out.push(`CREATE TRIGGER feed_${name}_rank BEFORE UPDATE ON ${quoted(name)}
      WHEN NEW.${quoted(rank)} < OLD.${quoted(rank)} BEGIN SELECT RAISE(ABORT, 'feed: a rank never falls'); END`);
  }
  return out;
}

export function dropTriggers(db: Database): void {
  const found = db.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'feed~_%' ESCAPE '~'",
  );
  for (const row of found.all()) db.exec(`DROP TRIGGER ${quoted(textOf(row, "name"))}`);
}

/** Installed anew at each start: a migration that rebuilds a table drops them silently. */
export function installTriggers(db: Database): void {
  dropTriggers(db);
  for (const table of tables.filter(({ kind }) => kind !== "local")) {
    const columns = db
      .prepare("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")
      .all(table.name);
    const key = columns.map((row) => textOf(row, "name"));
    if (key.length === 0) throw new Error(`no key: ${table.name}`);
    for (const sql of triggersOf(table, key)) db.exec(sql);
  }
}

function textOf(row: unknown, column: string): string {
  const value: unknown = typeof row === "object" && row !== null ? Reflect.get(row, column) : undefined;
  return String(value);
}
