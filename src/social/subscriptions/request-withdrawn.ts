import type { Tx } from "../../store/tx.ts";
import { dropJobs } from "../deliveries/queries.ts";
import { withhold } from "../deliveries/withhold.ts";
import { endConfirmed } from "../friends/friendship-undone.ts";
import type { Identity } from "../identity/identity.ts";
import { dropNotices } from "../notices/add-notice.ts";
import { dropSubscription, hostOfPerson } from "./queries.ts";

/** They subscribe to the owner no more, or took the request back. */
export async function requestWithdrawn(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  await dropSubscription(tx, { subscriberId: personId, personId: me.ownerId });
  await endConfirmed(tx, personId, now);
  await dropNotices(tx, "request", personId);
  await dropNotices(tx, "subscribed", personId);
  await dropJobs(tx, "accept", personId);
  const host = await hostOfPerson(tx, personId);
  if (host !== null) await withhold(tx, { id: personId, host }, "what names them");
}
