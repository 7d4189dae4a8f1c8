import { idOf } from "../../lib/ids.ts";
import type { BoostCard } from "../../social/boosts/receive-boost.ts";
import { dropJobs } from "../../social/deliveries/queries.ts";
import type { Identity } from "../../social/identity/identity.ts";
import type { QuoteRequest } from "../../social/quotes/receive-request.ts";
import { enqueue, isPlanned } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { hostOf } from "../addresses.ts";
import { postAuthor } from "../queries.ts";
import { quoteToCheck } from "../quote-queries.ts";
import { momentOf, removeMomentsBefore, setMoment } from "./queries.ts";

/** How far up a thread is followed from one post that came in. */
export const DEPTH_MAX = 8;
const LIFE_MS = 7 * 24 * 60 * 60 * 1000;
const LISTING_CHECK = "listing ";
const LISTING_CHECK_EVERY_MS = 60 * 60 * 1000;
const LISTING_CHECK_LIFE_MS = 24 * 60 * 60 * 1000;

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

/** Somebody is named of whom nothing is known: asks at their own address who they are, some time in the next week. */
export async function askForPerson(tx: Tx, uri: string, now: number): Promise<void> {
  const job = { kind: "fetch-person", peer: hostOf(uri) ?? "", about: { uri }, lifeMs: LIFE_MS };
  if (!(await isPlanned(tx, job))) await enqueue(tx, job, now);
}

/** Something was passed on: its author's key is asked for, when their device is on. */
export async function askWhoseItIs(tx: Tx, passedId: string, host: string, now: number): Promise<void> {
  await enqueue(tx, { kind: "check-passed", peer: host, about: { passedId } }, now);
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

/** Looks whether somebody has the owner among their subscribers; at most once an hour for each person. */
export async function planListingCheck(
  tx: Tx,
  about: { personId: string; url: string },
  host: string,
  now: number,
): Promise<void> {
  const name = LISTING_CHECK + about.personId;
  if (now - ((await momentOf(tx, name)) ?? 0) < LISTING_CHECK_EVERY_MS) return;
  await setMoment(tx, name, now);
  const lifeMs = LISTING_CHECK_LIFE_MS;
  await enqueue(tx, { kind: "check-listing", peer: host, about, lifeMs }, now);
}

/** Times of looking that hold nothing back any more. */
export async function forgetListingChecks(tx: Tx, now: number): Promise<void> {
  await removeMomentsBefore(tx, LISTING_CHECK, now - LISTING_CHECK_EVERY_MS);
}

/** A post whose quote is not known to be allowed: asks for what it quotes, and for the leave it names. */
export async function askForQuoted(
  tx: Tx,
  me: Identity,
  postUri: string,
  depth: number,
  now: number,
): Promise<void> {
  const postId = idOf(postUri);
  const quote = depth >= DEPTH_MAX ? null : await quoteToCheck(tx, postId);
  const host = quote === null ? null : hostOf(quote.quoteOfUri);
  if (host === null || host === me.onion) return;
  await enqueue(tx, { kind: "check-quote", peer: host, about: { postId }, lifeMs: LIFE_MS }, now);
}

/** Somebody asks for leave and only names their post: asks for that post, and answers then. */
export async function askForQuoting(tx: Tx, request: QuoteRequest, now: number): Promise<void> {
  const host = hostOf(request.quotingUri);
  if (host === null) return;
  await enqueue(tx, { kind: "check-quoting", peer: host, about: { ...request }, lifeMs: LIFE_MS }, now);
}
