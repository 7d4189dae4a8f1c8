import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { tellHolders } from "../posts/edit.ts";
import { postRow, updatePost } from "../posts/queries.ts";
import { reachOf } from "../posts/reach.ts";
import { type Quotable, quotableOf } from "./quotable.ts";

/** Who may quote an own post from now on; leave that was given stays. */
export async function changeQuotable(
  tx: Tx,
  me: Identity,
  postId: string,
  quotable: Quotable,
  now: number,
): Promise<void> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own) throw new NodeError("post-not-found", "no own post");
  const reach = reachOf(row.reach);
  if (quotableOf(row.quotable, reach) === quotableOf(quotable, reach)) return;
  await updatePost(tx, postId, {
    quotable,
    // Later than the change before, so that what is told of it is told apart.
    quotableAt: new Date(Math.max(now, row.quotableAt.getTime() + 1)),
  });
  await tellHolders(tx, me, row, now);
}
