import type { Accept, Reject } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { offerAnswered } from "../../social/friends/offer-answered.ts";
import { requestAccepted } from "../../social/subscriptions/request-accepted.ts";
import type { Tx } from "../../store/tx.ts";
import { ownRequest } from "../queries.ts";
import { type ReadAnswer, readAnswer } from "../translate/answer.ts";
import type { Incoming } from "./incoming.ts";
import { quoteAnswered } from "./quote-answer.ts";

/** Somebody lets the owner subscribe, or quote them, or is the owner's friend now. */
export async function accept(tx: Tx, incoming: Incoming<Accept>): Promise<Verdict> {
  // Authentication: the sender signed.
  const answer = await readAnswer(incoming.activity, incoming.at);

  // Authorization: only whom the owner asked may answer, and only what they were asked (A12).
  if (answer.to === "quote") return quoteAnswered(tx, incoming, answer, "accept");
  if (answer.to === "offer") {
    const answered = { personId: idOf(incoming.sender.uri), uri: answer.uri, answer: "accepted" as const };
    const known = await offerAnswered(tx, incoming.me, answered, incoming.now);
    return known ? "accepted" : { dropped: "never asked" };
  }
  const personId = await askedPerson(tx, incoming, answer);
  if (personId === null) return { dropped: "never asked" };

  const known = await requestAccepted(tx, incoming.me, personId, incoming.now);
  return known ? "accepted" : { dropped: "never asked" };
}

/** The sender, if they answer the owner's request to them. */
export async function askedPerson(
  tx: Tx,
  { sender, me }: Incoming<Accept | Reject>,
  answer: Extract<ReadAnswer, { to: "request" }>,
): Promise<string | null> {
  const request = await ownRequest(tx, me.ownerId, sender.uri);
  if (request === null) return null;
  return answer.uri === request.uri || answer.person === sender.uri ? request.personId : null;
}
