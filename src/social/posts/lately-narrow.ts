import type { ReadClient } from "../../store/tx.ts";
import { latestReaches } from "./queries.ts";
import { isOpen, reachOf } from "./reach.ts";

const LATELY = 10;

/** Whether the owner's last ten posts all were for fewer than everyone: one for everyone may then be a slip. */
export async function latelyNarrow(read: ReadClient, ownerId: string): Promise<boolean> {
  const reaches = await latestReaches(read, ownerId, LATELY);
  return reaches.length === LATELY && !reaches.some((reach) => isOpen(reachOf(reach)));
}
