import { idOf } from "../../lib/ids.ts";
import type { Note } from "../../social/messages/elsewhere/receive-note.ts";
import { messengersOf } from "../../social/messages/keys/queries.ts";
import type { Tx } from "../../store/tx.ts";
import { isOwner } from "../addresses.ts";
import { isOwnOrNarrow } from "../queries.ts";
import type { ReadPost } from "../translate/post.ts";
import type { Incoming } from "./incoming.ts";

/**
 * Whether a post is what software of others calls a private mention of the owner and nobody else: it belongs in the conversation
 * of the two (docs/adr/0022-private-mentions-are-messages.md). What answers a post of the owner's, or one for chosen people, stays with that; what carries
 * files, a poll or a quote stays a post, for a conversation could not show it. People with a device that seals never write so.
 */
export async function isForOwnerAlone(
  tx: Tx,
  { sender, me, at }: Pick<Incoming, "sender" | "me" | "at">,
  post: ReadPost,
): Promise<boolean> {
  const { kind, reach, to, mentions, poll, files, quoteUri, replyToUri } = post;
  if (kind !== "note" || reach !== "chosen" || poll !== null) return false;
  if (files.length > 0 || quoteUri !== "") return false;
  if (![to, mentions].every(([one, ...others]) => isOwner(at, one) && others.length === 0)) return false;
  if (replyToUri !== "" && (await isOwnOrNarrow(tx, me.ownerUri, replyToUri))) return false;
  const id = idOf(sender.uri);
  return (await messengersOf(tx, [id])).get(id)?.friendly !== true;
}

/** A read post as a message. */
export function noteOf({ sender }: Pick<Incoming, "sender">, post: ReadPost): Note {
  const { uri, html, warning, replyToUri, publishedAt, editedAt } = post;
  const from = sender.uri;
  return {
    ...{ personId: idOf(from), from, uri, html, warning, editedAt },
    answers: replyToUri,
    writtenAt: publishedAt,
  };
}
