import { NodeError } from "../../lib/errors.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { type Choice, readChoice, written } from "../audiences/choice.ts";
import type { Identity } from "../identity/identity.ts";
import { tellHolders } from "./edit.ts";
import { type PostRow, postRow, updatePost } from "./queries.ts";

/** Who may answer an own post; null: whoever sees it. Throws "post-not-found". */
export async function answerableOf(read: ReadClient, postId: string): Promise<Choice | null> {
  const row = await ownRow(read, postId);
  return row.answerable === "" ? null : readChoice(row.answerable);
}

/**
 * Who may answer an own post from now on; answers that are here stay. Everybody who has it is told, so that nobody writes in
 * vain. Throws "post-not-found".
 */
export async function changeAnswerable(
  tx: Tx,
  me: Identity,
  postId: string,
  choice: Choice | null,
  now: number,
): Promise<void> {
  const row = await ownRow(tx, postId);
  const answerable = choice === null ? "" : written(choice);
  if (answerable === row.answerable) return;
  await updatePost(tx, postId, { answerable });
  await tellHolders(tx, me, row, now);
}

async function ownRow(read: ReadClient, postId: string): Promise<PostRow> {
  const row = await postRow(read, postId);
  if (row === null || !row.own || row.boostOfId !== "") throw new NodeError("post-not-found", "no own post");
  return row;
}
