import type { Tx } from "../../store/tx.ts";
import { send } from "../send.ts";
import { insertDeliveries } from "./queries.ts";

export type Recipient = { id: string; host: string };

/** Each of these people gets a copy of a post that they were not to get before. */
export async function deliver(tx: Tx, postId: string, to: Recipient[], now: number): Promise<void> {
  await insertDeliveries(
    tx,
    postId,
    to.map(({ id }) => id),
    now,
  );
  await sendCopies(tx, postId, to, now);
}

/** A copy that says what the post says when it is sent. */
export async function sendCopies(tx: Tx, postId: string, to: Recipient[], now: number): Promise<void> {
  for (const { id, host } of to) await send(tx, host, { kind: "post", about: { postId, personId: id } }, now);
}
