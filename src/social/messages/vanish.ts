import type { Store } from "../../store/store.ts";
import type { Tx } from "../../store/tx.ts";
import { setting } from "../settings/settings.ts";
import { dropLettersOf } from "./letters/queries.ts";
import { dropMessages, overdueIds } from "./queries.ts";

/** Seconds that messages are kept on the owner's devices at the most; "0": as long as they are wanted. */
export const KEEP_SETTING = "messages.keep";
const AT_ONCE = 500;

/** Takes away what was to vanish by now, and what is older than the owner keeps anything. */
export async function vanishDue(store: Pick<Store, "read" | "transact">, now: number): Promise<void> {
  const keep = Number(await setting(store.read, KEEP_SETTING, "0"));
  const arrivedBefore = keep > 0 ? now - keep * 1000 : 0;
  for (;;) {
    const ids = await overdueIds(store.read, { now, arrivedBefore, limit: AT_ONCE });
    if (ids.length === 0) return;
    await store.transact((tx) => drop(tx, ids));
  }
}

async function drop(tx: Tx, ids: string[]): Promise<void> {
  await dropLettersOf(tx, ids);
  await dropMessages(tx, ids);
}
