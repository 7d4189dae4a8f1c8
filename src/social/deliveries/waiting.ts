import type { ReadClient } from "../../store/tx.ts";
import { namesAt } from "../people/among-queries.ts";
import { hostsWaitedFor } from "./queries.ts";

/** What waits to go to one host. Times in milliseconds since 1970; `reachedAt` 0: never yet. */
export type WaitingHost = {
  host: string;
  /** Some of the people there. */
  names: string[];
  count: number;
  since: number;
  reachedAt: number;
  /** Why the last try failed, as the queue wrote it down; "": not tried yet. */
  lastError: string;
};

const A_PAGE = 50;

/** By the name of the host; `next` is where the following page begins, null when there is none. */
export async function whatWaits(
  read: ReadClient,
  after = "",
): Promise<{ items: WaitingHost[]; next: string | null }> {
  const found = await hostsWaitedFor(read, { after, limit: A_PAGE + 1 });
  const some = found.slice(0, A_PAGE);
  const names = await namesAt(
    read,
    some.map(({ host }) => host),
  );
  const items = some.map((row) => ({ ...row, names: names.get(row.host) ?? [] }));
  return { items, next: found.length > A_PAGE ? (items.at(-1)?.host ?? null) : null };
}
