import type { ReadClient } from "../../store/tx.ts";
import { type PostRow, postRow } from "../posts/queries.ts";
import { isOpen, reachOf } from "../posts/reach.ts";

/** The post of the owner's that an answer's thread begins with, when that is not for everyone. */
export async function rootOf(read: ReadClient, row: PostRow): Promise<PostRow | null> {
  if (row.replyToId === "") return null;
  const root = await postRow(read, row.threadId);
  const narrow = root?.own && root.replyToId === "" && !isOpen(reachOf(root.reach));
  return narrow && root.reach !== "me" ? root : null;
}
