import { idOf, sortKeyOf } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice, dropNotice } from "../notices/add-notice.ts";
import { isWelcomeId } from "../people/queries.ts";
import { deletePost, insertPost, type PostRow, postRow } from "../posts/queries.ts";
import type { Reach } from "../posts/reach.ts";
import { isOpen, reachOf } from "../posts/reach.ts";
import { timeUpTo } from "../posts/receive-post.ts";
import { thingOf } from "../posts/thing.ts";
import { subscriptionRow } from "../subscriptions/queries.ts";
import { viewerOf } from "../viewer.ts";
import { boostRow } from "./queries.ts";

/** Somebody passed a post on. `uri`: of the boost itself. Times in milliseconds. */
export type BoostCard = { uri: string; personId: string; of: string; reach: Reach; publishedAt: number };

/**
 * missing: the post is not here yet, and the owner subscribes to who boosts it, so it is worth asking for. Others'
 * boosts count only when they are of the owner's own posts, which they may see (A11).
 */
export async function receiveBoost(
  tx: Tx,
  me: Identity,
  card: BoostCard,
  now: number,
): Promise<"stored" | "known" | "ignored" | "missing"> {
  if (card.personId === me.ownerId || !(await isWelcomeId(tx, card.personId))) return "ignored";
  if (card.reach !== "everyone" && card.reach !== "unlisted" && card.reach !== "subscribers")
    return "ignored";
  const key = { subscriberId: me.ownerId, personId: card.personId };
  const wanted = (await subscriptionRow(tx, key))?.state === "accepted";
  const post = await postRow(tx, idOf(card.of));
  if (post === null) return wanted ? "missing" : "ignored";
  if (post.boostOfId !== "" || !(await mayPassOn(tx, me, post, card.personId))) return "ignored";
  if (!post.own && !wanted) return "ignored";
  if ((await boostRow(tx, card.personId, post.id)) !== null) return "known";
  const id = idOf(card.uri);
  // A post goes by that id already.
  if ((await postRow(tx, id)) !== null) return "ignored";
  const publishedAt = timeUpTo(card.publishedAt, now) || now;
  const stored = await insertPost(
    tx,
    {
      ...{ id, uri: card.uri, kind: "boost", authorId: card.personId, reach: card.reach, threadId: id },
      ...{ boostOfId: post.id, boostOfUri: post.uri, sortKey: sortKeyOf(publishedAt, id), inHome: wanted },
      ...{ publishedAt: new Date(publishedAt), receivedAt: new Date(now) },
    },
    [],
  );
  if (!stored) return "ignored";
  if (post.own) await addNotice(tx, { kind: "boost", personId: card.personId, postId: post.id }, now);
  return "stored";
}

/** Whether it is an own post for everyone, and nobody blocked asks; asked before so much as a name is kept. */
export async function mayShare(
  read: ReadClient,
  me: Identity,
  { postId, personId }: { postId: string; personId: string },
): Promise<boolean> {
  const post = await postRow(read, postId);
  if (post?.own !== true || post.boostOfId !== "") return false;
  return may(await viewerOf(read, me.ownerId, personId), "share", await thingOf(read, post));
}

async function mayPassOn(tx: Tx, me: Identity, post: PostRow, personId: string): Promise<boolean> {
  if (post.own) return mayShare(tx, me, { postId: post.id, personId });
  return isOpen(reachOf(post.reach)) && isWelcomeId(tx, post.authorId);
}

/** They take it back, and the notice goes too. False: there was none. */
export async function boostTakenBack(
  tx: Tx,
  personId: string,
  what: { uri: string; of: string },
): Promise<boolean> {
  const byUri = await postRow(tx, idOf(what.uri));
  const row =
    byUri?.authorId === personId && byUri.boostOfId !== "" ? byUri : await byPost(tx, personId, what.of);
  if (row === null) return false;
  await deletePost(tx, row.id);
  await dropNotice(tx, { kind: "boost", personId, postId: row.boostOfId });
  return true;
}

async function byPost(tx: Tx, personId: string, of: string): Promise<PostRow | null> {
  return of === "" ? null : boostRow(tx, personId, idOf(of));
}
