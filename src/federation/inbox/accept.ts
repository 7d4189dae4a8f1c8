import type { Accept, Reject } from "@fedify/fedify/vocab";
import { Follow } from "@fedify/fedify/vocab";
import type { Verdict } from "../../lib/verdict.ts";
import { requestAccepted } from "../../social/subscriptions/request-accepted.ts";
import type { Tx } from "../../store/tx.ts";
import { ownRequest } from "../queries.ts";
import { embeddedObject, type Incoming, soleObject } from "./incoming.ts";
import { quoteAnswered } from "./quote-answer.ts";

/** Somebody lets the owner subscribe, or quote them. */
export async function accept(tx: Tx, incoming: Incoming<Accept>): Promise<Verdict> {
  const quote = await quoteAnswered(tx, incoming, "accept");
  if (quote !== null) return quote;

  // Authentication: the sender signed.
  // Authorization: only whom the owner asked may answer, and only about that request (A12).
  const personId = await askedPerson(tx, incoming);
  if (personId === null) return { dropped: "never asked" };

  const known = await requestAccepted(tx, incoming.me, personId, incoming.now);
  return known ? "accepted" : { dropped: "never asked" };
}

/** The sender, if the activity answers the owner's request to them; other servers give that request's id, or all of it. */
export async function askedPerson(tx: Tx, incoming: Incoming<Accept | Reject>): Promise<string | null> {
  const { activity, sender, me, at } = incoming;
  const request = await ownRequest(tx, me.ownerId, sender.uri);
  if (request === null) return null;
  if (soleObject(activity)?.href === request.uri) return request.personId;
  const answered = await embeddedObject(activity);
  const fits =
    answered instanceof Follow &&
    answered.actorId?.href === at.person &&
    answered.objectId?.href === sender.uri;
  return fits ? request.personId : null;
}
