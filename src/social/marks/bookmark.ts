import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { postRow } from "../posts/queries.ts";
import { setBookmark, unsetBookmark } from "../reactions/queries.ts";

/** The owner keeps a post to find it again, or no more; nobody is told. Throws "post-not-found". */
export async function bookmark(tx: Tx, wanted: { postId: string; on: boolean }, now: number): Promise<void> {
  const row = await postRow(tx, wanted.postId);
  if (row === null || row.boostOfId !== "") throw new NodeError("post-not-found", "nothing to keep");
  if (wanted.on) await setBookmark(tx, row.id, now);
  else await unsetBookmark(tx, row.id);
}
