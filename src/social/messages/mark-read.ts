import type { Random } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { setting } from "../settings/settings.ts";
import { LETTER_LIMITS } from "./letter.ts";
import { leaveLetter, nextPlace } from "./letters/leave.ts";
import { changeMessage, unreadRows } from "./queries.ts";

/** "no": others are not told when the owner has read what they wrote, and the owner does not see when they did. */
export const RECEIPTS_SETTING = "messages.receipts";

/**
 * The owner has seen what is in a conversation. The other is told of what they both want to know of, and of what vanishes: for it
 * goes at both ends, so long after it was read.
 */
export async function markRead(tx: Tx, personId: string, now: number, random: Random): Promise<void> {
  const rows = await unreadRows(tx, personId, LETTER_LIMITS.read);
  if (rows.length === 0) return;
  for (const { id, vanish } of rows)
    await changeMessage(tx, id, { readAt: new Date(now), ...goesAt(vanish, now) });
  const telling = (await setting(tx, RECEIPTS_SETTING, "yes")) !== "no";
  const told = rows.filter(
    ({ kind, form, vanish }) => kind === "text" && form === "letter" && (telling || vanish > 0),
  );
  if (told.length === 0) return;
  const place = await nextPlace(tx, personId, now, random);
  await leaveLetter(tx, personId, place, { kind: "read", detail: told.map(({ id }) => id).join(" ") }, now);
}

/** When a message goes that was read now. */
export function goesAt(vanish: number, now: number): { vanishAt: Date } | Record<string, never> {
  return vanish === 0 ? {} : { vanishAt: new Date(now + vanish * 1000) };
}
