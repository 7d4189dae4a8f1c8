import { isOnion } from "../lib/onion-name.ts";
import { friendlyAmong } from "../social/people/among-queries.ts";
import { isFriendByWire } from "../social/profile/queries.ts";
import type { ReadClient } from "../store/tx.ts";

/**
 * Whether nobody but this person reads what is sent to where they are. A server of many keeps one copy of a profile and
 * shows it to all on it. Only nodes of one person speak of friendship over the wire, and say in their profile that they do.
 */
export async function hasOwnDevice(
  read: ReadClient,
  { personId, host }: { personId: string; host: string },
): Promise<boolean> {
  if (!isOnion(host)) return false;
  return (await isFriendByWire(read, personId)) || (await friendlyAmong(read, [personId])).length > 0;
}
