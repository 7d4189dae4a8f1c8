import { randomId, systemRandom } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { MOST_VISITS, type Opened } from "./guest.ts";
import { dropOldVisits, guestRow, hasVisit, insertVisit } from "./queries.ts";

const HOUR = 60 * 60_000;
const hourOf = (now: number) => now - (now % HOUR);

/** Whether it is written down already that a guest opened this in this hour. */
export function isNoted(read: ReadClient, guestId: string, opened: Opened, now: number): Promise<boolean> {
  return hasVisit(read, guestId, opened, hourOf(now));
}

/** Writes down what a guest opened: once for each thing and hour, and no more than so much of one guest. */
export async function noteVisit(tx: Tx, guestId: string, opened: Opened, now: number): Promise<void> {
  if ((await guestRow(tx, guestId)) === null || (await isNoted(tx, guestId, opened, now))) return;
  await insertVisit(tx, { id: randomId(systemRandom), guestId, ...opened }, now);
  await dropOldVisits(tx, guestId, MOST_VISITS);
}
