import { randomBytes } from "node:crypto";
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
CREATE TABLE IF NOT EXISTS feed_floor(one INTEGER PRIMARY KEY, seq INTEGER NOT NULL);
`;

/** hlc = milliseconds * 2048 + counter: a safe integer until 2109. */
const PER_MS = 2048;

/** A hybrid logical clock: never behind the wall clock, never the same twice. */
export class FeedClock {
  #last = 0;
  readonly #now: Clock;
  constructor(now: Clock) {
    this.#now = now;
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

const ours = "type = 'trigger' AND name LIKE 'feed~_%' ESCAPE '~'";

export function dropTriggers(db: Database): void {
  for (const row of db.prepare(`SELECT name FROM sqlite_master WHERE ${ours}`).all()) {
    db.exec(`DROP TRIGGER ${quoted(textOf(row, "name"))}`);
  }
}

/**
 * Looked at on each start, word for word, and installed anew where one differs: a migration that rebuilds a table drops
 * them silently. To be called in a transaction.
 */
export function installTriggers(db: Database): void {
  const wanted = tables
    .filter(({ kind }) => kind !== "local")
    .flatMap((table) => triggersOf(table, keyColumns(db, table)));
  if (areInstalled(db, wanted)) return;
  dropTriggers(db);
  for (const sql of wanted) db.exec(sql);
  if (!areInstalled(db, wanted)) throw new Error("the triggers of the feed are not as they were written");
}

function areInstalled(db: Database, wanted: string[]): boolean {
  const found = new Set(
    db
      .prepare(`SELECT sql FROM sqlite_master WHERE ${ours}`)
      .all()
      .map((row) => textOf(row, "sql")),
  );
  return found.size === wanted.length && wanted.every((sql) => found.has(sql));
}

function keyColumns(db: Database, { name }: Table): string[] {
  const columns = db.prepare("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk").all(name);
  if (columns.length === 0) throw new Error(`no key: ${name}`);
  return columns.map((row) => textOf(row, "name"));
}

/** Starts a session of the feed and brings the clock to where the last one was. Returns the session's nonce. */
export function startSession(db: Database, clock: FeedClock): string {
  const before = db
    .prepare("SELECT first_seq AS seq, before_hlc AS hlc FROM feed_session ORDER BY n DESC LIMIT 1")
    .safeIntegers(false)
    .get() as { seq: number; hlc: number } | undefined;
  const since = db
    .prepare("SELECT coalesce(max(hlc), 0) AS hlc FROM feed_change WHERE seq > ?")
    .safeIntegers(false);
  clock.observe(before?.hlc ?? 0);
  clock.observe((since.get(before?.seq ?? 0) as { hlc: number }).hlc);
  const nonce = randomBytes(8).toString("hex");
  db.prepare(
    "INSERT INTO feed_session(nonce, first_seq, before_hlc) VALUES (?, (SELECT coalesce(max(seq), 0) FROM feed_change), ?)",
  ).run(nonce, clock.tick());
  return nonce;
}

/**
 * Forgets that rows of passing tables were deleted before `time`, at most `limit` of them; true: there may be more.
 * Whoever follows the feed from before the floor has to begin anew.
 */
export function forgetDeleted(db: Database, time: number, limit: number): boolean {
  const names = tables.filter(({ passing }) => passing === true).map(({ name }) => `'${name}'`);
  const gone = db
    .prepare(
      `DELETE FROM feed_change WHERE seq IN (SELECT seq FROM feed_change
       WHERE entity IN (${names.join(", ")}) AND deleted = 1 AND hlc < ? LIMIT ?) RETURNING seq`,
    )
    .safeIntegers(false)
    .all(time * PER_MS, limit) as { seq: number }[];
  if (gone.length === 0) return false;
  db.prepare(
    "INSERT INTO feed_floor(one, seq) VALUES (1, ?) ON CONFLICT(one) DO UPDATE SET seq = max(seq, excluded.seq)",
  ).run(Math.max(...gone.map(({ seq }) => seq)));
  return gone.length === limit;
}

function textOf(row: unknown, column: string): string {
  const value: unknown = typeof row === "object" && row !== null ? Reflect.get(row, column) : undefined;
  return String(value);
}
