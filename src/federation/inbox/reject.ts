import type { Reject } from "@fedify/fedify/vocab";
import type { Verdict } from "../../lib/verdict.ts";
import { requestDeclined } from "../../social/subscriptions/request-declined.ts";
import type { Tx } from "../../store/tx.ts";
import { readAnswer } from "../translate/answer.ts";
import { askedPerson } from "./accept.ts";
import type { Incoming } from "./incoming.ts";
import { quoteAnswered } from "./quote-answer.ts";

/** Somebody does not let the owner subscribe, or does no longer; or does not want to be quoted. */
export async function reject(tx: Tx, incoming: Incoming<Reject>): Promise<Verdict> {
  // Authentication: the sender signed.
  const answer = await readAnswer(incoming.activity, incoming.at);

  // Authorization: only whom the owner asked may answer, and only what they were asked (A12).
  if (answer.to === "quote") return quoteAnswered(tx, incoming, answer, "reject");
  const personId = await askedPerson(tx, incoming, answer);
  if (personId === null) return { dropped: "never asked" };

  const known = await requestDeclined(tx, incoming.me, personId, incoming.now);
  return known ? "accepted" : { dropped: "never asked" };
}
