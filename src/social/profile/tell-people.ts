import type { Tx } from "../../store/tx.ts";
import { friendIds } from "../audiences/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { send } from "../send.ts";
import { subscriberIds } from "../subscriptions/queries.ts";
import { dropProfileJobs } from "./queries.ts";

/** Devices of subscribers and friends get what the owner's page says now, each as far as it is for them. */
export async function tellPeople(tx: Tx, me: Identity, now: number): Promise<void> {
  // A job says what holds when it is sent, so one for each person is enough.
  await dropProfileJobs(tx);
  const all = [...(await subscriberIds(tx, me.ownerId)), ...(await friendIds(tx))];
  const recipients = new Map(all.map(({ id, host }) => [id, host]));
  for (const [personId, host] of recipients) {
    if (host !== "") await send(tx, host, { kind: "profile", about: { personId } }, now);
  }
}
