import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { deliveriesOf, dropJobsById, oldestOf, queuedCopies, triedJobs } from "../deliveries/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { send } from "../send.ts";
import { deletePost, postRow, reachable } from "./queries.ts";

/**
 * Deletes an own post for good, with all that speaks of it. Everybody who has it, or may have, is asked to delete it
 * too; who surely never got it learns nothing of it.
 */
export async function remove(tx: Tx, me: Identity, postId: string, now: number): Promise<void> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own || row.authorId !== me.ownerId) {
    throw new NodeError("post-not-found", "no own post");
  }
  const copies = await queuedCopies(tx, postId);
  const untouched = await untouchedOf(tx, copies);
  const told = (await deliveriesOf(tx, postId))
    .filter(({ personId, state }) => state !== "waiting" || !untouched.has(personId))
    .map(({ personId }) => personId);
  const people = await reachable(tx, told);
  await dropJobsById(
    tx,
    copies.map(({ id }) => id),
  );
  await deletePost(tx, postId);
  for (const { id, host } of people) {
    await send(tx, host, { kind: "delete", about: { uri: row.uri, personId: id } }, now);
  }
}

type Copies = Awaited<ReturnType<typeof queuedCopies>>;

/**
 * Whose copy was never tried: their job was not, and cannot be on its way now, because another one of the same
 * host stands before it.
 */
async function untouchedOf(tx: Tx, copies: Copies): Promise<Set<string>> {
  const tried = await triedJobs(
    tx,
    copies.map(({ id }) => id),
  );
  const oldest = await oldestOf(
    tx,
    copies.map(({ peer }) => peer),
  );
  const untouched = copies.filter(
    ({ id, peer, createdAt }) => !tried.has(id) && createdAt.getTime() > (oldest.get(peer) ?? 0),
  );
  return new Set(untouched.map(({ about }) => about["personId"] ?? ""));
}
