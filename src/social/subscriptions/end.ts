import type { Tx } from "../../store/tx.ts";
import { dropJobs } from "../deliveries/queries.ts";
import { endConfirmed } from "../friends/friendship-undone.ts";
import type { Identity } from "../identity/identity.ts";
import { dropNotices } from "../notices/add-notice.ts";
import { send } from "../send.ts";
import { dropSubscription, hostOfPerson, subscriptionRow, takeFromHome } from "./queries.ts";

/** The owner subscribes no more, or takes the request back. Their posts leave the timeline. */
export async function endSubscription(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  const key = { subscriberId: me.ownerId, personId };
  const row = await subscriptionRow(tx, key);
  if (row === null) return;
  await dropSubscription(tx, key);
  await endConfirmed(tx, personId, now);
  await takeFromHome(tx, personId, me.ownerId);
  await dropJobs(tx, "follow", personId);
  await dropNotices(tx, "accepted", personId);
  const host = await hostOfPerson(tx, personId);
  if (host !== null && row.state !== "declined") {
    await send(tx, host, { kind: "unfollow", about: { personId, uri: row.uri } }, now);
  }
}
