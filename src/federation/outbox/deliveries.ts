import { letterGivenUp } from "../../social/messages/letters/arrived.ts";
import type { Job } from "../../store/jobs.ts";
import type { Store } from "../../store/store.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";

export async function deliveryState(
  read: ReadClient,
  postId: string,
  personId: string,
): Promise<string | null> {
  const found = await read.delivery.findUnique({ where: { postId_personId: { postId, personId } } });
  return found?.state ?? null;
}

export async function settleDelivery(
  tx: Tx,
  to: { postId: string; personId: string },
  state: "delivered" | "stopped",
  now: number,
  why = "",
): Promise<void> {
  await tx.delivery.updateMany({ where: to, data: { state, why, at: new Date(now) } });
}

/** A job that is given up. What the owner sees of it is a message, or the delivery of a post; a later edit is none. */
export async function giveUp(store: Store, job: Job, why: string, now: number): Promise<void> {
  const { letterId } = job.about;
  if (job.kind === "letter" && letterId !== undefined)
    return store.transact((tx) => letterGivenUp(tx, letterId, why));
  const { postId, personId } = job.about;
  if (job.kind !== "post" || postId === undefined || personId === undefined) return;
  if ((await deliveryState(store.read, postId, personId)) === "delivered") return;
  await store.transact((tx) => settleDelivery(tx, { postId, personId }, "stopped", now, why));
}
