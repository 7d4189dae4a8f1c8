import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { isOwnOffer } from "./friendship.ts";
import { happen } from "./happen.ts";

type Answer = { personId: string; uri: string; answer: "accepted" | "refused" };

/**
 * They say yes, or no, to what the owner asked. False: it was not asked, or holds no more, and nothing happens here; who
 * is known and says yes to that is told so, or they would believe in it for ever.
 */
export async function offerAnswered(tx: Tx, me: Identity, answered: Answer, now: number): Promise<boolean> {
  const { personId, uri, answer } = answered;
  if (!isOwnOffer(me.origin, uri) || (await hostOfPerson(tx, personId)) === null) return false;
  const { send, bond } = await happen(tx, personId, { kind: answer, uri }, now);
  return send.length === 0 && (answer === "refused" || bond?.state === "friends");
}
