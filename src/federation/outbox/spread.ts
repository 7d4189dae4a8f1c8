import { spread } from "../../social/posts/recipients.ts";
import type { JobHandler } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";

/** Copies of a post for very many people are left in slices, each in a transaction of its own. */
export function spreadJob({ identity, now }: Parts): JobHandler {
  return async (job) => ({ done: (tx) => spread(tx, identity, job.about["postId"] ?? "", now()) });
}
