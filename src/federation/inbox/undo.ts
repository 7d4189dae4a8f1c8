import type { Undo } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { boostTakenBack } from "../../social/boosts/receive-boost.ts";
import { friendshipUndone, offerWithdrawn } from "../../social/friends/friendship-undone.ts";
import { emojiOf } from "../../social/reactions/emoji.ts";
import { reactionByUri } from "../../social/reactions/queries.ts";
import { reactionTakenBack } from "../../social/reactions/receive-reaction.ts";
import { requestWithdrawn } from "../../social/subscriptions/request-withdrawn.ts";
import type { Tx } from "../../store/tx.ts";
import { isOwner } from "../addresses.ts";
import { requestBy } from "../queries.ts";
import { readUndo } from "../translate/undo.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody takes back what they did. It is known by its id, or by what came along of it. */
export async function undo(tx: Tx, incoming: Incoming<Undo>): Promise<Verdict> {
  const { activity, sender, me, at, now } = incoming;

  // Authentication: the sender signed.
  const { uri, kind, of, emoji } = await readUndo(activity, sender.uri, at);

  // Authorization: what is taken back must be the sender's own (A10); nobody can unsubscribe another.
  const personId = idOf(sender.uri);
  const request = await requestBy(tx, me.ownerId, sender.uri);
  const unfollows = kind === "request" && isOwner(at, of);
  if (request !== null && (uri === request.uri || unfollows)) {
    await requestWithdrawn(tx, me, request.personId, now);
    return "accepted";
  }
  if (kind === "friendship") {
    const ended = await friendshipUndone(tx, personId, now);
    return ended ? "accepted" : { dropped: "no friends" };
  }
  if (await offerWithdrawn(tx, personId, uri, now)) return "accepted";
  const reaction = await reactionByUri(tx, personId, uri);
  if (reaction !== null || kind === "reaction") {
    const key = { postId: idOf(of), personId, emoji: emojiOf(emoji) ?? "" };
    await reactionTakenBack(tx, reaction ?? key);
    return "accepted";
  }
  if (await boostTakenBack(tx, personId, { uri, of: kind === "boost" ? of : "" })) return "accepted";
  return { dropped: "nothing to take back" };
}
