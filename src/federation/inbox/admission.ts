import { idOf } from "../../lib/ids.ts";
import { atGate } from "../../social/gate/gate.ts";
import { hasTies } from "../../social/gate/queries.ts";
import { isInvited } from "../../social/invites/invites.ts";
import { mayCome } from "../../social/messages/together/come-by-code.ts";
import type { PersonCard } from "../../social/people/person.ts";
import { letsAnyoneIn } from "../../social/subscriptions/receive-request.ts";
import type { JsonObject } from "../json-guard.ts";
import type { Parts } from "../parts.ts";
import { invitationIn } from "../translate/invitation.ts";

const GATE_FULL_SECONDS = 60 * 60;
const AT_THE_GATE = ["Follow", "Create", "Offer"];

/**
 * Seconds that whoever claims to have signed has to wait; 0: come in. Asked before their key is fetched, so that a
 * flood of unknown people makes this node send and write next to nothing. People the owner has to do with never wait
 * for the others: a forged claim to be one of them fails at the signature.
 */
export async function waitBefore(parts: Parts, claimed: string, json: JsonObject): Promise<number> {
  if (await isTied(parts, claimed)) return 0;
  if (AT_THE_GATE.includes(String(json["type"])) && (await isGateShut(parts, claimed, json)))
    return GATE_FULL_SECONDS;
  return parts.rates.take("strangers");
}

/** The same once it is proven who signed. */
export async function waitOf({ store, identity, rates }: Parts, sender: PersonCard): Promise<number> {
  if (await hasTies(store.read, identity.ownerId, idOf(sender.uri))) return rates.take("friend", sender.uri);
  return rates.take("person", sender.uri) || rates.take("host", sender.host);
}

async function isGateShut(parts: Parts, claimed: string, json: JsonObject): Promise<boolean> {
  const { read } = parts.store;
  if ((await atGate(read, parts.identity, idOf(claimed))) !== "full") return false;
  const [token, now] = [invitationIn(json), parts.now()];
  if (json["type"] === "Create") return !(await mayCome(read, token, idOf(claimed), now));
  const isOpen = json["type"] === "Follow" && (await letsAnyoneIn(read));
  return !isOpen && !(await isInvited(read, token, now));
}

/** A key may lie below its person ("…/main-key"). */
async function isTied({ store, identity }: Parts, claimed: string): Promise<boolean> {
  const possible = [claimed, claimed.replace(/\/[^/]*$/, "")];
  for (const uri of possible) if (await hasTies(store.read, identity.ownerId, idOf(uri))) return true;
  return false;
}
