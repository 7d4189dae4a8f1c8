import type { Job } from "./jobs.ts";
import type { ReadClient, Tx } from "./tx.ts";

/** The rows of the queue, read and written in bounded steps. */

type Row = { id: string; kind: string; peer: string; about: string; createdAt: Date; expiresAt: Date };
export type Waiting = Job & { expiresAt: number };

/** Peers that something waits for, after the given one in order of name; "" is the unordered lot. */
export async function peersWaiting(read: ReadClient, after: string | null, limit: number): Promise<string[]> {
  const rows = await read.job.findMany({
    where: after === null ? {} : { peer: { gt: after } },
    distinct: ["peer"],
    orderBy: { peer: "asc" },
    select: { peer: true },
    take: limit,
  });
  return rows.map(({ peer }) => peer);
}

/** The oldest jobs of a peer. */
export async function oldestJobs(read: ReadClient, peer: string, limit: number): Promise<Waiting[]> {
  const rows: Row[] = await read.job.findMany({
    where: { peer },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: limit,
  });
  const tries = await read.jobTry.findMany({ where: { jobId: { in: rows.map(({ id }) => id) } } });
  return rows.map((row) => {
    const tried = tries.find(({ jobId }) => jobId === row.id);
    return {
      id: row.id,
      kind: row.kind,
      peer: row.peer,
      about: parsed(row.about),
      tries: tried?.tries ?? 0,
      createdAt: row.createdAt.getTime(),
      expiresAt: row.expiresAt.getTime(),
    };
  });
}

function parsed(text: string): Record<string, string> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
}

export async function nextTries(read: ReadClient, ids: string[]): Promise<Map<string, number>> {
  const rows = await read.jobTry.findMany({
    where: { jobId: { in: ids } },
    select: { jobId: true, nextAt: true },
  });
  return new Map(rows.map(({ jobId, nextAt }) => [jobId, nextAt.getTime()]));
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
