import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { postRow, reachable } from "../posts/queries.ts";
import { sendCopies } from "./deliver.ts";
import { waitAgain } from "./queries.ts";

/** The owner has it tried once more for everybody for whom it was given up. Throws "post-not-found". */
export async function retry(tx: Tx, postId: string, now: number): Promise<void> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own) throw new NodeError("post-not-found", "no own post");
  const people = await reachable(tx, await waitAgain(tx, postId, now));
  await sendCopies(tx, postId, people, now);
}
