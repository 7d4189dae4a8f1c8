import type { Done, Job } from "./jobs.ts";
import type { Tx } from "./tx.ts";

/** What becomes of a job, and of the peer it spoke to, in one transaction each. */

export async function finishJob(tx: Tx, job: Job): Promise<void> {
  await tx.job.deleteMany({ where: { id: job.id } });
  await tx.jobTry.deleteMany({ where: { jobId: job.id } });
}

/** It is done, with what its handler wants to write down, and its peer was reached. */
export async function settleJob(tx: Tx, job: Job, outcome: Done, now: number): Promise<void> {
  if (outcome !== "done") await outcome.done(tx);
  await finishJob(tx, job);
  if (job.peer !== "") await peerReached(tx, job.peer, now);
}

/** It is tried again later. `peer`: failures in a row, and until when nobody is tried there. */
export async function postponeJob(
  tx: Tx,
  job: Job,
  { reason, nextAt, peer }: Failure & { peer: { failures: number; nextAt: number } },
): Promise<void> {
  await noteTry(tx, job, { reason, nextAt });
  if (job.peer !== "") await peerFailed(tx, job.peer, peer.failures, { reason, nextAt: peer.nextAt });
}

type Failure = { reason: string; nextAt: number };

/** The job stays, if it has not been taken back meanwhile. */
async function noteTry(tx: Tx, job: Job, { reason, nextAt }: Failure): Promise<void> {
  if ((await tx.job.findUnique({ where: { id: job.id }, select: { id: true } })) === null) return;
  const data = { tries: job.tries + 1, nextAt: new Date(nextAt), lastError: reason };
  await tx.jobTry.upsert({ where: { jobId: job.id }, create: { jobId: job.id, ...data }, update: data });
}

async function peerFailed(tx: Tx, host: string, failures: number, failure: Failure): Promise<void> {
  const data = { failures, nextAt: new Date(failure.nextAt), lastError: failure.reason };
  await tx.peer.upsert({ where: { host }, create: { host, ...data }, update: data });
}

async function peerReached(tx: Tx, host: string, now: number): Promise<void> {
  const data = { failures: 0, nextAt: new Date(0), reachedAt: new Date(now), lastError: "" };
  await tx.peer.upsert({ where: { host }, create: { host, ...data }, update: data });
}
