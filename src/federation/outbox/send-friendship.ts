import { idOf } from "../../lib/ids.ts";
import { bondWith, dropIntroduction, introductionRow } from "../../social/friends/queries.ts";
import { invitationBy } from "../../social/invites/queries.ts";
import { isDone, type Job, type JobHandler } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";
import { contactOf } from "../queries.ts";
import { withInvitation } from "../translate/invitation.ts";
import { toWire } from "../wire.ts";
import {
  friendshipEndedActivity,
  introductionActivity,
  offerAcceptedActivity,
  offerActivity,
  offerWithdrawnActivity,
} from "./friendship-activities.ts";

const GONE = { stop: "person is gone" };
const activityId = (parts: Parts, job: Job) => parts.at.activity(idOf("activity", job.id));
const contact = (parts: Parts, job: Job) => contactOf(parts.store.read, job.about["personId"] ?? "");

/** The owner asks to be friends; goes out also when they asked meanwhile, for that could be taken back. */
export function sendOffer(parts: Parts): JobHandler {
  return async (job, signal) => {
    const { personId = "", uri = "" } = job.about;
    const person = await contact(parts, job);
    if (person === null) return GONE;
    const bond = await bondWith(parts.store.read, personId);
    // Taken back while it waited.
    if (bond === null || bond.uri !== uri) return "done";
    const activity = offerActivity(parts.at, { uri, words: bond.words }, person.uri);
    const invitation = await invitationBy(parts.store.read, personId);
    return parts.deliver(person.inbox, withInvitation(await toWire(activity), invitation), signal);
  };
}

export function sendOfferAccepted(parts: Parts): JobHandler {
  return async (job, signal) => {
    const { personId = "", uri = "" } = job.about;
    const person = await contact(parts, job);
    if (person === null) return GONE;
    const bond = await bondWith(parts.store.read, personId);
    if (bond?.state !== "friends" || bond.theirUri !== uri) return "done";
    const activity = offerAcceptedActivity(parts.at, activityId(parts, job), uri, person.uri);
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}

export function sendOfferWithdrawn(parts: Parts): JobHandler {
  return async (job, signal) => {
    const person = await contact(parts, job);
    if (person === null) return GONE;
    const { uri = "" } = job.about;
    const activity = offerWithdrawnActivity(parts.at, activityId(parts, job), uri, person.uri);
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}

export function sendFriendshipEnded(parts: Parts): JobHandler {
  return async (job, signal) => {
    const person = await contact(parts, job);
    if (person === null) return GONE;
    const activity = friendshipEndedActivity(parts.at, activityId(parts, job), person.uri);
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}

/** Names one friend to another; the words are forgotten once they are there. */
export function sendIntroduction(parts: Parts): JobHandler {
  return async (job, signal) => {
    const { personId: toId = "", introducedId = "" } = job.about;
    const key = { personId: introducedId, byId: parts.identity.ownerId, toId };
    const person = await contact(parts, job);
    if (person === null) return GONE;
    const row = await introductionRow(parts.store.read, key);
    const introduced = await contactOf(parts.store.read, introducedId);
    if (row === null || introduced === null) return "done";
    const said = { uri: introduced.uri, words: row.words };
    const activity = introductionActivity(parts.at, activityId(parts, job), said, person.uri);
    const outcome = await parts.deliver(person.inbox, await toWire(activity), signal);
    return isDone(outcome) ? { done: (tx) => dropIntroduction(tx, key) } : outcome;
  };
}
