import { enqueue, isPlanned } from "../../store/jobs.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { means } from "../audiences/choice.ts";
import { friendIds } from "../audiences/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { friendlyAmong } from "../people/among-queries.ts";
import { send } from "../send.ts";
import { hostOfPerson, subscriberIds } from "../subscriptions/queries.ts";
import { viewersOf } from "../viewer.ts";
import { ownFields } from "./own-fields.ts";
import { seenParts } from "./parts.ts";
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
 * Makes a change in what these people are to the owner. Whoever gets another profile by it is told that profile; nobody else
 * hears anything, or the moment would tell them what the owner does with audiences.
 */
export async function tellingWhomItChanges<T>(
  tx: Tx,
  me: Identity,
  personIds: readonly string[],
  now: number,
  change: () => Promise<T>,
): Promise<T> {
  const before = await shownTo(tx, me, personIds);
  const done = await change();
  for (const [personId, shown] of await shownTo(tx, me, personIds)) {
    if (before.get(personId) !== shown) await tellPerson(tx, me, personId, now);
  }
  return done;
}

/** Which parts and lines of the profile each of them gets. */
async function shownTo(
  read: ReadClient,
  me: Identity,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  // The list of friends stands on the page alone, never in what is sent.
  const { friends: _, ...parts } = await seenParts(read);
  const lines = (await ownFields(read)).map(({ id, seen }) => [id, seen] as const);
  const seen = [...Object.entries(parts), ...lines];
  const viewers = await viewersOf(read, me.ownerId, personIds);
  return new Map(
    viewers.map((viewer) => {
      const shown = seen.filter(([, choice]) => means(choice, viewer)).map(([name]) => name);
      return [viewer.personId, shown.join(" ")];
    }),
  );
}

/** On a server of many it says the same as before: only devices of one person are told. */
async function tellPerson(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  const host = await hostOfPerson(tx, personId);
  if (host === null || host === "" || !(await isToldOfProfile(tx, me.ownerId, personId))) return;
  if ((await friendlyAmong(tx, [personId])).length === 0) return;
  const job = { kind: "profile", peer: host, about: { personId } };
  if (!(await isPlanned(tx, job))) await enqueue(tx, job, now);
}
