import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { tellHolders } from "../posts/edit.ts";
import { type PostRow, postRow } from "../posts/queries.ts";
import { postsWithStamp, type QuoteState, setQuote } from "./queries.ts";

type Answered = { postId: string; authorId: string };

/** The quoted author gave leave: everybody who has the post learns where that is written. False: never asked them. */
export async function leaveGiven(
  tx: Tx,
  me: Identity,
  answered: Answered & { stamp: string },
  now: number,
): Promise<boolean> {
  return change(tx, me, answered, { quoteState: "approved", quoteStamp: answered.stamp }, now);
}

/** They do not want it: the post stays and quotes nothing any more. */
export async function leaveRefused(tx: Tx, me: Identity, answered: Answered, now: number): Promise<boolean> {
  return change(tx, me, answered, { quoteState: "refused", quoteStamp: "" }, now);
}

/** A leave was taken back by whoever gave it; own posts and those of others stop showing what they quote. */
export async function leaveRevoked(
  tx: Tx,
  me: Identity,
  revoked: { stamp: string; authorId: string },
  now: number,
): Promise<boolean> {
  const posts = await postsWithStamp(tx, revoked.stamp);
  let any = false;
  for (const { id, own, quoteOfId } of posts) {
    if ((await postRow(tx, quoteOfId))?.authorId !== revoked.authorId) continue;
    any = true;
    if (own) await leaveRefused(tx, me, { postId: id, authorId: revoked.authorId }, now);
    else await setQuote(tx, id, { quoteState: "refused", quoteStamp: "" });
  }
  return any;
}

async function change(
  tx: Tx,
  me: Identity,
  { postId, authorId }: Answered,
  quote: { quoteState: QuoteState; quoteStamp: string },
  now: number,
): Promise<boolean> {
  const row = await quotingRow(tx, postId, authorId);
  if (row === null) return false;
  if (row.quoteState === quote.quoteState && row.quoteStamp === quote.quoteStamp) return true;
  await setQuote(tx, postId, quote);
  await tellHolders(tx, me, row, now);
  return true;
}

/** The own post, if it quotes this author's. */
async function quotingRow(tx: Tx, postId: string, authorId: string): Promise<PostRow | null> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own || row.quoteOfId === "") return null;
  const quoted = await postRow(tx, row.quoteOfId);
  return quoted?.authorId === authorId ? row : null;
}
