import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { isBlockedId } from "../people/queries.ts";
import { subscriptionRow } from "../subscriptions/queries.ts";
import { happen } from "./happen.ts";

/**
 * Somebody whose device does not know of friendship, and who subscribes to the owner as the owner does to them, is a
 * friend from now on. Nothing goes over the wire. Throws "not-allowed" when they do not both subscribe.
 */
export async function confirmFriend(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  const out = await subscriptionRow(tx, { subscriberId: me.ownerId, personId });
  const back = await subscriptionRow(tx, { subscriberId: personId, personId: me.ownerId });
  const both = out?.state === "accepted" && back?.state === "accepted";
  if (!both || (await isBlockedId(tx, personId)))
    throw new NodeError("not-allowed", "they do not both subscribe");
  await happen(tx, personId, { kind: "confirm" }, now);
}
