import { idOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { passOff } from "../threads/pass-on.ts";
import { deletePost, postRow } from "./queries.ts";

/** Its author deleted a post: it goes from here too. False: not here, or not theirs. */
export async function dropPost(
  tx: Tx,
  me: Identity,
  uri: string,
  authorId: string,
  now: number,
): Promise<boolean> {
  const id = idOf(uri);
  const row = await postRow(tx, id);
  if (row === null || row.authorId !== authorId || authorId === me.ownerId) return false;
  await passOff(tx, me, row, now);
  await deletePost(tx, id);
  return true;
}
