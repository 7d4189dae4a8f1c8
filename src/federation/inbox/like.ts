import type { EmojiReact, Like } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { mayReact, receiveReaction } from "../../social/reactions/receive-reaction.ts";
import type { Tx } from "../../store/tx.ts";
import { postAuthor } from "../queries.ts";
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
  const card = { postId: idOf(liked), personId: idOf(sender.uri), uri: activity.id?.href ?? "" };
  if (!(await mayReact(tx, me, card))) return { dropped: "not to be reacted to" };
  await savePerson(tx, sender, now);
  const result = await receiveReaction(tx, me, { ...card, ...(await readReaction(activity)) }, now);
  return result === "ignored" ? { dropped: "not to be reacted to" } : "accepted";
}
