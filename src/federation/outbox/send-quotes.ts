import type { JobHandler } from "../../store/jobs.ts";
import { ownPost } from "../own-posts/queries.ts";
import type { Parts } from "../parts.ts";
import { contactOf, isBlocked } from "../queries.ts";
import { quoteStamp } from "../quote-queries.ts";
import { toWire } from "../wire.ts";
import { noteFor } from "./activities.ts";
import { quoteAnswerActivity, quoteRequestActivity, quoteRevokedActivity } from "./quote-activities.ts";

/** Asks somebody whether the owner may quote them; what was deleted or answered meanwhile is not asked. */
export function sendQuoteRequest(parts: Parts): JobHandler {
  const { store, at } = parts;
  return async (job, signal) => {
    const sent = await ownPost(store.read, job.about["postId"] ?? "");
    const quote = sent?.post.quote ?? null;
    if (sent === null || quote === null || quote.stamp !== "") return "done";
    const person = await contactOf(store.read, job.about["personId"] ?? "");
    if (person === null) return { stop: "person is gone" };
    if (await isBlocked(store.read, person.uri)) return { stop: "blocked" };
    const { note } = noteFor(parts, sent, null);
    const asked = { postUri: sent.post.uri, quotedUri: quote.uri, person: person.uri };
    return parts.deliver(person.inbox, await toWire(quoteRequestActivity(at, note, asked)), signal);
  };
}

/** What the owner answers, as it stands when it is sent. */
export function sendQuoteAnswer(parts: Parts): JobHandler {
  return async (job, signal) => {
    const stamp = await quoteStamp(parts.store.read, job.about["stampId"] ?? "");
    if (stamp === null || stamp.person.inbox === "") return { stop: "post or person is gone" };
    if (await isBlocked(parts.store.read, stamp.person.uri)) return { stop: "blocked" };
    if (stamp.state === "asked") return "done";
    const state = stamp.state === "granted" ? "granted" : "refused";
    return parts.deliver(
      stamp.person.inbox,
      await toWire(quoteAnswerActivity(parts.at, stamp, state)),
      signal,
    );
  };
}

export function sendQuoteRevoked(parts: Parts): JobHandler {
  return async (job, signal) => {
    const stamp = await quoteStamp(parts.store.read, job.about["stampId"] ?? "");
    if (stamp === null || stamp.person.inbox === "") return { stop: "post or person is gone" };
    if (await isBlocked(parts.store.read, stamp.person.uri)) return { stop: "blocked" };
    return parts.deliver(stamp.person.inbox, await toWire(quoteRevokedActivity(parts.at, stamp)), signal);
  };
}
