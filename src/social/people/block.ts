import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { withhold } from "../deliveries/withhold.ts";
import { partWith } from "../friends/end.ts";
import { dropIntroduction } from "../friends/queries.ts";
import { requireIdentity } from "../identity/load-identity.ts";
import { endStampsOf } from "../quotes/queries.ts";
import { declineRequest } from "../subscriptions/answer.ts";
import { endSubscription } from "../subscriptions/end.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { setBlocked, unsetBlocked } from "./queries.ts";

/**
 * Nothing more comes from them and nothing more goes to them: both subscriptions and a friendship end, their posts leave the
 * timeline, what waits for them is not sent, leave to quote is void. They are not told that they are blocked, only that they are out.
 */
export async function block(tx: Tx, personId: string, now: number): Promise<void> {
  const me = await requireIdentity(tx);
  if (personId === me.ownerId) throw new NodeError("not-allowed", "nobody blocks themselves");
  const host = await hostOfPerson(tx, personId);
  await endSubscription(tx, me, personId, now);
  await declineRequest(tx, me, personId, now);
  await partWith(tx, personId, now);
  await dropIntroduction(tx, { personId, toId: "" });
  if (host !== null) await withhold(tx, { id: personId, host }, "nothing");
  await endStampsOf(tx, personId);
  await setBlocked(tx, personId, now);
}

/** They may come in again. What was between the two is not brought back. */
export async function unblock(tx: Tx, personId: string): Promise<void> {
  await unsetBlocked(tx, personId);
}

/** They get nothing new from now on, not even what waits already. They may ask again. */
export async function removeSubscriber(tx: Tx, personId: string, now: number): Promise<void> {
  await declineRequest(tx, await requireIdentity(tx), personId, now);
}
