import type { EmojiReact, Like } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { receiveReaction } from "../../social/reactions/receive-reaction.ts";
import type { Tx } from "../../store/tx.ts";
import { isKnownPerson, postAuthor } from "../queries.ts";
import { soleObject } from "../translate/object-of.ts";
import { readReaction } from "../translate/reaction.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody likes a post of the owner's, or answers it with an emoji. */
export async function like(tx: Tx, incoming: Incoming<Like | EmojiReact>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;

  // Authentication: the sender signed.
  const liked = soleObject(activity)?.href;
  if (liked === undefined) return { dropped: "nothing named" };

  // Authorization: only what is the owner's, and what the sender may see (A11).
  if ((await postAuthor(tx, liked)) !== me.ownerUri) return { dropped: "not the owner's post" };
  const known = await isKnownPerson(tx, sender.uri);
  const card = { postId: idOf(liked), personId: idOf(sender.uri), uri: activity.id?.href ?? "" };
  await savePerson(tx, sender, now);
  const result = await receiveReaction(tx, me, { ...card, ...(await readReaction(activity)) }, now);
  if (result === "ignored")
    return { dropped: known ? "not to be reacted to" : "stranger, not to be reacted to" };
  return "accepted";
}
