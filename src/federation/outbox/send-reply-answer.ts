import { idOf } from "../../lib/ids.ts";
import { mayAnswer } from "../../social/posts/may-answer.ts";
import type { JobHandler } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";
import { contactOf, isBlocked, postUri } from "../queries.ts";
import { replyAnswer } from "../translate/reply-request.ts";
import { toWire } from "../wire.ts";
import { leaveUri } from "./reply-leave.ts";

/** Tells who asked to answer whether they may, as it stands when it is sent. */
export function sendReplyAnswer(parts: Parts): JobHandler {
  const { store, at, identity: me } = parts;
  return async (job, signal) => {
    const { uri = "", postId = "", answerUri = "", personId = "" } = job.about;
    const person = await contactOf(store.read, personId);
    const answered = await postUri(store.read, postId);
    if (person === null || answered === null) return { stop: "post or person is gone" };
    if (await isBlocked(store.read, person.uri)) return { stop: "blocked" };
    const stands = await mayAnswer(store.read, me, postId, personId);
    if (stands === "unseen") return "done";
    const leave = stands === "yes" ? leaveUri(at.origin, answerUri) : null;
    const asked = { uri, person: person.uri, answered, answerUri };
    const id = at.activity(idOf("reply-answer", uri, stands));
    return parts.deliver(person.inbox, await toWire(replyAnswer(id, at.person, asked, leave)), signal);
  };
}
