import { enqueue, isPlanned } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { friendIds } from "../audiences/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { friendlyAmong } from "../people/among-queries.ts";
import { send } from "../send.ts";
import { hostOfPerson, subscriberIds } from "../subscriptions/queries.ts";
import { dropProfileJobs, isToldOfProfile } from "./queries.ts";

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

/**
 * One of them may see more of it now, or less: told what it says for them, when they have a device of their own. On a server
 * of many it says the same as before. Nobody else is told.
 */
export async function tellPerson(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  const host = await hostOfPerson(tx, personId);
  if (host === null || host === "" || !(await isToldOfProfile(tx, me.ownerId, personId))) return;
  if ((await friendlyAmong(tx, [personId])).length === 0) return;
  const job = { kind: "profile", peer: host, about: { personId } };
  if (!(await isPlanned(tx, job))) await enqueue(tx, job, now);
}
