import { ownMoves } from "../../social/moving/moving.ts";
import type { JobHandler } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";
import { contactOf } from "../queries.ts";
import { toWire } from "../wire.ts";
import { moveActivity } from "./move-activity.ts";

/** Tells a subscriber where the owner lives now. */
export function sendMove(parts: Parts): JobHandler {
  return async (job, signal) => {
    const { to } = await ownMoves(parts.store.read, parts.identity);
    // Taken back while it waited.
    if (to === "") return "done";
    const person = await contactOf(parts.store.read, job.about["personId"] ?? "");
    if (person === null) return { stop: "person is gone" };
    const activity = moveActivity(parts.at, to, job.about["at"] ?? "0");
    return parts.deliver(person.inbox, await toWire(activity, parts.keys), signal);
  };
}
