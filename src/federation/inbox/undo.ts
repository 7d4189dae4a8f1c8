import { Follow, type Undo } from "@fedify/fedify/vocab";
import type { Verdict } from "../../lib/verdict.ts";
import { requestWithdrawn } from "../../social/subscriptions/request-withdrawn.ts";
import type { Tx } from "../../store/tx.ts";
import { requestBy } from "../queries.ts";
import { embeddedObject, type Incoming, soleObject } from "./incoming.ts";

/** Somebody takes back what they did; of what is understood now, only a subscription can be taken back. */
export async function undo(tx: Tx, incoming: Incoming<Undo>): Promise<Verdict> {
  const { activity, sender, me, at, now } = incoming;

  // Authentication: the sender signed.
  // Authorization: what is taken back must be the sender's own (A10); nobody can unsubscribe another.
  const request = await requestBy(tx, me.ownerId, sender.uri);
  if (request === null) return { dropped: "nothing to take back" };
  const undone = await embeddedObject(activity);
  const named = soleObject(activity)?.href === request.uri;
  const fits =
    undone instanceof Follow && undone.actorId?.href === sender.uri && undone.objectId?.href === at.person;
  if (!named && !fits) return { dropped: "not understood" };

  await requestWithdrawn(tx, me, request.personId, now);
  return "accepted";
}
