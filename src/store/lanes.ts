import type { Database } from "./connection.ts";
import type { Job } from "./jobs.ts";

export type Waiting = Job & { expiresAt: number };

/** The job that is first in its lane, and when it may be tried: after its own wait and its peer's. */
export type Head = { job: Waiting; dueAt: number /** of the peer, in a row */; failures: number };

/**
 * Who has work waiting. A lane is what one peer waits for; only its oldest job matters. Every look walks the index from
 * peer to peer or goes to one row, so it costs by the number of peers asked about, never by the length of the queue.
 */
export type Lanes = {
  /** Peers with waiting jobs, in the order of their names, after this one. */
  peersAfter(peer: string, limit: number): string[];
  first(peer: string): Head | null;
  job(id: string): Head | null;
  /** Jobs of no peer that are due, oldest first; and when the next of the others is. */
  unordered(now: number, limit: number): { heads: Head[]; nextAt: number };
  /** Peers of the jobs that were written after this place in the changes feed, and how far was read. */
  writtenAfter(seq: number, limit: number): { peers: string[]; seq: number };
  head(): number;
};

type Row = {
  id: string;
  kind: string;
  peer: string;
  about: string;
  createdAt: string;
  expiresAt: string;
  tries: number | null;
  triedNext: string | null;
  failures: number | null;
  peerNext: string | null;
};

const HEAD = `SELECT j.id, j.kind, j.peer, j.about, j.createdAt, j.expiresAt,
  t.tries, t.nextAt AS triedNext, p.failures, p.nextAt AS peerNext
  FROM Job j LEFT JOIN JobTry t ON t.jobId = j.id LEFT JOIN Peer p ON p.host = j.peer AND j.peer <> ''`;

export function lanesOf(db: Database): Lanes {
  const prepare = (sql: string) => db.prepare(sql).safeIntegers(false);
  const after = prepare(`WITH RECURSIVE lane(peer, n) AS (
      SELECT (SELECT min(peer) FROM Job WHERE peer > @peer), 1
      UNION ALL SELECT (SELECT min(peer) FROM Job WHERE peer > lane.peer), n + 1 FROM lane
      WHERE lane.peer IS NOT NULL AND n < @limit)
    SELECT peer FROM lane WHERE peer IS NOT NULL`);
  const first = prepare(`${HEAD} WHERE j.id =
    (SELECT id FROM Job WHERE peer = ? ORDER BY createdAt, id LIMIT 1)`);
  const byId = prepare(`${HEAD} WHERE j.id = ?`);
  const due = prepare(`${HEAD} WHERE j.peer = '' AND (t.nextAt IS NULL OR t.nextAt <= ?)
    ORDER BY j.createdAt LIMIT ?`);
  const next = prepare(`SELECT min(t.nextAt) AS at FROM Job j JOIN JobTry t ON t.jobId = j.id
    WHERE j.peer = '' AND t.nextAt > ?`);
  const written =
    prepare(`SELECT c.seq, j.peer FROM feed_change c LEFT JOIN Job j ON j.id = c.id AND c.entity = 'Job'
    WHERE c.seq > ? ORDER BY c.seq LIMIT ?`);
  const head = prepare(
    "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'feed_change'), 0) AS seq",
  );
  const one = (row: unknown) => (row === undefined ? null : headOf(row as Row));
  return {
    peersAfter: (peer, limit) => (after.all({ peer, limit }) as { peer: string }[]).map((row) => row.peer),
    first: (peer) => one(first.get(peer)),
    job: (id) => one(byId.get(id)),
    unordered(now, limit) {
      const at = stored(now);
      const soonest = (next.get(at) as { at: string | null }).at;
      const heads = (due.all(at, limit) as Row[]).map(headOf);
      return { heads, nextAt: soonest === null ? Number.POSITIVE_INFINITY : Date.parse(soonest) };
    },
    writtenAfter(seq, limit) {
      const rows = written.all(seq, limit) as { seq: number; peer: string | null }[];
      const peers = new Set(rows.flatMap(({ peer }) => (peer === null ? [] : [peer])));
      return { peers: [...peers], seq: rows.at(-1)?.seq ?? seq };
    },
    head: () => (head.get() as { seq: number }).seq,
  };
}

/** Times are kept as the adapter writes them, so that text sorts as time does. */
const stored = (time: number) => new Date(time).toISOString().replace("Z", "+00:00");

function headOf(row: Row): Head {
  const { id, kind, peer } = row;
  const at = (text: string | null) => (text === null ? 0 : Date.parse(text));
  const times = { createdAt: at(row.createdAt), expiresAt: at(row.expiresAt) };
  const job = { id, kind, peer, about: parsed(row.about), tries: row.tries ?? 0, ...times };
  return { job, dueAt: Math.max(at(row.triedNext), at(row.peerNext)), failures: row.failures ?? 0 };
}

function parsed(text: string): Record<string, string> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
}
