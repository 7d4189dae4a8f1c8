import type { Tx } from "../../store/tx.ts";
import { ASKED_KEPT_MS, MOST_ASKED } from "./outside.ts";
import { countAsked, dropAskedBefore, outsideServer, saveOutside } from "./queries.ts";

/** Something wants to go to, or says that it comes from, a server outside: the owner is asked, once. */
export async function askAbout(tx: Tx, host: string, now: number): Promise<void> {
  if ((await outsideServer(tx, host)) !== null) return;
  await dropAskedBefore(tx, now - ASKED_KEPT_MS);
  if ((await countAsked(tx)) >= MOST_ASKED) return;
  await saveOutside(tx, { host, state: "asked", at: now });
}
