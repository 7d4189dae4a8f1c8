import { type Accept, QuoteRequest, type Reject } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { leaveGiven, leaveRefused } from "../../social/quotes/answered.ts";
import type { Tx } from "../../store/tx.ts";
import { sameHost } from "../addresses.ts";
import { askedInPost } from "../outbox/quote-activities.ts";
import { embeddedObject, type Incoming, soleObject } from "./incoming.ts";

/** Somebody answers whether the owner may quote them; null: this is no answer to such a question. */
export async function quoteAnswered(
  tx: Tx,
  incoming: Incoming<Accept | Reject>,
  answer: "accept" | "reject",
): Promise<Verdict | null> {
  const { activity, sender, me, now } = incoming;
  const postUri = await askedPost(incoming);
  if (postUri === null) return null;

  // Authentication: the sender signed.
  // Authorization: only the author of the post that is quoted answers for it (A12); that is looked at in social/.
  const answered = { postId: idOf(postUri), authorId: idOf(sender.uri) };
  if (answer === "reject") {
    return (await leaveRefused(tx, me, answered, now)) ? "accepted" : { dropped: "never asked" };
  }
  const stamp = activity.resultId;
  if (stamp === null || !sameHost(stamp, sender.uri)) return { dropped: "leave without an address" };
  const known = await leaveGiven(tx, me, { ...answered, stamp: stamp.href }, now);
  return known ? "accepted" : { dropped: "never asked" };
}

/** Other servers give the question's id, or all of it, and some leave out its id. */
async function askedPost(incoming: Incoming<Accept | Reject>): Promise<string | null> {
  const { activity, at } = incoming;
  const named = askedInPost(at, soleObject(activity)?.href);
  if (named !== null) return named;
  const question = await embeddedObject(activity);
  if (!(question instanceof QuoteRequest) || question.actorId?.href !== at.person) return null;
  const post = question.instrumentId?.href ?? "";
  return post.startsWith(`${at.origin}/posts/`) ? post : null;
}
