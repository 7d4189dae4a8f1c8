import type { ReadClient } from "../../store/tx.ts";
import { oldestOf, type Queued, triedJobs } from "./queries.ts";

/**
 * Jobs that surely told nobody anything yet: never tried, and not on their way now, because another one of the same
 * host stands before them.
 */
export async function untouched(read: ReadClient, jobs: Queued[]): Promise<Queued[]> {
  const tried = await triedJobs(
    read,
    jobs.map(({ id }) => id),
  );
  const oldest = await oldestOf(
    read,
    jobs.map(({ peer }) => peer),
  );
  return jobs.filter(
    ({ id, peer, createdAt }) => !tried.has(id) && createdAt.getTime() > (oldest.get(peer) ?? 0),
  );
}
