import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { dropJobs } from "../deliveries/queries.ts";
import { withhold } from "../deliveries/withhold.ts";
import { endConfirmed } from "../friends/friendship-undone.ts";
import type { Identity } from "../identity/identity.ts";
import { dropNotices } from "../notices/add-notice.ts";
import { planFace } from "../people/face.ts";
import { send } from "../send.ts";
import { dropSubscription, hostOfPerson, setState, subscriptionRow } from "./queries.ts";

/** The owner lets somebody subscribe who asked. */
export async function acceptRequest(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  const key = { subscriberId: personId, personId: me.ownerId };
  const row = await subscriptionRow(tx, key);
  if (row === null || row.state === "declined") throw new NodeError("person-not-found", "nobody asked");
  const host = await hostOfPerson(tx, personId);
  if (row.state === "accepted" || host === null) return;
  await setState(tx, key, "accepted", now);
  await planFace(tx, personId, now);
  await dropNotices(tx, "request", personId);
  await send(tx, host, { kind: "accept", about: { personId } }, now);
}

/** The owner does not let them, or lets them no more. No effect when they never asked. */
export async function declineRequest(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  const key = { subscriberId: personId, personId: me.ownerId };
  const row = await subscriptionRow(tx, key);
  if (row === null) return;
  await dropSubscription(tx, key);
  await endConfirmed(tx, personId, now);
  await dropNotices(tx, "request", personId);
  await dropNotices(tx, "subscribed", personId);
  await dropJobs(tx, "accept", personId);
  const host = await hostOfPerson(tx, personId);
  if (host === null) return;
  await withhold(tx, { id: personId, host }, "what names them");
  await send(tx, host, { kind: "reject", about: { personId, uri: row.uri } }, now);
}
