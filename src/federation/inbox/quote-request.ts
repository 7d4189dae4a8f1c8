import type { QuoteRequest } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { receivePost } from "../../social/posts/receive-post.ts";
import { receiveQuoteRequest } from "../../social/quotes/receive-request.ts";
import type { Tx } from "../../store/tx.ts";
import { cardOfPost } from "../incoming-post.ts";
import { askForQuoting } from "../outbox/plan-fetches.ts";
import { postAuthor } from "../queries.ts";
import { readQuoteRequest } from "../translate/quote-request.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody asks whether a post of theirs may quote one of the owner's. */
export async function quoteRequest(tx: Tx, incoming: Incoming<QuoteRequest>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;

  // Authentication: the sender signed; the quoting post is on their host, and theirs when it came along.
  const asked = await readQuoteRequest(activity, sender, now);
  if (asked === null) return { dropped: "no post of the sender's that quotes that" };
  const { uri, quoted, quoting, post } = asked;

  // Authorization: anyone who may see a post may ask; what they get is decided in social/.
  if ((await postAuthor(tx, quoted)) !== me.ownerUri) return { dropped: "not the owner's post" };

  const personId = await savePerson(tx, sender, now);
  const request = { personId, postId: idOf(quoted), quotingUri: quoting, uri };
  // A post that is only named could be a neighbour's: it is looked at first.
  if (post === null) {
    await askForQuoting(tx, request, now);
    return "accepted";
  }
  const state = await receiveQuoteRequest(tx, me, request, now);
  if (state === "ignored") return { dropped: "not theirs to ask" };
  if (state === "granted" || state === "asked") await receivePost(tx, me, await cardOfPost(tx, post), now);
  return "accepted";
}
