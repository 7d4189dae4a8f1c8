import { enqueue } from "../../store/jobs.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { type Choice, FRIENDS, idsIn, SUBSCRIBERS } from "../audiences/choice.ts";
import { countFriends, countMembers, friendIds, membersOf } from "../audiences/queries.ts";
import { deliver, type Recipient } from "../deliveries/deliver.ts";
import { deliveriesOf } from "../deliveries/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { countSubscribers, subscriberIds } from "../subscriptions/queries.ts";
import { addresseesOf, postRow, reachable } from "./queries.ts";
import { type Reach, reachOf } from "./reach.ts";

/** Whom a post is for besides the people it names. */
export type Scope = Pick<Choice, "reach" | "audiences" | "without">;

/** Copies that are left with the post itself; more are left a moment later, so that no post is slow to save. */
const AT_ONCE = 40;
const A_SLICE = 200;

/** Everybody a post is for, as far as they are known. `people`: those it names. */
export async function meantBy(
  read: ReadClient,
  me: Identity,
  scope: Scope,
  people: readonly Recipient[],
): Promise<Recipient[]> {
  const { reach, audiences, without } = scope;
  if (reach === "me") return [];
  const left = await leftOut(read, me, without);
  const all = [...(await wideOf(read, me, reach, audiences)), ...people];
  const meant = all.filter(({ id }) => !left.has(id));
  return [...new Map(meant.map(({ id, host }) => [id, { id, host }])).values()];
}

/** Those of them who get a copy; guests get none, they read here. */
export async function recipientsOf(
  read: ReadClient,
  me: Identity,
  scope: Scope,
  people: readonly Recipient[],
): Promise<Recipient[]> {
  return (await meantBy(read, me, scope, people)).filter(({ host }) => host !== "");
}

/** Ids of people and audiences that a post is kept from, and of everybody in those. */
export async function leftOut(
  read: ReadClient,
  me: Identity,
  without: readonly string[],
): Promise<Set<string>> {
  if (without.length === 0) return new Set();
  const found = await wideOf(read, me, "chosen", without);
  return new Set([...without, ...found.map(({ id }) => id)]);
}

/** Everybody whom the reach and the audiences mean. */
async function wideOf(
  read: ReadClient,
  me: Identity,
  reach: Reach,
  audiences: readonly string[],
): Promise<Recipient[]> {
  const subscribed = reach !== "chosen" || audiences.includes(SUBSCRIBERS);
  const subscribers = subscribed ? await subscriberIds(read, me.ownerId) : [];
  const friends = audiences.includes(FRIENDS) ? await friendIds(read) : [];
  return [...subscribers, ...friends, ...(await membersOf(read, audiences))];
}

/** Leaves a copy for everybody who gets a new post: at once for a few, else by a job that does it in slices. */
export async function sendOut(
  tx: Tx,
  me: Identity,
  postId: string,
  scope: Scope,
  people: readonly Recipient[],
  now: number,
): Promise<void> {
  if ((await mostOf(tx, me, scope)) + people.length <= AT_ONCE) {
    await deliver(tx, postId, await recipientsOf(tx, me, scope, people), now);
  } else await enqueue(tx, { kind: "spread", peer: "", about: { postId } }, now);
}

async function mostOf(read: ReadClient, me: Identity, { reach, audiences }: Scope): Promise<number> {
  if (reach === "me") return 0;
  const subscribers = reach === "chosen" ? 0 : await countSubscribers(read, me.ownerId);
  const friends = audiences.includes(FRIENDS) ? await countFriends(read) : 0;
  return subscribers + friends + (await countMembers(read, audiences));
}

/** The next slice of those who get a post and have no copy left for them yet. */
export async function spread(tx: Tx, me: Identity, postId: string, now: number): Promise<void> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own) return;
  const scope = { reach: reachOf(row.reach), audiences: idsIn(row.audiences), without: idsIn(row.without) };
  const named = (await addresseesOf(tx, [postId])).map(({ personId }) => personId);
  const all = await recipientsOf(tx, me, scope, await reachable(tx, named));
  const had = new Set((await deliveriesOf(tx, postId)).map(({ personId }) => personId));
  const left = all.filter(({ id }) => !had.has(id));
  await deliver(tx, postId, left.slice(0, A_SLICE), now);
  if (left.length > A_SLICE) await enqueue(tx, { kind: "spread", peer: "", about: { postId } }, now);
}
