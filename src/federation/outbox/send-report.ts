import { reportRow } from "../../social/reports/queries.ts";
import type { JobHandler } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";
import { contactOf } from "../queries.ts";
import { toWire } from "../wire.ts";
import { reportActivity } from "./report-activity.ts";

/** Brings a report of the owner's to where the reported person is. */
export function sendReport(parts: Parts): JobHandler {
  return async (job, signal) => {
    const report = await reportRow(parts.store.read, job.about["reportId"] ?? "");
    // Removed while it waited: nobody learns of it.
    if (report === null || !report.own) return "done";
    const person = await contactOf(parts.store.read, report.personId);
    if (person === null) return { stop: "person is gone" };
    const { uri, words } = report;
    const posts = report.posts.map((post) => post.uri);
    const activity = reportActivity(parts.at, { uri, person: person.uri, posts, words });
    return parts.deliver(person.inbox, await toWire(activity), signal);
  };
}
