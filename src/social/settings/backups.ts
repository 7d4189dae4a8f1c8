import type { ReadClient, Tx } from "../../store/tx.ts";
import { changeSetting, setting } from "./settings.ts";

/** When the last one was made, milliseconds since 1970. */
const MADE_AT = "backup.at";

/** null: never. */
export async function lastBackup(read: ReadClient): Promise<number | null> {
  const at = await setting(read, MADE_AT, "");
  return at === "" ? null : Number(at);
}

export async function noteBackup(tx: Tx, now: number): Promise<void> {
  await changeSetting(tx, MADE_AT, String(now));
}
