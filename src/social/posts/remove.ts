import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { dropDraft } from "../articles/draft.ts";
import { deliveriesOf, dropJobsById, queuedCopies } from "../deliveries/queries.ts";
import { untouched } from "../deliveries/untouched.ts";
import type { Identity } from "../identity/identity.ts";
import type { SocialJob } from "../jobs.ts";
import { send } from "../send.ts";
import { deletePost, type PostRow, postRow, reachable } from "./queries.ts";

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
  const never = new Set((await untouched(tx, copies)).map(({ about }) => about["personId"] ?? ""));
  const told = (await deliveriesOf(tx, postId))
    .filter(({ personId, state }) => state !== "waiting" || !never.has(personId))
    .map(({ personId }) => personId);
  const people = await reachable(tx, told);
  await dropJobsById(
    tx,
    copies.map(({ id }) => id),
  );
  await deletePost(tx, postId);
  await dropDraft(tx, postId);
  for (const { id, host } of people) {
    await send(tx, host, farewell(row, id), now);
  }
}

function farewell({ uri, boostOfUri }: PostRow, personId: string): SocialJob {
  return boostOfUri === ""
    ? { kind: "delete", about: { uri, personId } }
    : { kind: "unboost", about: { uri, of: boostOfUri, personId } };
}
