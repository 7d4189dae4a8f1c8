import type { Reject } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { offerAnswered } from "../../social/friends/offer-answered.ts";
import { requestDeclined } from "../../social/subscriptions/request-declined.ts";
import type { Tx } from "../../store/tx.ts";
import { readAnswer } from "../translate/answer.ts";
import { askedPerson } from "./accept.ts";
import type { Incoming } from "./incoming.ts";
import { quoteAnswered } from "./quote-answer.ts";

/** Somebody does not let the owner subscribe, or does no longer; or wants to be no friend; or does not want to be quoted. */
export async function reject(tx: Tx, incoming: Incoming<Reject>): Promise<Verdict> {
  // Authentication: the sender signed.
  const answer = await readAnswer(incoming.activity, incoming.at);

  // Authorization: only whom the owner asked may answer, and only what they were asked (A12).
  if (answer.to === "quote") return quoteAnswered(tx, incoming, answer, "reject");
  if (answer.to === "offer") {
    const answered = { personId: idOf(incoming.sender.uri), uri: answer.uri, answer: "refused" as const };
    const known = await offerAnswered(tx, incoming.me, answered, incoming.now);
    return known ? "accepted" : { dropped: "never asked" };
  }
  const personId = await askedPerson(tx, incoming, answer);
  if (personId === null) return { dropped: "never asked" };

  const known = await requestDeclined(tx, incoming.me, personId, incoming.now);
  return known ? "accepted" : { dropped: "never asked" };
}
