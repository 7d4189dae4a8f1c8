import type { Tx } from "../../store/tx.ts";
import { send } from "../send.ts";
import { deliveriesOf, insertDeliveries } from "./queries.ts";

export type Recipient = { id: string; host: string };

/** Each of these people gets a copy of a post; who was to get one before gets no other. */
export async function deliver(tx: Tx, postId: string, people: Recipient[], now: number): Promise<void> {
  const had = new Set((await deliveriesOf(tx, postId)).map(({ personId }) => personId));
  const to = people.filter(({ id }) => !had.has(id));
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
