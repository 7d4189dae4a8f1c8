import type { Store } from "../../store/store.ts";
import { UNUSED_KEPT } from "./limits.ts";
import { deleteMediaRows, droppedIds, dropUnusedBefore, markDropped, orphansAfter } from "./queries.ts";

const A_PAGE = 200;
type Place = Pick<Store, "read" | "transact" | "media">;

/**
 * Removes from the disk what no post carries any more. The file goes before its row: whatever is broken off is done
 * again at the next start.
 */
export async function removeDropped(store: Place): Promise<void> {
  for (;;) {
    const ids = await droppedIds(store.read, A_PAGE);
    if (ids.length === 0) return;
    for (const id of ids) await store.media.remove(id);
    await store.transact((tx) => deleteMediaRows(tx, ids));
  }
}

/** Files that were added and never posted, after a day; and those that nothing names any more. */
export async function sweepFiles(store: Place, now: number): Promise<void> {
  await store.transact((tx) => dropUnusedBefore(tx, now - UNUSED_KEPT));
  for (let after: string | null = ""; after !== null; ) {
    const from: string = after;
    after = await store.transact(async (tx) => {
      const { ids, next } = await orphansAfter(tx, from, A_PAGE, now - UNUSED_KEPT);
      await markDropped(tx, ids);
      return next;
    });
  }
  await removeDropped(store);
}
