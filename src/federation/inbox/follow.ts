import type { Follow } from "@fedify/fedify/vocab";
import type { Verdict } from "../../lib/verdict.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { receiveRequest } from "../../social/subscriptions/receive-request.ts";
import type { Tx } from "../../store/tx.ts";
import { type Incoming, soleObject } from "./incoming.ts";

/** Somebody asks to subscribe. */
export async function follow(tx: Tx, incoming: Incoming<Follow>): Promise<Verdict> {
  const { activity, sender, me, at, now } = incoming;

  // Authentication: the sender signed; an id is needed to answer.
  if (activity.id === null) return { dropped: "no id" };

  // Authorization: anyone may ask, for the owner only. Whether the owner is asked first is decided in social/.
  if (soleObject(activity)?.href !== at.person) return { dropped: "not for the owner" };

  const personId = await savePerson(tx, sender, now);
  await receiveRequest(tx, me, personId, activity.id.href, now);
  return "accepted";
}
