import type { Offer } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { receiveIntroduction } from "../../social/friends/receive-introduction.ts";
import { receiveOffer } from "../../social/friends/receive-offer.ts";
import { atGate } from "../../social/gate/gate.ts";
import { isInvited } from "../../social/invites/invites.ts";
import { savePerson } from "../../social/people/save-person.ts";
import type { Tx } from "../../store/tx.ts";
import { askForPerson } from "../outbox/plan-fetches.ts";
import { invitationIn } from "../translate/invitation.ts";
import { readOffer } from "../translate/relationship.ts";
import { GATE_FULL } from "./gate.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody asks to be friends, or introduces somebody. */
export async function offer(tx: Tx, incoming: Incoming<Offer>): Promise<Verdict> {
  const { activity, sender, me, at, now } = incoming;

  // Authentication: the sender signed, and offers no friendship but their own.
  const read = await readOffer(activity, sender.uri, at);
  if (read === null) return { dropped: "no offer of the sender's to the owner" };
  const personId = idOf(sender.uri);

  // Authorization: anyone may ask, and the owner decides; only a friend introduces: social/ looks at that.
  if (read.kind === "introduction") {
    const { uri, host, words } = read;
    const became = await receiveIntroduction(tx, me, { byId: personId, uri, host, words }, now);
    if (became === "unknown") await askForPerson(tx, uri, now);
    return became === "ignored" ? { dropped: "not a friend's to say" } : "accepted";
  }

  // Unknown people wait at the gate, while there is room; an invitation is the way past it.
  const invitation = invitationIn(incoming.json);
  const full = (await atGate(tx, me, personId)) === "full" && !(await isInvited(tx, invitation, now));
  if (full) return GATE_FULL;

  await savePerson(tx, sender, now);
  await receiveOffer(tx, me, personId, { uri: read.uri, words: read.words }, now, invitation);
  return "accepted";
}
