import type { Tx } from "../../store/tx.ts";
import { ASKED_KEPT_MS, MOST_ASKED } from "./outside.ts";
import { countAsked, dropAskedBefore, dropOldestAsked, outsideServer, saveOutside } from "./queries.ts";

/**
 * Something wants to go to, or says that it comes from, a server outside: the owner is asked, once. Anybody can claim to
 * come from anywhere, so when many questions wait no more are added; but what the owner looks for makes room for itself.
 */
export async function askAbout(tx: Tx, host: string, now: number, by: "others" | "owner"): Promise<void> {
  if ((await outsideServer(tx, host)) !== null) return;
  await dropAskedBefore(tx, now - ASKED_KEPT_MS);
  if ((await countAsked(tx)) >= MOST_ASKED) {
    if (by !== "owner") return;
    await dropOldestAsked(tx);
  }
  await saveOutside(tx, { host, state: "asked", at: now });
}
