import { idOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import type { PostCard } from "../posts/post.ts";
import { type PostRow, postRow, updatePost } from "../posts/queries.ts";
import { type QuoteState, stampFor } from "./queries.ts";
import { isQuotable } from "./quotable.ts";
import { stampUri } from "./stamp-uri.ts";

export type QuoteColumns = {
  quoteOfId: string;
  quoteOfUri: string;
  quoteState: QuoteState;
  quoteStamp: string;
  quotable: string;
};

/**
 * What somebody's post says of the one it quotes. Approved at once only when that is known here: they quote themselves,
 * or the owner gave leave. Everything else waits until the leave it names was seen at the quoted person's own place.
 */
export async function receivedQuote(tx: Tx, me: Identity, card: PostCard): Promise<QuoteColumns> {
  const { quoteUri = "", quoteStamp = "", quotable = "" } = card;
  const said = isQuotable(quotable) ? quotable : "";
  if (quoteUri === "")
    return { quoteOfId: "", quoteOfUri: "", quoteState: "", quoteStamp: "", quotable: said };
  const quoteOfId = idOf(quoteUri);
  const columns = { quoteOfId, quoteOfUri: quoteUri, quotable: said };
  const quoted = await postRow(tx, quoteOfId);
  if (quoted?.authorId === card.authorId) return { ...columns, quoteState: "approved", quoteStamp: "" };
  if (quoted?.own !== true) return { ...columns, quoteState: "waiting", quoteStamp };
  const stamp = await stampFor(tx, { postId: quoted.id, quotingUri: card.uri });
  switch (stamp?.personId === card.authorId ? stamp.state : undefined) {
    case "granted":
      return { ...columns, quoteState: "approved", quoteStamp: stamp === null ? "" : stampUri(me, stamp.id) };
    case "refused":
    case "revoked":
      return { ...columns, quoteState: "refused", quoteStamp: "" };
    default:
      return { ...columns, quoteState: "waiting", quoteStamp: "" };
  }
}

/** Its author changed the post: another leave, none any more, or another post that is quoted. */
export async function changeQuote(tx: Tx, me: Identity, row: PostRow, card: PostCard): Promise<void> {
  const said = await receivedQuote(tx, me, card);
  const isSame = said.quoteOfUri === row.quoteOfUri && said.quoteStamp === row.quoteStamp;
  // What was looked up stays found.
  const quoteState = isSame && said.quoteState === "waiting" ? row.quoteState : said.quoteState;
  const columns = { ...said, quoteState };
  const changed =
    !isSame ||
    columns.quoteState !== row.quoteState ||
    (said.quotable !== "" && said.quotable !== row.quotable);
  if (changed) await updatePost(tx, row.id, columns);
}

/** Whether the owner is told of a quote by its post: not where the question for leave said it already, or was declined. */
export async function isQuoteTold(tx: Tx, card: PostCard): Promise<boolean> {
  const stamp = await stampFor(tx, { postId: idOf(card.quoteUri ?? ""), quotingUri: card.uri });
  return stamp === null || stamp.state === "granted";
}
