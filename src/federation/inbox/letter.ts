import { Buffer } from "node:buffer";
import type { Create } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { atGate, isStranger } from "../../social/gate/gate.ts";
import { keepKnock, LONGEST_KNOCK } from "../../social/gate/knock.ts";
import { keepSealed } from "../../social/messages/letters/keep-sealed.ts";
import { comeByCode, mayCome } from "../../social/messages/together/come-by-code.ts";
import { savePerson } from "../../social/people/save-person.ts";
import type { Tx } from "../../store/tx.ts";
import { isOwner } from "../addresses.ts";
import { invitationIn } from "../translate/invitation.ts";
import { GATE_FULL, ONE_WAITS } from "./gate.ts";
import type { Incoming } from "./incoming.ts";

/**
 * Somebody wrote to the owner alone. It is put down as it came, and opened later by a job: neither the answer nor the time
 * it takes tells anything of whether it could be (B14).
 */
export async function letter(tx: Tx, incoming: Incoming<Create>, sealed: Uint8Array): Promise<Verdict> {
  const { activity, sender, me, at, json, now } = incoming;

  // Authentication: the sender signed the request; whose words they are, the letter proves by itself.
  // Authorization: for the owner alone, by whoever may write to the owner; unknown people wait at the gate.
  const [to, ...others] = activity.toIds;
  if (!isOwner(at, to?.href) || others.length > 0 || activity.ccIds.length > 0)
    return { dropped: "not for the owner alone" };
  const personId = idOf(sender.uri);
  if ((await isStranger(tx, me, personId)) && !(await comesByCode(tx, incoming))) {
    if ((await atGate(tx, me, personId)) === "full") return GATE_FULL;
    const waiting = JSON.stringify(json);
    // What is too long to wait here comes again, and is taken in once they are known.
    if (Buffer.byteLength(waiting) > LONGEST_KNOCK) return ONE_WAITS;
    await savePerson(tx, sender, now);
    const kept = await keepKnock(tx, { personId, activity: waiting, words: "" }, now);
    return kept ? "accepted" : ONE_WAITS;
  }
  await savePerson(tx, sender, now);
  const id = idOf("sealed", sender.uri, activity.id?.href ?? "");
  await keepSealed(tx, me, { id, personId, sealed, at: now }, now);
  return "accepted";
}

/** Whoever was shown a code comes past the gate by it. */
async function comesByCode(tx: Tx, { sender, json, now }: Incoming<Create>): Promise<boolean> {
  const token = invitationIn(json);
  if (!(await mayCome(tx, token, idOf(sender.uri), now))) return false;
  return comeByCode(tx, token, await savePerson(tx, sender, now), now);
}
