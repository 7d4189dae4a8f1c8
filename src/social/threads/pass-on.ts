import type { Tx } from "../../store/tx.ts";
import type { Recipient } from "../deliveries/deliver.ts";
import { deliveriesOf } from "../deliveries/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { friendlyAmong } from "../people/among-queries.ts";
import { whoMaySee } from "../posts/audience.ts";
import { type PostRow, postRow, reachable, updatePost } from "../posts/queries.ts";
import { isOpen, reachOf } from "../posts/reach.ts";
import { send } from "../send.ts";
import { threadListOf } from "./lists.ts";
import { rootOf } from "./root.ts";

/**
 * The thread of a narrow post of the owner's is for those the post is for: who answers it does not know them, so the
 * owner's device passes answers on (FEP-171b). An answer goes on as its author signed it, to nobody who may not see what
 * it answers, and not to people who hear of it otherwise.
 */
export async function passOn(
  tx: Tx,
  me: Identity,
  answerId: string,
  signed: string,
  now: number,
): Promise<number> {
  const row = await postRow(tx, answerId);
  const root = row === null ? null : await rootOf(tx, row);
  if (row === null || root === null || row.own || isOpen(reachOf(row.reach))) return 0;
  await updatePost(tx, row.id, { signed });
  const to = await othersIn(tx, me, root, row);
  for (const { id, host } of to) {
    await send(tx, host, { kind: "pass-on", about: { postId: row.id, personId: id } }, now);
  }
  return to.length;
}

/** Its author deleted an answer that was passed on. Said before the row goes. */
export async function passOff(tx: Tx, me: Identity, row: PostRow, now: number): Promise<void> {
  const root = row.signed === "" ? null : await rootOf(tx, row);
  if (root === null) return;
  const thread = threadListOf(root.uri);
  for (const { id, host } of await othersIn(tx, me, root, row)) {
    await send(tx, host, { kind: "pass-off", about: { uri: row.uri, thread, personId: id } }, now);
  }
}

/** Who has the thread, on a device that takes what is passed on, and may see it now, and what is answered too; but its author. */
async function othersIn(tx: Tx, me: Identity, root: PostRow, row: PostRow): Promise<Recipient[]> {
  const had = await deliveriesOf(tx, root.id);
  const ids = had.filter(({ state }) => state !== "stopped").map(({ personId }) => personId);
  const mayRoot = await whoMaySee(tx, me, root, ids);
  const parent = row.replyToId === root.id ? null : await postRow(tx, row.replyToId);
  const both = parent?.own === true ? await whoMaySee(tx, me, parent, mayRoot) : mayRoot;
  const others = both.filter((id) => id !== row.authorId);
  return reachable(tx, await friendlyAmong(tx, others));
}
