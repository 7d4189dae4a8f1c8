import type { Tx } from "../../store/tx.ts";
import { requireIdentity } from "../identity/load-identity.ts";
import { declineRequest } from "../subscriptions/answer.ts";
import { endSubscription } from "../subscriptions/end.ts";
import { setBlocked, unsetBlocked } from "./queries.ts";

/** Nothing more comes from them and nothing more goes to them. They are not told; only that they are out. */
export async function block(tx: Tx, personId: string, now: number): Promise<void> {
  const me = await requireIdentity(tx);
  await endSubscription(tx, me, personId, now);
  await declineRequest(tx, me, personId, now);
  await setBlocked(tx, personId, now);
}

export async function unblock(tx: Tx, personId: string): Promise<void> {
  await unsetBlocked(tx, personId);
}

/** They get nothing new from now on. */
export async function removeSubscriber(tx: Tx, personId: string, now: number): Promise<void> {
  await declineRequest(tx, await requireIdentity(tx), personId, now);
}
