import type { ReadClient, Tx } from "../../store/tx.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { countNew, countRequests, readUpTo, setReadUpTo } from "./queries.ts";

/** Counted up to this many. */
const MOST = 100;

export async function unreadCounts(read: ReadClient): Promise<{ notices: number; requests: number }> {
  const ownerId = await ownerIdOf(read);
  return {
    notices: await countNew(read, await readUpTo(read), MOST),
    requests: await countRequests(read, ownerId, MOST),
  };
}

export async function markNoticesRead(tx: Tx, now: number): Promise<void> {
  await setReadUpTo(tx, now);
}
