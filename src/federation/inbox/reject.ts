import type { Reject } from "@fedify/fedify/vocab";
import type { Verdict } from "../../lib/verdict.ts";
import { requestDeclined } from "../../social/subscriptions/request-declined.ts";
import type { Tx } from "../../store/tx.ts";
import { askedPerson } from "./accept.ts";
import type { Incoming } from "./incoming.ts";
import { quoteAnswered } from "./quote-answer.ts";

/** Somebody does not let the owner subscribe, or does no longer; or does not want to be quoted. */
export async function reject(tx: Tx, incoming: Incoming<Reject>): Promise<Verdict> {
  const quote = await quoteAnswered(tx, incoming, "reject");
  if (quote !== null) return quote;

  // Authentication: the sender signed.
  // Authorization: only whom the owner asked may answer, and only about that request (A12).
  const personId = await askedPerson(tx, incoming);
  if (personId === null) return { dropped: "never asked" };

  const known = await requestDeclined(tx, incoming.me, personId, incoming.now);
  return known ? "accepted" : { dropped: "never asked" };
}
