import type { Tx } from "../../store/tx.ts";
import { isStranger } from "../gate/gate.ts";
import { addWelcome } from "../gate/queries.ts";
import { cleanLine } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { useInvite } from "../invites/invites.ts";
import { isBlockedId } from "../people/queries.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { type FriendState, LONGEST_WORDS } from "./friendship.ts";
import { happen } from "./happen.ts";

/**
 * Somebody asks to be friends. The owner decides, always: an invitation only leads past the gate. Of people the owner has
 * nothing to do with there is no notice: they wait there.
 */
export async function receiveOffer(
  tx: Tx,
  me: Identity,
  personId: string,
  offer: { uri: string; words: string },
  now: number,
  invitation = "",
): Promise<FriendState | "ignored"> {
  if (personId === me.ownerId || (await isBlockedId(tx, personId))) return "ignored";
  if ((await hostOfPerson(tx, personId)) === null) return "ignored";
  const unknown = await isStranger(tx, me, personId);
  const invited = unknown && (await useInvite(tx, invitation, now));
  if (invited) await addWelcome(tx, personId, now);
  const how = { words: cleanLine(offer.words, LONGEST_WORDS), quiet: unknown && !invited };
  const { bond } = await happen(tx, personId, { kind: "offered", uri: offer.uri }, now, how);
  return bond?.state ?? "ignored";
}
