import type { ReadClient } from "../../../store/tx.ts";
import { gnupgKeys } from "../keys/gnupg.ts";
import { usedKey } from "../keys/trust.ts";

/** Whether somebody has a key as GnuPG makes them and the owner has none, so that what goes to them is not signed. */
export async function lacksOldKey(read: ReadClient, personId: string): Promise<boolean> {
  return (await usedKey(read, personId))?.version === 4 && (await gnupgKeys(read)) === null;
}
