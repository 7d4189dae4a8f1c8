import type { Tx } from "../../store/tx.ts";
import { type NewMedia, saveMediaRow } from "./media.ts";
import { forgetShown, markDropped, oldestOf, sumOf } from "./queries.ts";

/** Of faces and emoji together; the oldest go. */
const MOST_SHOWN = 64 * 1024 * 1024;
const A_PAGE = 50;

/** A picture of a person, or an emoji, is here, sealed. */
export async function keepShown(tx: Tx, file: NewMedia, now: number, isWanted: boolean): Promise<void> {
  await saveMediaRow(tx, file, "shown", now);
  if (!isWanted) return markDropped(tx, [file.id]);
  let over = (await sumOf(tx, "shown")) - MOST_SHOWN;
  if (over <= 0) return;
  const gone: string[] = [];
  for (const { id, bytes } of await oldestOf(tx, "shown", A_PAGE)) {
    if (over <= 0) break;
    gone.push(id);
    over -= bytes;
  }
  await forgetShown(tx, gone);
}
