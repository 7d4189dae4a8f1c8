import type { JobHandler } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";
import { contactOf, isBlocked, ownPost } from "../queries.ts";
import { toWire } from "../wire.ts";
import { deleteActivity, postActivity } from "./activities.ts";
import { deliveryState, settleDelivery } from "./deliveries.ts";

/** Delivers one post to one person. Rendered now, from what the post says now: the job holds no text. */
export function sendPost(parts: Parts): JobHandler {
  const { store, at, keys, circleOf } = parts;
  return async (job, signal) => {
    const postId = job.about["postId"] ?? "";
    const personId = job.about["personId"] ?? "";
    const sent = await ownPost(store.read, postId);
    // Deleted while it waited: nobody is told of what they never got.
    if (sent === null || sent.reach === null) return "done";
    const person = await contactOf(store.read, personId);
    if (person === null) return { stop: "person is gone" };
    if (await isBlocked(store.read, person.uri)) return { stop: "blocked" };

    const has = (await deliveryState(store.read, postId, personId)) === "delivered";
    const activity = postActivity({ at, circleOf }, sent, person.uri, has);
    const wide = sent.reach === "everyone" || sent.reach === "unlisted";
    const outcome = await parts.deliver(
      person.inbox,
      await toWire(activity, wide ? keys : undefined),
      signal,
    );
    if (outcome === "done") await settleDelivery(store, { postId, personId }, "delivered", parts.now());
    return outcome;
  };
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
