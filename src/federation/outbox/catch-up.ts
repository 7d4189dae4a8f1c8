import { Announce, Create } from "@fedify/fedify/vocab";
import { NodeError } from "../../lib/errors.ts";
import { receiveBoost } from "../../social/boosts/receive-boost.ts";
import { receivePost } from "../../social/posts/receive-post.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { sameHost } from "../addresses.ts";
import { addressOf, type CollectionItem, readCollection } from "../collections/read-collection.ts";
import { cardOfPost } from "../incoming-post.ts";
import { isJsonObject, type JsonObject } from "../json-guard.ts";
import type { Parts } from "../parts.ts";
import { subscribesTo } from "../queries.ts";
import { readBoost } from "../translate/boost.ts";
import { embeddedObject } from "../translate/object-of.ts";
import { readPost } from "../translate/post.ts";
import { activityFromJson } from "../translate/read.ts";
import { UP_BEFORE } from "./absence.ts";
import { fetchPost } from "./fetch.ts";
import { askForBoosted, askForParent } from "./plan-fetches.ts";
import { momentOf, type Outbox, outboxOf, saidHere, setOutboxRead } from "./queries.ts";
import { isPassing } from "./read-answers.ts";

const DEPTH_OF_MISSED = 8;

/**
 * Reads what somebody subscribed to wrote while the node was away: their outbox, newest first, until something that is
 * here already and from before they were read the last time; what is newer may have come by itself. Signed, for they let
 * the owner subscribe. Taken in oldest first, so that answers find what they answer.
 */
export function catchUpJob(parts: Parts): JobHandler {
  const { store, identity, now } = parts;
  return async (job) => {
    const personId = job.about["personId"] ?? "";
    const outbox = await outboxOf(store.read, personId);
    if (outbox === null || !(await subscribesTo(store.read, identity.ownerId, outbox.uri))) return "done";
    const began = now();
    const { missed, error } = await readMissed(parts, outbox, began);
    for (const item of missed.toReversed()) await takeIn(parts, outbox, item);
    if (error === null) return { done: (tx) => setOutboxRead(tx, personId, began) };
    return isPassing(error) ? { retry: error.code } : { stop: error.code };
  };
}

/** What is not here. `error`: it broke off there. */
async function readMissed(
  { store, documents }: Parts,
  outbox: Outbox,
  now: number,
): Promise<{ missed: CollectionItem[]; error: NodeError | null }> {
  const since = outbox.readAt ?? (await momentOf(store.read, UP_BEFORE)) ?? now;
  const missed: CollectionItem[] = [];
  const read = async (address: string): Promise<JsonObject> => {
    const { document } = await documents.loadSigned(address);
    if (!isJsonObject(document)) throw new NodeError("bad-request", "not a collection");
    return document;
  };
  try {
    await readCollection(read, outbox.outboxUri, async (item) => {
      const saidAt = await saidHere(store.read, addressOf(item));
      if (saidAt === null) missed.push(item);
      return saidAt !== null && saidAt < since;
    });
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    return { missed, error };
  }
  return { missed, error: null };
}

async function takeIn(parts: Parts, outbox: Outbox, item: CollectionItem): Promise<void> {
  await parts.turn();
  const activity = typeof item === "string" ? null : await activityFromJson(item);
  if (activity instanceof Announce) return passOn(parts, outbox, activity);
  const object = activity instanceof Create ? await embeddedObject(activity) : null;
  const post = object === null ? null : await readPost(object, outbox, parts.now());
  if (post !== null) {
    await parts.store.transact(async (tx) => {
      const result = await receivePost(
        tx,
        parts.identity,
        await cardOfPost(tx, parts.identity, post),
        parts.now(),
      );
      if (result === "stored") await askForParent(tx, parts.identity, post.replyToUri, 0, parts.now());
    });
    return;
  }
  // Only named, or not theirs by its own word: read where it lives, if that is their own place.
  const address = addressOf(item);
  if (!sameHost(address, outbox.uri)) return;
  await fetchPost(parts, address, DEPTH_OF_MISSED, false).catch((error: unknown) => {
    if (!(error instanceof NodeError)) throw error;
  });
}

async function passOn(parts: Parts, outbox: Outbox, boost: Announce): Promise<void> {
  const { store, identity, now } = parts;
  const card = readBoost(boost, outbox, now());
  if (card === null) return;
  await store.transact(async (tx) => {
    if ((await receiveBoost(tx, identity, card, now())) === "missing")
      await askForBoosted(tx, identity, card, now());
  });
}
