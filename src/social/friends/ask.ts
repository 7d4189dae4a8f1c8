import { NodeError } from "../../lib/errors.ts";
import { type Random, randomId, systemRandom } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { planFace } from "../people/face.ts";
import { isBlockedId, isHostBlocked, unsetBlocked } from "../people/queries.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { LONGEST_WORDS, offerUri } from "./friendship.ts";
import { happen } from "./happen.ts";

/**
 * The owner asks to be friends, with some words. Asking twice asks once; asking who asked already is a yes; asking
 * somebody blocked lets them in again. Throws "person-not-found", "address-own", "host-blocked".
 */
export async function askToBeFriends(
  tx: Tx,
  me: Identity,
  personId: string,
  words: string,
  now: number,
  random: Random = systemRandom,
): Promise<void> {
  if (personId === me.ownerId) throw new NodeError("address-own", "nobody asks themselves");
  const host = await hostOfPerson(tx, personId);
  if (host === null) throw new NodeError("person-not-found", "nobody to ask");
  if (await isHostBlocked(tx, host)) throw new NodeError("host-blocked", "the whole host is blocked");
  if (await isBlockedId(tx, personId)) await unsetBlocked(tx, personId);
  const what = { kind: "ask" as const, uri: offerUri(me.origin, randomId(random)) };
  await happen(tx, personId, what, now, { words: cleanLine(words, LONGEST_WORDS) });
  await planFace(tx, personId, now);
}
