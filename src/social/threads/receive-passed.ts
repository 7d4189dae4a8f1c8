import { idOf } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { changePost } from "../posts/change-post.ts";
import type { PostCard } from "../posts/post.ts";
import { deletePost, postRow, updatePost } from "../posts/queries.ts";
import { isOpen, reachOf } from "../posts/reach.ts";
import { receivePost } from "../posts/receive-post.ts";
import { countPassed, deletePassed, insertPassed, threadBegunBy } from "./queries.ts";

/** Whether this is the address of a narrow thread that this person began and the owner has. */
export async function isTheirThread(read: ReadClient, personId: string, thread: string): Promise<boolean> {
  const root = await threadBegunBy(read, personId, thread);
  return root !== null && !isOpen(reachOf(root.reach));
}

/** So much of one person waits at a time. */
const MOST_WAITING = 100;

/** Keeps what somebody passes on, until it is proven whose it is; its id. null: too much of theirs waits. */
export async function keepPassed(
  tx: Tx,
  passed: { byId: string; thread: string; postUri: string; signed: string },
  now: number,
): Promise<string | null> {
  if ((await countPassed(tx, passed.byId)) >= MOST_WAITING) return null;
  const id = idOf(passed.byId, passed.signed);
  await insertPassed(tx, { id, ...passed, at: new Date(now) });
  return id;
}

export async function forgetPassed(tx: Tx, id: string): Promise<void> {
  await deletePassed(tx, { id });
}

/**
 * Somebody passes on what another answered in their thread. It belongs into that thread and nowhere else; its author,
 * whom the owner may not know, cannot reach the owner by it.
 */
export async function receivePassed(
  tx: Tx,
  me: Identity,
  card: PostCard,
  { byId, thread }: { byId: string; thread: string },
  now: number,
): Promise<"stored" | "known" | "ignored"> {
  const root = await threadBegunBy(tx, byId, thread);
  const parent = await postRow(tx, idOf(card.replyToUri));
  if (root === null || parent === null || parent.threadId !== root.id) return "ignored";
  // Never wider than the thread, whatever it says of itself.
  const narrow: PostCard = { ...card, reach: "chosen" };
  const result = await receivePost(tx, me, narrow, now, "passed");
  const id = idOf(card.uri);
  if (result === "stored") await updatePost(tx, id, { passedById: byId });
  const row = result === "known" ? await postRow(tx, id) : null;
  if (row?.passedById === byId && card.editedAt > 0) await changePost(tx, me, narrow, now);
  return result;
}

/** They passed on that it is deleted. Only what they passed on goes by that. */
export async function dropPassed(tx: Tx, byId: string, uri: string): Promise<boolean> {
  const waiting = await deletePassed(tx, { byId, postUri: uri });
  const row = await postRow(tx, idOf(uri));
  if (row === null || row.passedById !== byId) return waiting > 0;
  await deletePost(tx, row.id);
  return true;
}
