import type { Follow } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { atGate } from "../../social/gate/gate.ts";
import { isInvited } from "../../social/invites/invites.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { letsAnyoneIn, receiveRequest } from "../../social/subscriptions/receive-request.ts";
import type { Tx } from "../../store/tx.ts";
import { isOwner } from "../addresses.ts";
import { invitationIn } from "../translate/invitation.ts";
import { soleObject } from "../translate/object-of.ts";
import { GATE_FULL } from "./gate.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody asks to subscribe. */
export async function follow(tx: Tx, incoming: Incoming<Follow>): Promise<Verdict> {
  const { activity, sender, me, at, now } = incoming;

  // Authentication: the sender signed; an id is needed to answer.
  if (activity.id === null) return { dropped: "no id" };

  // Authorization: anyone may ask, for the owner only. Whether the owner is asked first is decided in social/.
  if (!isOwner(at, soleObject(activity)?.href)) return { dropped: "not for the owner" };

  // Unknown people wait at the gate, while there is room; an invitation is the way past it.
  const invitation = invitationIn(incoming.json);
  const full =
    (await atGate(tx, me, idOf(sender.uri))) === "full" &&
    !(await letsAnyoneIn(tx)) &&
    !(await isInvited(tx, invitation, now));
  if (full) return GATE_FULL;

  const personId = await savePerson(tx, sender, now);
  await receiveRequest(tx, me, personId, activity.id.href, now, invitation);
  return "accepted";
}
