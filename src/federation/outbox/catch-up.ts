import { Announce, Create } from "@fedify/fedify/vocab";
import { NodeError } from "../../lib/errors.ts";
import { receiveBoost } from "../../social/boosts/receive-boost.ts";
import { receivePost } from "../../social/posts/receive-post.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { sameHost } from "../addresses.ts";
import { type CollectionItem, readCollection } from "../collections/read-collection.ts";
import { cardOfPost } from "../incoming-post.ts";
import { isJsonObject, type JsonObject } from "../json-guard.ts";
import type { Parts } from "../parts.ts";
import { subscribesTo } from "../queries.ts";
import { readBoost } from "../translate/boost.ts";
import { embeddedObject } from "../translate/object-of.ts";
import { readPost } from "../translate/post.ts";
import { activityFromJson } from "../translate/read.ts";
import { fetchPost } from "./fetch.ts";
import { askForBoosted, askForParent } from "./plan-fetches.ts";
import { isHere, type Outbox, outboxOf, setOutboxRead } from "./queries.ts";

const DEPTH_OF_MISSED = 8;

/**
 * Reads what somebody subscribed to wrote while the node was away: their outbox, newest first, until something that is
 * here already. Signed, for they let the owner subscribe. Taken in oldest first, so that answers find what they answer.
 */
export function catchUpJob(parts: Parts): JobHandler {
  const { store, identity, documents, now } = parts;
  return async (job) => {
    const personId = job.about["personId"] ?? "";
    const outbox = await outboxOf(store.read, personId);
    if (outbox === null || !(await subscribesTo(store.read, identity.ownerId, outbox.uri))) return "done";
    try {
      const read = async (address: string): Promise<JsonObject> => {
        const { document } = await documents.loadSigned(address);
        if (!isJsonObject(document)) throw new NodeError("bad-request", "not a collection");
        return document;
      };
      const { items: missed } = await readCollection(read, outbox.outboxUri, (item) =>
        isHere(store.read, idOfItem(item)),
      );
      for (const item of missed.toReversed()) await takeIn(parts, outbox, item);
    } catch (error) {
      if (!(error instanceof NodeError)) throw error;
      const passing = ["peer-off", "tor-down", "peer-refused"].includes(error.code);
      return passing ? { retry: error.code } : { stop: error.code };
    }
    return { done: (tx) => setOutboxRead(tx, personId, now()) };
  };
}

/** The id of the post or boost that an item brings; "" when it says none. */
function idOfItem(item: CollectionItem): string {
  if (typeof item === "string") return item;
  const { object } = item;
  if (item["type"] === "Create")
    return isJsonObject(object) ? String(object["id"] ?? "") : String(object ?? "");
  return String(item["id"] ?? "");
}

async function takeIn(parts: Parts, outbox: Outbox, item: CollectionItem): Promise<void> {
  await parts.turn();
  const activity = typeof item === "string" ? null : await activityFromJson(item);
  if (activity instanceof Announce) return passOn(parts, outbox, activity);
  const object = activity instanceof Create ? await embeddedObject(activity) : null;
  const post = object === null ? null : await readPost(object, outbox, parts.now());
  if (post !== null) {
    await parts.store.transact(async (tx) => {
      const result = await receivePost(tx, parts.identity, await cardOfPost(tx, post), parts.now());
      if (result === "stored") await askForParent(tx, parts.identity, post.replyToUri, 0, parts.now());
    });
    return;
  }
  // Only named, or not theirs by its own word: read where it lives, if that is their own place.
  const address = idOfItem(item);
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
