import { closePoll } from "../../social/polls/close-poll.ts";
import { pollChoice } from "../../social/polls/queries.ts";
import type { JobHandler } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";
import { contactOf, isBlocked } from "../queries.ts";
import { toWire } from "../wire.ts";
import { voteActivity } from "./vote-activity.ts";

/** Tells the author of a poll what the owner chose. */
export function sendVote(parts: Parts): JobHandler {
  return async (job, signal) => {
    const { postId = "", personId = "", place = "" } = job.about;
    const vote = { pollId: postId, place: Number(place), personId: parts.identity.ownerId };
    const choice = await pollChoice(parts.store.read, vote);
    // Deleted while it waited, or other options stand there now.
    if (choice === null) return "done";
    const person = await contactOf(parts.store.read, personId);
    if (person === null) return { stop: "person is gone" };
    if (await isBlocked(parts.store.read, person.uri)) return { stop: "blocked" };
    const activity = voteActivity(parts.at, { ...choice, author: person.uri });
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}

/** Ends a poll when its time has come; until then it waits. */
export function closePollJob(parts: Parts): JobHandler {
  return async (job) => {
    const { store, identity, now } = parts;
    const left = await store.transact((tx) => closePoll(tx, identity, job.about["postId"] ?? "", now()));
    return left === 0 ? "done" : { retry: "not over yet", after: left };
  };
}
