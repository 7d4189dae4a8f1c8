import type { Tx } from "../../store/tx.ts";
import { dropJobs } from "../deliveries/queries.ts";
import { dropBond } from "../friends/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { dropNotices } from "../notices/add-notice.ts";
import { dropSubscription, takeFromHome } from "../subscriptions/queries.ts";
import { requestWithdrawn } from "../subscriptions/request-withdrawn.ts";

/**
 * Somebody wants nothing to do with the owner: both subscriptions and a friendship end. Nothing is sent back, and no notice: it would
 * only hurt, and whoever blocks wants no scene. That they block is not kept.
 */
export async function receiveBlock(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  await dropSubscription(tx, { subscriberId: me.ownerId, personId });
  await takeFromHome(tx, personId, me.ownerId);
  await dropJobs(tx, "follow", personId);
  await dropNotices(tx, "accepted", personId);
  await dropBond(tx, personId);
  for (const kind of ["offer", "offer-accept"]) await dropJobs(tx, kind, personId);
  for (const kind of ["friend-request", "friends"] as const) await dropNotices(tx, kind, personId);
  await requestWithdrawn(tx, me, personId, now);
}
