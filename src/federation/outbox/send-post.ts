import { may } from "../../social/access.ts";
import { dropDeliveries } from "../../social/deliveries/queries.ts";
import { isOpen } from "../../social/posts/reach.ts";
import { send } from "../../social/send.ts";
import { viewerOf } from "../../social/viewer.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { sameHost } from "../addresses.ts";
import { createBoundedMap } from "../bounded-map.ts";
import { synchronizationFor } from "../collections/subscribers.ts";
import type { JsonObject } from "../json-guard.ts";
import { type OwnPostToSend, ownPost } from "../own-posts/queries.ts";
import type { Parts } from "../parts.ts";
import { contactOf, isBlocked } from "../queries.ts";
import type { Reader } from "../translate/policy.ts";
import { toWire } from "../wire.ts";
import { deleteActivity, postActivity, versionOf } from "./activities.ts";
import { deliveryState, settleDelivery } from "./deliveries.ts";
import { boostActivity } from "./reaction-activity.ts";

/** Posts for everybody that are on their way now; a copy for each of a thousand subscribers costs nothing then. */
const WIDE_KEPT = 16;
const WIDE_KEPT_MS = 60 * 60_000;

/** Delivers one post to one person. Rendered when it is sent, from what the post says then: the job holds no text. */
export function sendPost(parts: Parts): JobHandler {
  const { store, at, keys, circleOf, now } = parts;
  const kept = createBoundedMap<Promise<JsonObject>>({ entries: WIDE_KEPT, lifeMs: WIDE_KEPT_MS, now });

  function wireOf(sent: OwnPostToSend, reader: Reader, has: boolean): Promise<JsonObject> {
    const { uri, publishedAt, poll } = sent.post;
    if (sent.boostOf !== "") return toWire(boostActivity(at, { uri, of: sent.boostOf, publishedAt }));
    const isWide = sent.reach !== null && isOpen(sent.reach);
    // Signed for whoever began the thread alone: they may pass it on to those whom it is for (FEP-171b).
    const toBeginner = sent.post.replyToUri !== "" && sameHost(sent.post.contextUri ?? "", reader.uri);
    if (!isWide)
      return toWire(postActivity({ at, circleOf }, sent, reader, has), toBeginner ? keys : undefined);
    const key = `${uri} ${versionOf(sent)} ${poll?.voters ?? 0} ${has}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = toWire(postActivity({ at, circleOf }, sent, null, has), keys);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  }

  return async (job, signal) => {
    const postId = job.about["postId"] ?? "";
    const personId = job.about["personId"] ?? "";
    const sent = await ownPost(store.read, postId);
    // Deleted while it waited: nobody is told of what they never got.
    if (sent === null || sent.reach === null) return "done";
    const person = await contactOf(store.read, personId);
    if (person === null) return { stop: "person is gone" };
    if (await isBlocked(store.read, person.uri)) return { stop: "blocked" };

    const reader = await readerOf(parts, sent, { personId, uri: person.uri });
    if (reader === null) return { done: (tx) => dropDeliveries(tx, { postId, personId, state: "waiting" }) };

    const has = (await deliveryState(store.read, postId, personId)) === "delivered";
    const beside = sent.reach === "chosen" ? {} : await synchronizationFor(parts, person);
    const outcome = await parts.deliver(person.inbox, await wireOf(sent, reader, has), signal, beside);
    if (outcome !== "done") return outcome;
    return {
      async done(tx) {
        await settleDelivery(tx, { postId, personId }, "delivered", now());
        // Changed while this copy was on its way: whoever waited for it was taken to get the new words anyway.
        const after = await ownPost(tx, postId);
        if (after === null || versionOf(after) === versionOf(sent)) return;
        await send(tx, person.host, { kind: "post", about: { postId, personId } }, now());
      },
    };
  };
}

/** null: taken out of the audience, or no friend any more, since the post was left for them. */
async function readerOf(
  { store, identity }: Parts,
  { thing }: OwnPostToSend,
  { personId, uri }: { personId: string; uri: string },
): Promise<Reader | null> {
  // Whoever is not blocked sees it, and all get one copy, which says of nobody whether they may answer.
  if (isOpen(thing.reach)) return { uri, answers: true };
  const viewer = await viewerOf(store.read, identity.ownerId, personId);
  return may(viewer, "see", thing) ? { uri, answers: may(viewer, "reply", thing) } : null;
}

/** Tells one person who got a post that it is deleted. The post itself is gone from here already. */
export function sendDelete(parts: Parts): JobHandler {
  return async (job, signal) => {
    const person = await contactOf(parts.store.read, job.about["personId"] ?? "");
    const uri = job.about["uri"] ?? "";
    if (person === null || URL.parse(uri) === null) return { stop: "person is gone" };
    return parts.deliver(person.inbox, await toWire(deleteActivity(parts.at, uri, person.uri)), signal);
  };
}
