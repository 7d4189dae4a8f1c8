import { idOf } from "../../lib/ids.ts";
import { may } from "../../social/access.ts";
import { postRow } from "../../social/posts/queries.ts";
import { thingOf } from "../../social/posts/thing.ts";
import { threadListOf } from "../../social/threads/lists.ts";
import { rootOf } from "../../social/threads/root.ts";
import { viewerOf } from "../../social/viewer.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { isJsonObject } from "../json-guard.ts";
import type { Parts } from "../parts.ts";
import { contactOf, isBlocked } from "../queries.ts";
import { passingOff, passingOn } from "../translate/container.ts";

/** An answer in a thread of the owner's goes to one of those the thread is for, while it is for them. */
export function sendPassedOn(parts: Parts): JobHandler {
  const { store, at, identity: me } = parts;
  return async (job, signal) => {
    const row = await postRow(store.read, job.about["postId"] ?? "");
    const root = row === null || row.signed === "" ? null : await rootOf(store.read, row);
    if (row === null || root === null) return "done";
    const person = await contactOf(store.read, job.about["personId"] ?? "");
    if (person === null) return { stop: "person is gone" };
    if (await isBlocked(store.read, person.uri)) return { stop: "blocked" };
    const viewer = await viewerOf(store.read, me.ownerId, idOf(person.uri));
    if (!may(viewer, "see", await thingOf(store.read, root))) return "done";
    const signed: unknown = JSON.parse(row.signed);
    // Whoever gets it looks whose it is: here that would wait for the author, and all else for this person with it.
    if (!isJsonObject(signed)) return "done";
    const values = {
      id: at.activity(idOf("pass-on", row.uri, row.signed)),
      actor: at.person,
      to: person.uri,
      thread: threadListOf(root.uri),
    };
    return parts.deliver(person.inbox, passingOn(values, signed), signal);
  };
}

export function sendPassedOff(parts: Parts): JobHandler {
  const { store, at } = parts;
  return async (job, signal) => {
    const { uri = "", thread = "", personId = "" } = job.about;
    const person = await contactOf(store.read, personId);
    if (person === null) return { stop: "person is gone" };
    if (await isBlocked(store.read, person.uri)) return { stop: "blocked" };
    const values = { id: at.activity(idOf("pass-off", uri)), actor: at.person, to: person.uri, thread };
    return parts.deliver(person.inbox, passingOff(values, uri), signal);
  };
}
