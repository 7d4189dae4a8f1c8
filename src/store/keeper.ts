import type { Clock } from "../lib/clock.ts";
import { type Database, known } from "./connection.ts";
import { forgetDeleted } from "./feed.ts";
import { dropOldCopies } from "./migrate.ts";
import type { Mutex } from "./mutex.ts";

const DAY = 24 * 60 * 60_000;
/** Longer than any peer is away between two tries of ours, shorter than a year's worth of lines. */
const DELETED_KEPT = 30 * DAY;
const A_SLICE = 500;

/** Keeps the files small and what was deleted gone. Each step takes the writer's lock by itself. */
export function createKeeper(
  writer: Database,
  lock: Mutex,
  folder: string,
  now: Clock,
): { purge: () => Promise<void> } {
  let tidied = Number.NEGATIVE_INFINITY;

  const tidy = async () => {
    if (Math.abs(now() - tidied) < DAY) return;
    tidied = now();
    dropOldCopies(folder, now());
    await lock.run(() => writer.exec("DELETE FROM JobTry WHERE jobId NOT IN (SELECT id FROM Job)"));
    while (await lock.run(() => writer.transaction(forgetDeleted)(writer, now() - DELETED_KEPT, A_SLICE))) {
      // the next slice, after whoever waits for the lock
    }
  };
  return {
    async purge() {
      try {
        await tidy();
        await lock.run(() => writer.pragma("wal_checkpoint(TRUNCATE)"));
      } catch (error) {
        throw known(error);
      }
    },
  };
}
