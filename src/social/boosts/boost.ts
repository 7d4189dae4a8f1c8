import { NodeError } from "../../lib/errors.ts";
import { idOf, type Random, randomId, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import { deliver } from "../deliveries/deliver.ts";
import type { Identity } from "../identity/identity.ts";
import { insertPost, postRow, reachable } from "../posts/queries.ts";
import { sendOut } from "../posts/recipients.ts";
import { remove } from "../posts/remove.ts";
import { thingOf } from "../posts/thing.ts";
import { theOwner } from "../viewer.ts";
import { boostRow } from "./queries.ts";

/** Passes an open post on to the owner's subscribers, and tells its author. Returns the boost's id; twice is once. */
export async function boost(
  tx: Tx,
  me: Identity,
  postId: string,
  now: number,
  random: Random,
): Promise<string> {
  const post = await postRow(tx, postId);
  if (post === null || post.boostOfId !== "") throw new NodeError("post-not-found", "nothing to boost");
  if (!may(theOwner, "share", await thingOf(tx, post)))
    throw new NodeError("not-to-share", "not for everyone");
  const known = await boostRow(tx, me.ownerId, postId);
  if (known !== null) return known.id;
  const uri = `${me.origin}/boosts/${randomId(random)}`;
  const id = idOf(uri);
  const at = new Date(now);
  await insertPost(
    tx,
    {
      ...{ id, uri, url: uri, kind: "boost", authorId: me.ownerId, boostOfId: post.id, boostOfUri: post.uri },
      ...{ sortKey: sortKeyOf(now, id), reach: "everyone", threadId: id, own: true, inHome: true },
      ...{ publishedAt: at, receivedAt: at },
    },
    [],
  );
  if (post.authorId !== me.ownerId) await deliver(tx, id, await reachable(tx, [post.authorId]), now);
  await sendOut(tx, me, id, { reach: "everyone", audiences: [], without: [] }, [], now);
  return id;
}

/** Takes the boost of a post back. Without effect where there is none. */
export async function unboost(tx: Tx, me: Identity, postId: string, now: number): Promise<void> {
  const row = await boostRow(tx, me.ownerId, postId);
  if (row !== null) await remove(tx, me, row.id, now);
}
