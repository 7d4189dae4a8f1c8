import type { BoostCard } from "../../social/boosts/receive-boost.ts";
import { dropJobs } from "../../social/deliveries/queries.ts";
import type { Identity } from "../../social/identity/identity.ts";
import { enqueue } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { hostOf } from "../addresses.ts";
import { postAuthor } from "../queries.ts";

/** How far up a thread is followed from one post that came in. */
const DEPTH_MAX = 8;
const LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** A post that somebody passed on, whom the owner subscribes to: it is read at its own address, then the boost counts. */
export async function askForBoosted(tx: Tx, me: Identity, boost: BoostCard, now: number): Promise<void> {
  const host = hostOf(boost.of);
  if (host === null || host === me.onion) return;
  const { uri, personId, of, reach, publishedAt } = boost;
  const about = { uri: of, boost: uri, by: personId, reach, at: String(publishedAt) };
  await enqueue(tx, { kind: "fetch-boosted", peer: host, about, lifeMs: LIFE_MS }, now);
}

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

/** Looks whether somebody lives where they say they moved to. One look for each person: the last word counts. */
export async function planMoveCheck(
  tx: Tx,
  me: Identity,
  about: { personId: string; target: string },
  now: number,
): Promise<boolean> {
  const host = hostOf(about.target);
  if (host === null || host === me.onion) return false;
  await dropJobs(tx, "check-move", about.personId);
  await enqueue(tx, { kind: "check-move", peer: host, about, lifeMs: LIFE_MS }, now);
  return true;
}
