import type { Job } from "./jobs.ts";
import type { ReadClient, Tx } from "./tx.ts";

/** The rows of the queue, read and written in bounded steps. */
const A_SLICE = 500;

type Row = { id: string; kind: string; peer: string; about: string; createdAt: Date; expiresAt: Date };
export type Waiting = Job & { expiresAt: number };

/** A job that is first in its lane, and when it may be tried: after its own wait and its peer's. */
export type Head = { job: Waiting; dueAt: number };

const inOrder = [{ createdAt: "asc" as const }, { id: "asc" as const }];

/** The oldest job of every peer, and some of no peer, in three queries. */
export async function everybodysHeads(read: ReadClient, unordered: number): Promise<Head[]> {
  const rows: Row[] = await read.job.findMany({
    where: { peer: { not: "" } },
    distinct: ["peer"],
    orderBy: [{ peer: "asc" }, ...inOrder],
  });
  const free: Row[] = await read.job.findMany({ where: { peer: "" }, orderBy: inOrder, take: unordered });
  return headsIn(read, [...rows, ...free]);
}

/** The same for a few peers; "" stands for the jobs of no peer. */
export async function headsOf(read: ReadClient, peers: string[], unordered: number): Promise<Head[]> {
  const rows: Row[] = [];
  for (const peer of peers) {
    rows.push(
      ...(await read.job.findMany({ where: { peer }, orderBy: inOrder, take: peer === "" ? unordered : 1 })),
    );
  }
  return headsIn(read, rows);
}

async function headsIn(read: ReadClient, rows: Row[]): Promise<Head[]> {
  const tried = new Map<string, { tries: number; nextAt: Date }>();
  const closed = new Map<string, number>();
  for (let at = 0; at < rows.length; at += A_SLICE) {
    const slice = rows.slice(at, at + A_SLICE);
    for (const row of await read.jobTry.findMany({ where: { jobId: { in: slice.map(({ id }) => id) } } })) {
      tried.set(row.jobId, row);
    }
    for (const row of await read.peer.findMany({ where: { host: { in: slice.map(({ peer }) => peer) } } })) {
      closed.set(row.host, row.nextAt.getTime());
    }
  }
  return rows.map((row) => {
    const { id, kind, peer } = row;
    const { tries = 0, nextAt } = tried.get(id) ?? {};
    const [createdAt, expiresAt] = [row.createdAt.getTime(), row.expiresAt.getTime()];
    const dueAt = Math.max(nextAt?.getTime() ?? 0, closed.get(peer) ?? 0);
    return { job: { id, kind, peer, about: parsed(row.about), tries, createdAt, expiresAt }, dueAt };
  });
}

export async function isWaiting(read: ReadClient, job: Job): Promise<boolean> {
  return (await read.job.findUnique({ where: { id: job.id }, select: { id: true } })) !== null;
}

function parsed(text: string): Record<string, string> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
}

export async function finishJob(tx: Tx, job: Job): Promise<void> {
  await tx.job.deleteMany({ where: { id: job.id } });
  await tx.jobTry.deleteMany({ where: { jobId: job.id } });
}

export async function noteTry(tx: Tx, job: Job, nextAt: number, reason: string): Promise<void> {
  const data = { tries: job.tries + 1, nextAt: new Date(nextAt), lastError: reason };
  await tx.jobTry.upsert({ where: { jobId: job.id }, create: { jobId: job.id, ...data }, update: data });
}

export type PeerNote = { failures: number; nextAt: number };

export async function peerNote(read: ReadClient, host: string): Promise<PeerNote> {
  const row = await read.peer.findUnique({ where: { host } });
  return { failures: row?.failures ?? 0, nextAt: row?.nextAt.getTime() ?? 0 };
}

export async function peerFailed(tx: Tx, host: string, note: PeerNote, reason: string): Promise<void> {
  const data = { failures: note.failures, nextAt: new Date(note.nextAt), lastError: reason };
  await tx.peer.upsert({ where: { host }, create: { host, ...data }, update: data });
}

export async function peerReached(tx: Tx, host: string, now: number): Promise<void> {
  const data = { failures: 0, nextAt: new Date(0), reachedAt: new Date(now), lastError: "" };
  await tx.peer.upsert({ where: { host }, create: { host, ...data }, update: data });
}
