import type { QuoteRequest } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { receivePost } from "../../social/posts/receive-post.ts";
import { mayAsk, receiveQuoteRequest } from "../../social/quotes/receive-request.ts";
import type { Tx } from "../../store/tx.ts";
import { sameHost } from "../addresses.ts";
import { localContexts } from "../contexts.ts";
import { cardOfPost } from "../incoming-post.ts";
import { askForQuoting } from "../outbox/plan-fetches.ts";
import { postAuthor } from "../queries.ts";
import { offline } from "../translate/offline.ts";
import { type ReadPost, readPost } from "../translate/post.ts";
import { type Incoming, soleObject } from "./incoming.ts";

const ADDRESS_MAX = 2_000;

/** Somebody asks whether a post of theirs may quote one of the owner's. */
export async function quoteRequest(tx: Tx, incoming: Incoming<QuoteRequest>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;

  // Authentication: the sender signed; the quoting post is on their host, and theirs when it came along.
  const quoted = soleObject(activity)?.href ?? "";
  const quoting = activity.instrumentId;
  if (activity.id === null || quoting === null || !sameHost(quoting, sender.uri)) {
    return { dropped: "no post of the sender's" };
  }
  if (quoting.href.length > ADDRESS_MAX || activity.id.href.length > ADDRESS_MAX)
    return { dropped: "too long" };
  const post = await instrumentOf(incoming);
  if (post !== null && (post.uri !== quoting.href || post.quoteUri !== quoted)) {
    return { dropped: "the post does not quote that" };
  }

  // Authorization: anyone who may see a post may ask; what they get is decided in social/.
  // Else that a post is looked at would tell them that the one they may not see is there (A11).
  const request = {
    ...{ personId: idOf(sender.uri), postId: idOf(quoted) },
    ...{ quotingUri: quoting.href, uri: activity.id.href },
  };
  if (!(await mayAsk(tx, me, request))) return { dropped: "not theirs to ask" };
  const author = await postAuthor(tx, quoting.href);
  if (author !== null && author !== sender.uri) return { dropped: "another's post" };

  await savePerson(tx, sender, now);
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

/** null: the post was only named, or is none. */
async function instrumentOf({ activity, sender, now }: Incoming<QuoteRequest>): Promise<ReadPost | null> {
  try {
    const object = await activity.getInstrument({
      contextLoader: localContexts,
      documentLoader: offline,
      crossOrigin: "ignore",
      suppressError: true,
    });
    return object === null ? null : await readPost(object, sender, now);
  } catch {
    return null;
  }
}
