import { NodeError } from "../../../lib/errors.ts";
import { type Random, randomId } from "../../../lib/ids.ts";
import type { Tx } from "../../../store/tx.ts";
import { send } from "../../send.ts";
import { hostOfPerson } from "../../subscriptions/queries.ts";
import { isStopped } from "../keys/trust.ts";
import type { Said } from "../letter.ts";
import { changeConversation, conversationRow } from "../queries.ts";
import { freeLetters, insertLetter, peopleWithoutKey } from "./queries.ts";

/** A place among the owner's letters to one person. `at`: later than everything seen in the conversation. */
export type Place = { id: string; seq: number; prev: string; at: number };

const AT_ONCE = 100;

type About = { kind: Said["kind"]; messageId?: string; emoji?: string; detail?: string };

/**
 * Takes the next place. The time is a hybrid clock's: whatever was read before is older, on both devices, and so both
 * show all in one order, however it arrives.
 */
export async function nextPlace(tx: Tx, personId: string, now: number, random: Random): Promise<Place> {
  const row = await conversationRow(tx, personId);
  const at = Math.max(now, (row?.clock.getTime() ?? 0) + 1);
  const place = { id: randomId(random), seq: (row?.sent ?? 0) + 1, prev: row?.lastId ?? "", at };
  await changeConversation(tx, personId, { sent: place.seq, lastId: place.id, clock: new Date(at) });
  return place;
}

/** Leaves a letter at its place. It goes when their device is on; not while it is unsure whose key theirs is. */
export async function leaveLetter(
  tx: Tx,
  personId: string,
  { id, seq, prev, at }: Place,
  about: About,
  now: number,
): Promise<void> {
  const held = (await isStopped(tx, personId)) ? "key-changed" : "";
  await insertLetter(tx, { ...{ id, personId, seq, prev, held }, ...about, at: new Date(at) });
  if (held === "") await post(tx, personId, id, now);
}

/** What was held goes, in the order it was written. */
export async function releaseLetters(tx: Tx, personId: string, now: number): Promise<void> {
  for (const id of await freeLetters(tx, personId)) await post(tx, personId, id, now);
}

/** Where no key was good, it is tried again. */
export async function releaseWithoutKey(tx: Tx, now: number): Promise<void> {
  for (const personId of await peopleWithoutKey(tx, AT_ONCE)) await releaseLetters(tx, personId, now);
}

async function post(tx: Tx, personId: string, letterId: string, now: number): Promise<void> {
  const host = await hostOfPerson(tx, personId);
  if (host === null) throw new NodeError("person-not-found", "nobody to write to");
  await send(tx, host, { kind: "letter", about: { personId, letterId } }, now);
}
