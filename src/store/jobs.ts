import { randomBytes } from "node:crypto";
import type { Tx } from "./tx.ts";

/**
 * The durable queue. A job is a row written in the transaction that causes it; it holds references and is rendered
 * when it is sent. Done = deleted. Attempts and back-off stay on this device (JobTry, Peer).
 */
export type JobSpec = {
  kind: string;
  /** Host the work speaks to; its jobs run one after the other, oldest first. Empty: no order. */
  peer: string;
  about: Record<string, string>;
  /** Given up after this, milliseconds; 60 days when not said. */
  lifeMs?: number;
};

export type Job = {
  id: string;
  kind: string;
  peer: string;
  about: Record<string, string>;
  /** Attempts so far, this one not counted. */
  tries: number;
  createdAt: number;
};

/**
 * Reasons are for the log and the Health page: no names, no text. `after`: milliseconds. `done` with something to write
 * down writes it in the transaction that takes the job off the queue.
 */
export type JobOutcome = Done | Retry | { stop: string };
export type Retry = { retry: string; after?: number };
export type Done = "done" | { done: (tx: Tx) => Promise<void> };
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<JobOutcome>;

export const isDone = (outcome: JobOutcome): outcome is Done => outcome === "done" || "done" in outcome;

const DAY = 24 * 60 * 60_000;
const LIFE = 60 * DAY;

/** Jobs keep the order they were written in, whatever the clock does: their time grows by a millisecond at least. */
let lastCreated = 0;

/** Jobs written from now on come after this time, milliseconds: that of the newest job that waits at a start. */
export function orderJobsAfter(time: number): void {
  lastCreated = Math.max(lastCreated, time);
}

export async function enqueue(tx: Tx, spec: JobSpec, now: number): Promise<string> {
  const id = randomBytes(16).toString("hex");
  lastCreated = Math.max(now, lastCreated + 1);
  const createdAt = new Date(lastCreated);
  await tx.job.create({
    data: {
      id,
      kind: spec.kind,
      peer: spec.peer,
      about: JSON.stringify(spec.about),
      createdAt,
      expiresAt: new Date(now + (spec.lifeMs ?? LIFE)),
    },
  });
  return id;
}

/** Whether this very work waits already. */
export async function isPlanned(tx: Tx, { kind, peer, about }: JobSpec): Promise<boolean> {
  const where = { kind, peer, about: JSON.stringify(about) };
  return (await tx.job.findFirst({ where, select: { id: true } })) !== null;
}
