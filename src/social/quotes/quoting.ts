import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Recipient } from "../deliveries/deliver.ts";
import type { Identity } from "../identity/identity.ts";
import { postRow, reachable } from "../posts/queries.ts";
import { isOpen, type Reach, reachOf } from "../posts/reach.ts";
import { send } from "../send.ts";
import type { QuoteState } from "./queries.ts";

/** What a new own post says of the post it quotes. `asks`: whose leave it needs; null: nobody's. */
export type Quoting = {
  columns: { quoteOfId: string; quoteOfUri: string; quoteState: QuoteState };
  asks: Recipient | null;
};

const nothing: Quoting = { columns: { quoteOfId: "", quoteOfUri: "", quoteState: "" }, asks: null };

/**
 * Who quotes themselves needs no leave. Of others only what is for everyone can be quoted, and only in a post that is
 * for everyone too, because its author is asked and sees it. Throws "post-not-found", "quote-not-allowed",
 * "quote-too-narrow".
 */
export async function quotingOf(tx: Tx, me: Identity, quotedId: string, reach: Reach): Promise<Quoting> {
  if (quotedId === "") return nothing;
  const quoted = await postRow(tx, quotedId);
  if (quoted === null) throw new NodeError("post-not-found", "quotes nothing known");
  if (quoted.boostOfId !== "" || !isOpen(reachOf(quoted.reach))) {
    throw new NodeError("quote-not-allowed", "quotes what is not for everyone");
  }
  const columns = { quoteOfId: quoted.id, quoteOfUri: quoted.uri };
  if (quoted.authorId === me.ownerId) return { columns: { ...columns, quoteState: "approved" }, asks: null };
  const [author] = await reachable(tx, [quoted.authorId]);
  if (author === undefined || quoted.quotable === "nobody") {
    throw new NodeError("quote-not-allowed", "its author is gone, blocked, or does not want it");
  }
  if (!isOpen(reach)) throw new NodeError("quote-too-narrow", "a narrow quote of another's post");
  return { columns: { ...columns, quoteState: "waiting" }, asks: author };
}

/** Asks the author of the quoted post; the post itself is published meanwhile, without their leave. */
export async function askLeave(tx: Tx, postId: string, quoting: Quoting, now: number): Promise<void> {
  if (quoting.asks === null) return;
  const { id: personId, host } = quoting.asks;
  await send(tx, host, { kind: "quote-request", about: { postId, personId } }, now);
}
