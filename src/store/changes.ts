import type { Database } from "./connection.ts";

/** What changed, not what it holds. hlc = milliseconds * 2048 + counter. */
export type Change = {
  seq: number;
  entity: string;
  id: string;
  rank: number;
  hlc: number;
  device: string;
  deleted: boolean;
};

export type Changes = {
  /** A new nonce at each start: whoever follows the feed notices a file that was put back to an older copy. */
  readonly session: string;
  head(): number;
  /** Below this, lines of deletions have been forgotten: whoever stands before it has to begin anew. */
  floor(): number;
  /** In order of the sequence, after `seq`, at most `limit`. */
  since(seq: number, limit: number): Change[];
};

export function changesOf(db: Database, session: string): Changes {
  const head = db.prepare(
    "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'feed_change'), 0) AS head",
  );
  const since = db.prepare(
    "SELECT seq, entity, id, rank, hlc, device, deleted FROM feed_change WHERE seq > ? ORDER BY seq LIMIT ?",
  );
  const floor = db.prepare("SELECT coalesce((SELECT seq FROM feed_floor), 0) AS seq");
  for (const statement of [head, since, floor]) statement.safeIntegers(false);
  return {
    session,
    head: () => (head.get() as { head: number }).head,
    floor: () => (floor.get() as { seq: number }).seq,
    since: (seq, limit) =>
      (since.all(seq, limit) as (Omit<Change, "deleted"> & { deleted: number })[]).map((row) => ({
        ...row,
        deleted: row.deleted === 1,
      })),
  };
}
