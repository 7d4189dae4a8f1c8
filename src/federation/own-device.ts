import { isOnion } from "../lib/onion-name.ts";
import { isFriendByWire } from "../social/profile/queries.ts";
import type { ReadClient } from "../store/tx.ts";

/**
 * Whether nobody but this person reads what is sent to where they are. A server of many keeps one copy of a profile and
 * shows it to all on it. Only nodes of one person speak of friendship over the wire.
 */
export async function hasOwnDevice(
  read: ReadClient,
  { personId, host }: { personId: string; host: string },
): Promise<boolean> {
  return isOnion(host) && (await isFriendByWire(read, personId));
}
