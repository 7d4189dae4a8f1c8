import type { Identity } from "../../social/identity/identity.ts";
import { enqueue } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { hostOf } from "../addresses.ts";
import { postAuthor } from "../queries.ts";

/** How far up a thread is followed from one post that came in. */
const DEPTH_MAX = 8;
const LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * A reply to a post that is not here: asks for that post, if its device is on some time in the next week. What the owner
 * has not got, nobody can get from the owner.
 */
export async function askForParent(
  tx: Tx,
  me: Identity,
  parentUri: string,
  depth: number,
  now: number,
): Promise<void> {
  const host = hostOf(parentUri);
  if (host === null || host === me.onion || depth >= DEPTH_MAX) return;
  if ((await postAuthor(tx, parentUri)) !== null) return;
  const about = { uri: parentUri, depth: String(depth + 1) };
  await enqueue(tx, { kind: "fetch-post", peer: host, about, lifeMs: LIFE_MS }, now);
}
