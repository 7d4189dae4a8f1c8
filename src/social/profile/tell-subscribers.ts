import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { send } from "../send.ts";
import { subscriberIds } from "../subscriptions/queries.ts";
import { dropProfileJobs } from "./queries.ts";

/** Subscribers' devices get what the owner's page says now. */
export async function tellSubscribers(tx: Tx, me: Identity, now: number): Promise<void> {
  // A job says what holds when it is sent, so one for each person is enough.
  await dropProfileJobs(tx);
  for (const { id, host } of await subscriberIds(tx, me.ownerId)) {
    await send(tx, host, { kind: "profile", about: { personId: id } }, now);
  }
}
