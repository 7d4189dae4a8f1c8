import type { ReadClient, Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import { keepEmojis } from "../emojis/keep-emojis.ts";
import { hasTies } from "../gate/queries.ts";
import { cleanAddress } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice, dropNotice } from "../notices/add-notice.ts";
import { isWelcomeId } from "../people/queries.ts";
import { postRow } from "../posts/queries.ts";
import { thingOf } from "../posts/thing.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { viewerOf } from "../viewer.ts";
import { emojiOf, MOST_EACH } from "./emoji.ts";
import { countEmojis, dropReaction, type ReactionKey, reactionRow, saveReaction } from "./queries.ts";

export type ReactionCard = {
  postId: string;
  personId: string;
  /** As it was sent; what is no emoji counts as a like. */
  emoji: string;
  pictureUrl: string;
  uri: string;
};

/** Somebody likes a post of the owner's, or reacts to it. What they may not see they cannot react to (A11). */
export async function receiveReaction(
  tx: Tx,
  me: Identity,
  card: ReactionCard,
  now: number,
): Promise<"stored" | "known" | "ignored"> {
  if (!(await mayReact(tx, me, card)) || !(await isWelcomeId(tx, card.personId))) return "ignored";
  const emoji = emojiOf(card.emoji) ?? "";
  const key = { postId: card.postId, personId: card.personId, emoji };
  if ((await reactionRow(tx, key)) !== null) return "known";
  if (emoji !== "" && (await countEmojis(tx, card.postId, card.personId)) >= MOST_EACH) return "ignored";
  await saveReaction(tx, { ...key, uri: card.uri, pictureUrl: cleanAddress(card.pictureUrl), at: now });
  const host = (await hostOfPerson(tx, card.personId)) ?? "";
  const tied = await hasTies(tx, me.ownerId, card.personId);
  await keepEmojis(tx, me, host, [{ shortcode: emoji, url: card.pictureUrl }], tied, now);
  await addNotice(tx, noticeOf(key), now);
  return "stored";
}

/** Whether it is an own post that they may see; asked before so much as a name is kept. */
export async function mayReact(
  read: ReadClient,
  me: Identity,
  { postId, personId }: Pick<ReactionCard, "postId" | "personId">,
): Promise<boolean> {
  const post = await postRow(read, postId);
  if (post === null || !post.own || post.boostOfId !== "" || personId === me.ownerId) return false;
  return may(await viewerOf(read, me.ownerId, personId), "react", await thingOf(read, post));
}

/** They take it back, and the notice goes too. */
export async function reactionTakenBack(tx: Tx, key: ReactionKey): Promise<void> {
  await dropReaction(tx, key);
  await dropNotice(tx, noticeOf(key));
}

function noticeOf({ postId, personId, emoji }: ReactionKey) {
  return { kind: emoji === "" ? ("like" as const) : ("reaction" as const), postId, personId, detail: emoji };
}
