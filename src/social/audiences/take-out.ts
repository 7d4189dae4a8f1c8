import { NodeError } from "../../lib/errors.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import { dropDeliveries, dropJobsById, ownPostsHeldBy, postsOwed, queuedFor } from "../deliveries/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { addresseesOf, type PostRow, postRowsByIds } from "../posts/queries.ts";
import { thingIn } from "../posts/thing.ts";
import { tellingWhomItChanges } from "../profile/tell-people.ts";
import { send } from "../send.ts";
import { slices } from "../slices.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { viewerOf } from "../viewer.ts";
import { dropMember } from "./queries.ts";

/**
 * Takes a person out of an audience; they are not told. They see nothing of what is for it from this moment, and what
 * waits for them and is not theirs any more is not sent. Throws "person-not-found" when they are not in it.
 */
export async function takeOut(
  tx: Tx,
  me: Identity,
  audienceId: string,
  personId: string,
  now: number,
): Promise<void> {
  const out = () => dropMember(tx, audienceId, personId);
  if (!(await tellingWhomItChanges(tx, me, [personId], now, out))) {
    throw new NodeError("person-not-found", "not in this audience");
  }
  await withholdUnseen(tx, me, personId);
}

/** What waits for a person, or was given up for them, and is not for them now. */
export async function withholdUnseen(tx: Tx, me: Identity, personId: string): Promise<void> {
  const host = await hostOfPerson(tx, personId);
  if (host === null) return;
  const queued = await queuedFor(tx, personId, host);
  const owed = await notFor(tx, me, personId, await postsOwed(tx, personId));
  const unseen = new Set(owed.map(({ id }) => id));
  for (const postId of unseen) {
    await dropDeliveries(tx, { personId, postId, state: { in: ["waiting", "stopped"] } });
  }
  const jobs = queued.filter(({ about }) => unseen.has(about["postId"] ?? ""));
  await dropJobsById(
    tx,
    jobs.map(({ id }) => id),
  );
}

/** Own posts that a person has and would not be sent now. */
export async function stillHeld(read: ReadClient, me: Identity, personId: string): Promise<string[]> {
  return (await held(read, me, personId)).map(({ id }) => id);
}

async function held(read: ReadClient, me: Identity, personId: string): Promise<PostRow[]> {
  return notFor(read, me, personId, await ownPostsHeldBy(read, personId));
}

/** Their device is asked to delete those; nobody can force it. Returns how many. */
export async function askToDelete(tx: Tx, me: Identity, personId: string, now: number): Promise<number> {
  const host = await hostOfPerson(tx, personId);
  if (host === null) return 0;
  const rows = await held(tx, me, personId);
  for (const { id: postId, uri } of rows) {
    await send(tx, host, { kind: "delete", about: { uri, personId } }, now);
    await dropDeliveries(tx, { personId, postId });
  }
  return rows.length;
}

/** Of these own posts, the ones that are not for this person. */
async function notFor(
  read: ReadClient,
  me: Identity,
  personId: string,
  postIds: readonly string[],
): Promise<PostRow[]> {
  const viewer = await viewerOf(read, me.ownerId, personId);
  const found: PostRow[] = [];
  for (const some of slices(postIds)) {
    const named = Map.groupBy(await addresseesOf(read, some), ({ postId }) => postId);
    for (const row of await postRowsByIds(read, some)) {
      const people = (named.get(row.id) ?? []).map((one) => one.personId);
      if (row.own && !may(viewer, "see", thingIn(row, people))) found.push(row);
    }
  }
  return found;
}
