import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { postRow, updatePost } from "../posts/queries.ts";
import { send } from "../send.ts";
import { subscriberIds } from "../subscriptions/queries.ts";
import { countPinned } from "./queries.ts";

/** Posts that may stand first on the owner's page. */
export const MOST_PINNED = 5;

/** An own post for everyone stands first on the owner's page, or no more. Throws "post-not-found", "not-to-pin", "pins-too-many". */
export async function pin(
  tx: Tx,
  me: Identity,
  wanted: { postId: string; on: boolean },
  now: number,
): Promise<void> {
  const row = await postRow(tx, wanted.postId);
  if (row === null || !row.own || row.boostOfId !== "") throw new NodeError("post-not-found", "no own post");
  if (row.pinnedAt.getTime() > 0 === wanted.on) return;
  if (wanted.on) {
    if (row.reach !== "everyone") throw new NodeError("not-to-pin", "not for everyone");
    if ((await countPinned(tx, me.ownerId)) >= MOST_PINNED)
      throw new NodeError("pins-too-many", "over the limit");
  }
  await updatePost(tx, row.id, { pinnedAt: new Date(wanted.on ? now : 0) });
  if (row.reach !== "everyone") return;
  for (const { id, host } of await subscriberIds(tx, me.ownerId)) {
    const about = { postId: row.id, personId: id, on: wanted.on ? "yes" : "no" };
    await send(tx, host, { kind: "pin", about }, now);
  }
}

/** Somebody else pinned a post of theirs, or unpinned it. False: it is not here, or not theirs. */
export async function pinned(
  tx: Tx,
  what: { postId: string; personId: string; on: boolean },
  now: number,
): Promise<boolean> {
  const row = await postRow(tx, what.postId);
  if (row === null || row.authorId !== what.personId || row.own || row.boostOfId !== "") return false;
  if (row.pinnedAt.getTime() > 0 !== what.on)
    await updatePost(tx, row.id, { pinnedAt: new Date(what.on ? now : 0) });
  return true;
}
