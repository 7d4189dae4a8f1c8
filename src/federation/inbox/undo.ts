import { Activity, Announce, EmojiReact, Follow, Like, type Undo } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { boostTakenBack } from "../../social/boosts/receive-boost.ts";
import { emojiOf } from "../../social/reactions/emoji.ts";
import { reactionByUri } from "../../social/reactions/queries.ts";
import { reactionTakenBack } from "../../social/reactions/receive-reaction.ts";
import { requestWithdrawn } from "../../social/subscriptions/request-withdrawn.ts";
import type { Tx } from "../../store/tx.ts";
import { requestBy } from "../queries.ts";
import { readReaction } from "../translate/reaction.ts";
import { embeddedObject, type Incoming, soleObject } from "./incoming.ts";

/** Somebody takes back what they did. It is known by its id, or by what came along of it. */
export async function undo(tx: Tx, incoming: Incoming<Undo>): Promise<Verdict> {
  const { activity, sender, me, at, now } = incoming;

  // Authentication: the sender signed.
  // Authorization: what is taken back must be the sender's own (A10); nobody can unsubscribe another.
  const embedded = await embeddedObject(activity);
  const undone = embedded instanceof Activity && embedded.actorId?.href === sender.uri ? embedded : null;
  const personId = idOf(sender.uri);
  const uri = soleObject(activity)?.href ?? "";
  const of = undone?.objectId?.href ?? "";

  const request = await requestBy(tx, me.ownerId, sender.uri);
  const unfollows = undone instanceof Follow && of === at.person;
  if (request !== null && (uri === request.uri || unfollows)) {
    await requestWithdrawn(tx, me, request.personId, now);
    return "accepted";
  }
  const reaction = await reactionByUri(tx, personId, uri);
  const reacts = undone instanceof Like || undone instanceof EmojiReact;
  if (reaction !== null || reacts) {
    const emoji = reacts ? (emojiOf((await readReaction(undone)).emoji) ?? "") : "";
    await reactionTakenBack(tx, reaction ?? { postId: idOf(of), personId, emoji });
    return "accepted";
  }
  const boosts = undone instanceof Announce;
  if (await boostTakenBack(tx, personId, { uri, of: boosts ? of : "" })) return "accepted";
  return { dropped: "nothing to take back" };
}
