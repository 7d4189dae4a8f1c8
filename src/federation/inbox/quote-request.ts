import type { QuoteRequest } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { isStranger } from "../../social/gate/gate.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { receivePost } from "../../social/posts/receive-post.ts";
import { mayAsk, receiveQuoteRequest } from "../../social/quotes/receive-request.ts";
import type { Tx } from "../../store/tx.ts";
import { cardOfPost } from "../incoming-post.ts";
import { askForQuoting } from "../outbox/plan-fetches.ts";
import { postAuthor } from "../queries.ts";
import { readQuoteRequest } from "../translate/quote-request.ts";
import { waitAtGate } from "./gate.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody asks whether a post of theirs may quote one of the owner's. */
export async function quoteRequest(tx: Tx, incoming: Incoming<QuoteRequest>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;

  // Authentication: the sender signed; the quoting post is on their host, and theirs when it came along.
  const asked = await readQuoteRequest(activity, sender, now);
  if (asked === null) return { dropped: "no post of the sender's that quotes that" };
  const { uri, quoted, quoting, post } = asked;

  // Authorization: anyone who may see a post may ask; what they get is decided in social/.
  // Else that a post is looked at would tell them that the one they may not see is there (A11).
  const request = { personId: idOf(sender.uri), postId: idOf(quoted), quotingUri: quoting, uri };
  if (!(await mayAsk(tx, me, request))) return { dropped: "not theirs to ask" };
  const author = await postAuthor(tx, quoting);
  if (author !== null && author !== sender.uri) return { dropped: "another's post" };

  await savePerson(tx, sender, now);
  // A post that is only named could be a neighbour's: it is looked at first.
  if (post === null) {
    await askForQuoting(tx, request, now);
    return "accepted";
  }
  const state = await receiveQuoteRequest(tx, me, request, now);
  if (state === "ignored") return { dropped: "not theirs to ask" };
  if (state !== "granted" && state !== "asked") return "accepted";
  // Leave is no way past the gate: of somebody unknown only that is kept. A question is put to the owner there.
  if (await isStranger(tx, me, request.personId))
    return state === "asked" ? waitAtGate(tx, incoming, post) : "accepted";
  await receivePost(tx, me, await cardOfPost(tx, me, post), now);
  return "accepted";
}
