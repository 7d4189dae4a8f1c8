import { idOf } from "../../lib/ids.ts";
import { invitationBy } from "../../social/invites/queries.ts";
import { aStranger, viewerOf } from "../../social/viewer.ts";
import type { Job, JobHandler } from "../../store/jobs.ts";
import { hasOwnDevice } from "../own-device.ts";
import type { Parts } from "../parts.ts";
import { contactOf, ownRequest, requestBy } from "../queries.ts";
import { withInvitation } from "../translate/invitation.ts";
import { toWire } from "../wire.ts";
import { answerActivity, followActivity, profileActivity, unfollowActivity } from "./activities.ts";

/** The id of an activity that is sent once for this job, and again with the same id if it has to be. */
function activityId(parts: Parts, job: Job): string {
  return parts.at.activity(idOf("activity", job.id));
}

export function sendFollow(parts: Parts): JobHandler {
  return async (job, signal) => {
    const person = await contactOf(parts.store.read, job.about["personId"] ?? "");
    if (person === null) return { stop: "person is gone" };
    const request = await ownRequest(parts.store.read, parts.identity.ownerId, person.uri);
    // Taken back while it waited, or answered already.
    if (request === null || request.state !== "asked") return "done";
    const activity = followActivity(parts.at, request.uri, person.uri);
    const invitation = await invitationBy(parts.store.read, request.personId);
    return parts.deliver(person.inbox, withInvitation(await toWire(activity), invitation), signal);
  };
}

export function sendUnfollow(parts: Parts): JobHandler {
  return async (job, signal) => {
    const person = await contactOf(parts.store.read, job.about["personId"] ?? "");
    if (person === null) return { stop: "person is gone" };
    const id = activityId(parts, job);
    const activity = unfollowActivity(parts.at, id, job.about["uri"] ?? id, person.uri);
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}

export function sendAnswer(parts: Parts, answer: "accept" | "reject"): JobHandler {
  return async (job, signal) => {
    const person = await contactOf(parts.store.read, job.about["personId"] ?? "");
    if (person === null) return { stop: "person is gone" };
    const request = await requestBy(parts.store.read, parts.identity.ownerId, person.uri);
    if (answer === "accept" && request?.state !== "accepted") return "done";
    const activity = answerActivity(parts.at, activityId(parts, job), answer, {
      // A decline answers the request of then, whatever was asked since.
      uri: job.about["uri"] ?? request?.uri ?? "",
      person: person.uri,
    });
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}

/**
 * Tells somebody what the owner's profile says now: all that is for them where nobody else reads it, else what strangers get.
 * What is narrower carries no proof that could be passed on.
 */
export function sendProfile(parts: Parts): JobHandler {
  return async (job, signal) => {
    const person = await contactOf(parts.store.read, job.about["personId"] ?? "");
    if (person === null) return { stop: "person is gone" };
    const { read } = parts.store;
    const personId = job.about["personId"] ?? "";
    const alone = await hasOwnDevice(read, { personId, host: person.host });
    const viewer = alone ? await viewerOf(read, parts.identity.ownerId, personId) : aStranger;
    const activity = profileActivity(parts.at, activityId(parts, job), await parts.ownActor(viewer));
    const json = await toWire(activity, ...(alone ? [] : [parts.keys]));
    return parts.deliver(person.inbox, json, signal);
  };
}
