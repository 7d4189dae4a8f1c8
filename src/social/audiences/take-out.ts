import { NodeError } from "../../lib/errors.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import { dropDeliveries, dropJobsById, ownPostsHeldBy, postsOwed, queuedFor } from "../deliveries/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { postRow } from "../posts/queries.ts";
import { thingOf } from "../posts/thing.ts";
import { send } from "../send.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { viewerOf } from "../viewer.ts";
import { dropMember } from "./queries.ts";

/**
 * Takes a person out of an audience; they are not told. They see nothing of what is for it from this moment, and what
 * waits for them and is not theirs any more is not sent. Throws "person-not-found" when they are not in it.
 */
export async function takeOut(tx: Tx, me: Identity, audienceId: string, personId: string): Promise<void> {
  if (!(await dropMember(tx, audienceId, personId))) {
    throw new NodeError("person-not-found", "not in this audience");
  }
  await withholdUnseen(tx, me, personId);
}

/** What waits for a person, or was given up for them, and is not for them now. */
export async function withholdUnseen(tx: Tx, me: Identity, personId: string): Promise<void> {
  const host = await hostOfPerson(tx, personId);
  if (host === null) return;
  const queued = await queuedFor(tx, personId, host);
  const unseen = new Set(await notFor(tx, me, personId, await postsOwed(tx, personId)));
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
  return notFor(read, me, personId, await ownPostsHeldBy(read, personId));
}

/** Their device is asked to delete those; nobody can force it. Returns how many. */
export async function askToDelete(tx: Tx, me: Identity, personId: string, now: number): Promise<number> {
  const host = await hostOfPerson(tx, personId);
  const held = host === null ? [] : await stillHeld(tx, me, personId);
  for (const postId of held) {
    const row = await postRow(tx, postId);
    if (row === null || host === null) continue;
    await send(tx, host, { kind: "delete", about: { uri: row.uri, personId } }, now);
    await dropDeliveries(tx, { personId, postId });
  }
  return held.length;
}

/** Of these own posts, the ones that are not for this person. */
async function notFor(
  read: ReadClient,
  me: Identity,
  personId: string,
  postIds: readonly string[],
): Promise<string[]> {
  const viewer = await viewerOf(read, me.ownerId, personId);
  const found: string[] = [];
  for (const id of postIds) {
    const row = await postRow(read, id);
    if (row?.own === true && !may(viewer, "see", await thingOf(read, row))) found.push(id);
  }
  return found;
}
