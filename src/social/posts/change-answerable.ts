import { NodeError } from "../../lib/errors.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { type Choice, readChoice, written } from "../audiences/choice.ts";
import { postRow, updatePost } from "./queries.ts";

/** Who may answer an own post; null: whoever sees it. Throws "post-not-found". */
export async function answerableOf(read: ReadClient, postId: string): Promise<Choice | null> {
  const row = await postRow(read, postId);
  if (row === null || !row.own || row.boostOfId !== "") throw new NodeError("post-not-found", "no own post");
  return row.answerable === "" ? null : readChoice(row.answerable);
}

/** Who may answer an own post from now on; answers that are here stay. Throws "post-not-found". */
export async function changeAnswerable(tx: Tx, postId: string, answerable: Choice | null): Promise<void> {
  await answerableOf(tx, postId);
  await updatePost(tx, postId, { answerable: answerable === null ? "" : written(answerable) });
}
