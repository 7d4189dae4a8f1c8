import type { Accept, Reject } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { leaveGiven, leaveRefused } from "../../social/quotes/answered.ts";
import type { Tx } from "../../store/tx.ts";
import { sameHost } from "../addresses.ts";
import type { ReadAnswer } from "../translate/answer.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody answers whether the owner may quote them. Only the author of what is quoted does (A12): social/ looks at that. */
export async function quoteAnswered(
  tx: Tx,
  { sender, me, now }: Incoming<Accept | Reject>,
  { postUri, stamp }: Extract<ReadAnswer, { to: "quote" }>,
  answer: "accept" | "reject",
): Promise<Verdict> {
  const answered = { postId: idOf(postUri), authorId: idOf(sender.uri) };
  if (answer === "reject") {
    return (await leaveRefused(tx, me, answered, now)) ? "accepted" : { dropped: "never asked" };
  }
  if (!sameHost(stamp, sender.uri)) return { dropped: "leave without an address" };
  const known = await leaveGiven(tx, me, { ...answered, stamp }, now);
  return known ? "accepted" : { dropped: "never asked" };
}
