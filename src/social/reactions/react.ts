import { NodeError } from "../../lib/errors.ts";
import { type Random, randomId } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { dropJobsById, queuedReactions } from "../deliveries/queries.ts";
import { untouched } from "../deliveries/untouched.ts";
import type { Identity } from "../identity/identity.ts";
import { isBlockedId } from "../people/queries.ts";
import { postRow } from "../posts/queries.ts";
import { send } from "../send.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { emojiOf, MOST_EACH } from "./emoji.ts";
import { countEmojis, dropReaction, type ReactionKey, reactionRow, saveReaction } from "./queries.ts";

type Wanted = { postId: string; emoji: string };

/** The owner likes a post, or reacts to it; twice is once. Throws "post-not-found", "emoji-not-understood". */
export async function react(
  tx: Tx,
  me: Identity,
  wanted: Wanted,
  now: number,
  random: Random,
): Promise<void> {
  const post = await postRow(tx, wanted.postId);
  if (post === null || post.boostOfId !== "") throw new NodeError("post-not-found", "nothing to react to");
  const emoji = wanted.emoji === "" ? "" : emojiOf(wanted.emoji);
  if (emoji === null) throw new NodeError("emoji-not-understood", "no single emoji");
  const key = { postId: post.id, personId: me.ownerId, emoji };
  if ((await reactionRow(tx, key)) !== null) return;
  if (emoji !== "" && (await countEmojis(tx, post.id, me.ownerId)) >= MOST_EACH)
    throw new NodeError("emoji-too-many", "over the limit");
  await saveReaction(tx, { ...key, pictureUrl: "", uri: `${me.origin}/acts/${randomId(random)}`, at: now });
  const host = post.own ? null : await openHost(tx, post.authorId);
  if (host === null) return;
  await send(tx, host, { kind: "react", about: { postId: post.id, personId: post.authorId, emoji } }, now);
}

/** The owner takes a like or a reaction back. Without effect where there is none. */
export async function unreact(tx: Tx, me: Identity, wanted: Wanted, now: number): Promise<void> {
  const key = { postId: wanted.postId, personId: me.ownerId, emoji: wanted.emoji };
  const row = await reactionRow(tx, key);
  const post = await postRow(tx, wanted.postId);
  if (row === null || post === null) return;
  await dropReaction(tx, key);
  const host = post.own ? null : await openHost(tx, post.authorId);
  if (host === null || (await neverLeft(tx, key))) return;
  const about = { uri: row.uri, personId: post.authorId, of: post.uri, emoji: row.emoji };
  await send(tx, host, { kind: "unreact", about }, now);
}

/** Null: they are gone, or blocked; what the owner does then stays here. */
async function openHost(tx: Tx, personId: string): Promise<string | null> {
  return (await isBlockedId(tx, personId)) ? null : hostOfPerson(tx, personId);
}

/** Whoever surely never got a reaction learns nothing of it: its job is dropped. */
async function neverLeft(tx: Tx, { postId, emoji }: ReactionKey): Promise<boolean> {
  const jobs = (await queuedReactions(tx, postId)).filter(({ about }) => about["emoji"] === emoji);
  const never = await untouched(tx, jobs);
  await dropJobsById(
    tx,
    jobs.map(({ id }) => id),
  );
  return jobs.length > 0 && never.length === jobs.length;
}
