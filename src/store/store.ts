import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import { NodeError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { adapterOver } from "./adapter.ts";
import { type Changes, changesOf } from "./changes.ts";
import { type Database, known, openConnection } from "./connection.ts";
import { FeedClock } from "./feed.ts";
import { lockFolder } from "./folder-lock.ts";
import { PrismaClient } from "./generated/client.ts";
import { migrations as ourMigrations } from "./generated/migrations.ts";
import { createMediaFiles, type MediaFiles } from "./media-files.ts";
import { type Migration, migrate } from "./migrate.ts";
import type { ReadClient, Tx } from "./tx.ts";

/** The sealed store: reads from anywhere, writes only inside `transact`. */
export interface Store extends AsyncDisposable {
  readonly read: ReadClient;
  /** One transaction on the one writer, durable when it resolves. Never retried. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** After a commit, with the names of the models it touched. */
  onCommit(listener: (entities: ReadonlySet<string>) => void): () => void;
  /** Makes deletion real: nothing of what was deleted stays in the log of the database. */
  purge(): Promise<void>;
  readonly changes: Changes;
  readonly media: MediaFiles;
  /** Bytes on the disk. */
  sizes(): Promise<{ database: number; media: number }>;
}

export type StoreOptions = {
  folder: string;
  keys: { database: Buffer; media: Buffer };
  deviceId: string;
  now: Clock;
  log: Log;
  /** Others than the product's own: for tests of migrations. */
  migrations?: Migration[];
};

const TRANSACTION_LIMIT = 60_000;
/** A file up to this size is read through before anything is written to it, a larger one after a crash only. Bytes. */
const CHECKED_ALWAYS = 64 * 1024 * 1024;

/**
 * Opens or makes the store in a folder of its own. Throws "folder-in-use", "database-key", "database-damaged",
 * "database-newer", "migration-failed", "disk-full" or "folder-readonly"; the files are then as they were.
 */
export async function openStore(o: StoreOptions): Promise<Store> {
  await using stack = new AsyncDisposableStack();
  makeFolder(o.folder);
  stack.use(lockFolder(o.folder));
  const path = join(o.folder, "tssop.db");
  const clock = new FeedClock(o.now, 0);
  const base = { path, key: o.keys.database, hlc: () => clock.tick(), device: o.deviceId };
  const existed = existsSync(path);
  const unclean = sizeOf(`${path}-wal`) > 0;
  const writer = openWriter(base, existed);
  stack.defer(() => {
    writer.close();
  });
  if (existed && (unclean || sizeOf(path) < CHECKED_ALWAYS)) checkPages(writer);
  prepare(writer, o, path, clock);
  const reader = openConnection({ ...base, readonly: true });
  stack.defer(() => {
    reader.close();
  });
  for (const name of readdirSync(o.folder)) {
    if (name.startsWith("tssop.db") && process.platform !== "win32") chmodSync(join(o.folder, name), 0o600);
  }
  const prisma = new PrismaClient({ adapter: adapterOver(writer, reader) });
  await prisma.$connect();
  const media = createMediaFiles(join(o.folder, "media"), o.keys.media);
  const session = startSession(writer, clock);
  const closing = stack.move();
  return storeOver({ prisma, writer, reader, session, media, path, close: () => closing.disposeAsync() });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new NodeError("folder-readonly", "the folder cannot be made", { cause });
  }
}

/** A file that was there and does not open is another's or damaged: the first page tells only that it is not ours. */
function openWriter(
  base: Omit<Parameters<typeof openConnection>[0], "readonly">,
  existed: boolean,
): Database {
  try {
    return openConnection({ ...base, readonly: false });
  } catch (error) {
    if (existed && error instanceof NodeError && error.code === "database-key") {
      throw new NodeError("database-damaged", "the first page does not open under the key", { cause: error });
    }
    throw error;
  }
}

/** Every page opens under the key and belongs where it is. Throws "database-damaged". */
function checkPages(writer: Database): void {
  try {
    const said = writer.pragma("quick_check(1)", { simple: true });
    if (said !== "ok") throw new NodeError("database-damaged", "quick_check found something");
  } catch (error) {
    throw known(error);
  }
}

function prepare(writer: Database, o: StoreOptions, path: string, clock: FeedClock): void {
  try {
    migrate(writer, path, o.migrations ?? ourMigrations, o.now, o.log);
    const latest = writer.prepare("SELECT coalesce(max(hlc), 0) AS hlc FROM feed_change").safeIntegers(false);
    clock.observe((latest.get() as { hlc: number }).hlc);
  } catch (error) {
    throw known(error);
  }
}

function startSession(writer: Database, clock: FeedClock): string {
  const nonce = randomBytes(8).toString("hex");
  writer
    .prepare(
      "INSERT INTO feed_session(nonce, first_seq, before_hlc) VALUES (?, (SELECT coalesce(max(seq), 0) FROM feed_change), ?)",
    )
    .run(nonce, clock.tick());
  return nonce;
}

type Parts = {
  prisma: PrismaClient;
  writer: Database;
  reader: Database;
  session: string;
  media: MediaFiles;
  path: string;
  close: () => Promise<void>;
};

function storeOver({ prisma, writer, reader, session, media, path, close }: Parts): Store {
  const listeners = new Set<(entities: ReadonlySet<string>) => void>();
  const changes = changesOf(reader, session);
  let told = changes.head();
  const tell = () => {
    const entities = new Set<string>();
    for (;;) {
      const page = changes.since(told, 500);
      for (const change of page) entities.add(change.entity);
      told = page.at(-1)?.seq ?? told;
      if (page.length < 500) break;
    }
    if (entities.size > 0) for (const listener of listeners) listener(entities);
  };
  return {
    read: prisma,
    async transact(work) {
      const result = await prisma.$transaction((tx) => work(tx), {
        timeout: TRANSACTION_LIMIT,
        maxWait: TRANSACTION_LIMIT,
      });
      tell();
      return result;
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async purge() {
      writer.pragma("wal_checkpoint(TRUNCATE)");
    },
    changes,
    media,
    sizes: async () => ({ database: sizeOf(path) + sizeOf(`${path}-wal`), media: await media.bytes() }),
    async [Symbol.asyncDispose]() {
      await prisma.$disconnect();
      if (writer.open) writer.pragma("wal_checkpoint(TRUNCATE)");
      await close();
    },
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
