import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { whoMaySee } from "../posts/audience.ts";
import { postRow, reachable } from "../posts/queries.ts";
import { sendCopies } from "./deliver.ts";
import { givenUpFor, waitAgain } from "./queries.ts";

/**
 * The owner has it tried once more for everybody for whom it was given up and who still may see it; how many those are.
 * Nobody waits for who is gone: their address said so twice, a day apart, and nothing is sent there until they are heard
 * of. Throws "post-not-found".
 */
export async function retry(tx: Tx, me: Identity, postId: string, now: number): Promise<number> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own) throw new NodeError("post-not-found", "no own post");
  const people = await reachable(tx, await whoMaySee(tx, me, row, await givenUpFor(tx, postId)));
  const ids = people.map(({ id }) => id);
  await waitAgain(tx, postId, ids, now);
  await sendCopies(tx, postId, people, now);
  return people.length;
}
