import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { setMuted, unsetMuted } from "./queries.ts";

const HOUR = 60 * 60_000;

/** Milliseconds; 0: until the owner ends it. */
export const MUTE_CHOICES = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, always: 0 } as const;
export type MuteChoice = keyof typeof MUTE_CHOICES;

const LONGEST = 3_650 * 24 * HOUR;

/**
 * The owner does not want to see somebody's posts for a while; the person is not told, and nothing between the two
 * changes. `lasting`: milliseconds, 0: until it is ended. `notices`: what they do gives no notice either.
 */
export async function mute(
  tx: Tx,
  personId: string,
  how: { lasting: number; notices: boolean },
  now: number,
): Promise<void> {
  if (personId === (await ownerIdOf(tx))) throw new NodeError("not-allowed", "nobody mutes themselves");
  await setMuted(tx, personId, { until: endOf(how.lasting, now), notices: how.notices }, now);
}

export async function unmute(tx: Tx, personId: string): Promise<void> {
  await unsetMuted(tx, personId);
}

/** When something of this length is over; 0: never. */
export function endOf(lasting: number, now: number): number {
  return lasting > 0 ? now + Math.min(Math.trunc(lasting), LONGEST) : 0;
}
