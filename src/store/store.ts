import { AsyncLocalStorage } from "node:async_hooks";
import { join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { adapterOver } from "./adapter.ts";
import { type Changes, changesOf } from "./changes.ts";
import { type Database, known, openConnection } from "./connection.ts";
import { type Copying, copyStore, type StoreCopy, type StoreKeys, sweepCopies } from "./copying.ts";
import { carried } from "./driver-error.ts";
import { FeedClock, startSession } from "./feed.ts";
import { PrismaClient } from "./generated/client.ts";
import { migrations as ourMigrations } from "./generated/migrations.ts";
import { orderJobsAfter } from "./jobs.ts";
import { createKeeper } from "./keeper.ts";
import { type Lanes, lanesOf } from "./lanes.ts";
import { createMediaFiles, type MediaFiles } from "./media-files.ts";
import { type Migration, migrate } from "./migrate.ts";
import { createMutex } from "./mutex.ts";
import { makeFolder, openWriter, sizeOf } from "./open-database.ts";
import { readingOf } from "./reading.ts";
import type { ReadClient, Tx } from "./tx.ts";

/** The sealed store: reads from anywhere, writes only inside `transact`. */
export interface Store extends AsyncDisposable {
  readonly read: ReadClient;
  /** One transaction on the one writer, durable when it resolves. Never retried, never one inside another. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** After a commit, with the names of the models it touched. */
  onCommit(listener: (entities: ReadonlySet<string>) => void): () => void;
  /** Makes deletion real: nothing of what was deleted stays in the log of the database. */
  purge(): Promise<void>;
  readonly changes: Changes;
  readonly lanes: Lanes;
  readonly media: MediaFiles;
  /** A copy of all of it under other keys. Throws "disk-full" or "folder-readonly". */
  copy(o: Copying): Promise<StoreCopy>;
  /** Bytes on the disk. */
  sizes(): Promise<{ database: number; media: number }>;
}

export type StoreOptions = {
  folder: string;
  keys: StoreKeys;
  deviceId: string;
  now: Clock;
  log: Log;
  /** Others than the product's own: for tests of migrations. */
  migrations?: Migration[];
};

const TRANSACTION_LIMIT = 60_000;
/** Where a store lies in the folder of a device, and its database in there. */
export const STORE_FOLDER = "data";
export const DATABASE_FILE = "tssop.db";
const databaseIn = (folder: string) => join(folder, DATABASE_FILE);

/** Whether something was ever kept in this folder; opening it would make it otherwise. */
export function storeExists(folder: string): boolean {
  return sizeOf(databaseIn(folder)) > 0;
}

/**
 * Opens or makes the store in a folder of its own, which no other process has (see folder-lock.ts). Throws
 * "database-key", "database-damaged", "database-newer", "migration-failed", "disk-full" or "folder-readonly"; the files
 * are then as they were.
 */
export async function openStore(o: StoreOptions): Promise<Store> {
  await using stack = new AsyncDisposableStack();
  makeFolder(o.folder);
  const path = databaseIn(o.folder);
  const clock = new FeedClock(o.now);
  const base = { path, key: o.keys.database, hlc: () => clock.tick(), device: o.deviceId };
  const writer = openWriter(base);
  stack.defer(() => {
    writer.close();
  });
  const session = prepare(writer, o, path, clock);
  const reader = openConnection({ ...base, readonly: true });
  stack.defer(() => {
    reader.close();
  });
  const lock = createMutex();
  const prisma = new PrismaClient({ adapter: adapterOver(writer, reader, lock) });
  await prisma.$connect();
  await sweepCopies(o.folder);
  const media = await createMediaFiles(join(o.folder, "media"), o.keys.media);
  const keeper = createKeeper(writer, lock, o.folder, o.now);
  const closing = stack.move();
  const close = async () => {
    await prisma.$disconnect();
    await closing.disposeAsync();
  };
  const changes = changesOf(reader, session);
  const readers = new Set<Promise<unknown>>();
  const reading = (work: Promise<unknown>) => {
    readers.add(work);
    const end = () => readers.delete(work);
    work.then(end, end);
  };
  const from = { folder: o.folder, path, key: o.keys.database, media, reading };
  const copy = (copying: Copying) => copyStore(from, copying);
  // A checkpoint would wait for who reads the database to copy it, and everything here with it.
  const purge = async () => {
    await Promise.allSettled(readers);
    await keeper.purge();
  };
  const rest = { changes, lanes: lanesOf(reader), media, purge, copy };
  return {
    ...storeOver(prisma, changes, o.log),
    ...rest,
    sizes: () => sizes(path, media),
    [Symbol.asyncDispose]: close,
  };
}

/** Tables up to date, the feed's clock and the jobs' order where they were. Returns the feed's session. */
function prepare(writer: Database, o: StoreOptions, path: string, clock: FeedClock): string {
  try {
    migrate(writer, path, o.migrations ?? ourMigrations, o.now, o.log);
    const newest = writer.prepare("SELECT max(createdAt) AS at FROM Job").get() as { at: string | null };
    if (newest.at !== null) orderJobsAfter(Date.parse(newest.at));
    return startSession(writer, clock);
  } catch (error) {
    throw known(error);
  }
}

async function sizes(path: string, media: MediaFiles): Promise<{ database: number; media: number }> {
  return { database: sizeOf(path) + sizeOf(`${path}-wal`), media: await media.bytes() };
}

function storeOver(
  prisma: PrismaClient,
  changes: Changes,
  log: Log,
): Pick<Store, "read" | "transact" | "onCommit"> {
  const listeners = new Set<(entities: ReadonlySet<string>) => void>();
  const inside = new AsyncLocalStorage<true>();
  let told = changes.head();
  const tell = () => {
    const entities = new Set<string>();
    for (;;) {
      const page = changes.since(told, 500);
      for (const change of page) entities.add(change.entity);
      told = page.at(-1)?.seq ?? told;
      if (page.length < 500) break;
    }
    if (entities.size === 0) return;
    for (const listener of listeners) {
      try {
        listener(entities);
      } catch (error) {
        log.error("after a commit", error); // what was committed stands
      }
    }
  };
  return {
    read: readingOf(prisma),
    async transact(work) {
      // It would wait for the outer one, which waits for it, until both are out of time.
      if (inside.getStore() === true)
        throw new Error("a transaction inside a transaction: use the outer one's tx");
      const limits = { timeout: TRANSACTION_LIMIT, maxWait: TRANSACTION_LIMIT };
      try {
        const result = await inside.run(true, () => prisma.$transaction((tx) => work(tx), limits));
        tell();
        return result;
      } catch (error) {
        throw carried(error);
      }
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
