import { enqueue } from "../store/jobs.ts";
import type { Tx } from "../store/tx.ts";
import type { SocialJob } from "./jobs.ts";

/** Leaves work for one person's device; it goes there when that device is on. */
export async function send(tx: Tx, host: string, job: SocialJob, now: number): Promise<void> {
  await enqueue(tx, { kind: job.kind, peer: host, about: job.about }, now);
}
