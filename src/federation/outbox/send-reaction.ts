import { idOf } from "../../lib/ids.ts";
import { reactionRow } from "../../social/reactions/queries.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { ownEmojisOnWire, ownPost } from "../own-posts/queries.ts";
import type { Parts } from "../parts.ts";
import { contactOf, isBlocked, postUri } from "../queries.ts";
import { toWire } from "../wire.ts";
import { pinActivity, reactionActivity, unboostActivity, unreactActivity } from "./reaction-activity.ts";

const GONE = { stop: "person is gone" };
const BLOCKED = { stop: "blocked" };

export function sendReaction(parts: Parts): JobHandler {
  const { store, at, identity } = parts;
  return async ({ about }, signal) => {
    const { postId = "", emoji = "" } = about;
    const person = await contactOf(store.read, about["personId"] ?? "");
    if (person === null) return GONE;
    if (await isBlocked(store.read, person.uri)) return BLOCKED;
    const row = await reactionRow(store.read, { postId, personId: identity.ownerId, emoji });
    const of = await postUri(store.read, postId);
    // Taken back while it waited, or the post is gone.
    if (row === null || of === null) return "done";
    const pictures = await ownEmojisOnWire(store.read, identity.origin, emoji);
    const activity = reactionActivity(at, { uri: row.uri, of, emoji, to: person.uri, pictures });
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}

export function sendUnreact(parts: Parts): JobHandler {
  return async ({ about }, signal) => {
    const { uri = "", of = "", emoji = "" } = about;
    const person = await contactOf(parts.store.read, about["personId"] ?? "");
    if (person === null) return GONE;
    if (await isBlocked(parts.store.read, person.uri)) return BLOCKED;
    const activity = unreactActivity(parts.at, { uri, of, emoji, to: person.uri });
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}

export function sendUnboost(parts: Parts): JobHandler {
  return async ({ about }, signal) => {
    const { uri = "", of = "" } = about;
    const person = await contactOf(parts.store.read, about["personId"] ?? "");
    if (person === null) return GONE;
    return parts.deliver(person.inbox, await toWire(unboostActivity(parts.at, { uri, of })), signal);
  };
}

/** What the posts are now decides, not what they were: of two changes that waited, the first finds it done. */
export function sendPin(parts: Parts): JobHandler {
  return async (job, signal) => {
    const { postId = "", personId = "", on } = job.about;
    const person = await contactOf(parts.store.read, personId);
    if (person === null) return GONE;
    const sent = await ownPost(parts.store.read, postId);
    if (sent === null || sent.pinned !== (on === "yes")) return "done";
    const id = parts.at.activity(idOf("activity", job.id));
    const activity = pinActivity(parts.at, { id, of: sent.post.uri, on: sent.pinned });
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}
