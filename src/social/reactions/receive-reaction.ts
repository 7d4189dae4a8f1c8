import type { Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import { keepEmojis } from "../emojis/keep-emojis.ts";
import { cleanAddress } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice, dropNotice } from "../notices/add-notice.ts";
import { isWelcomeId } from "../people/queries.ts";
import { thingOf } from "../posts/audience.ts";
import { postRow } from "../posts/queries.ts";
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
  const post = await postRow(tx, card.postId);
  if (post === null || !post.own || post.boostOfId !== "") return "ignored";
  if (card.personId === me.ownerId || !(await isWelcomeId(tx, card.personId))) return "ignored";
  const viewer = await viewerOf(tx, me.ownerId, card.personId);
  if (!may(viewer, "react", await thingOf(tx, post))) return "ignored";
  const emoji = emojiOf(card.emoji) ?? "";
  const key = { postId: post.id, personId: card.personId, emoji };
  if ((await reactionRow(tx, key)) !== null) return "known";
  if (emoji !== "" && (await countEmojis(tx, post.id, card.personId)) >= MOST_EACH) return "ignored";
  await saveReaction(tx, { ...key, uri: card.uri, pictureUrl: cleanAddress(card.pictureUrl), at: now });
  const host = (await hostOfPerson(tx, card.personId)) ?? "";
  await keepEmojis(tx, me, host, [{ shortcode: emoji, url: card.pictureUrl }], now);
  await addNotice(tx, noticeOf(key), now);
  return "stored";
}

/** They take it back, and the notice goes too. */
export async function reactionTakenBack(tx: Tx, key: ReactionKey): Promise<void> {
  await dropReaction(tx, key);
  await dropNotice(tx, noticeOf(key));
}

function noticeOf({ postId, personId, emoji }: ReactionKey) {
  return { kind: emoji === "" ? ("like" as const) : ("reaction" as const), postId, personId, detail: emoji };
}
