import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { send } from "../send.ts";
import { deletePost, deliveriesOf, hostsOf, postRow } from "./queries.ts";

const MOST = 100_000;

/** Deletes an own post for good. Everybody who has it, or may have, is asked to delete it too. */
export async function remove(tx: Tx, me: Identity, postId: string, now: number): Promise<void> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own || row.authorId !== me.ownerId) throw new NodeError("post-not-found", "no own post");
  const told = (await deliveriesOf(tx, [postId], MOST)).map(({ personId }) => personId);
  const people = await hostsOf(tx, told);
  await deletePost(tx, postId);
  for (const { id, host } of people) await send(tx, host, { kind: "delete", about: { uri: row.uri, personId: id } }, now);
}
