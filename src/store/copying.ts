import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { resolve as absolute, basename, join } from "node:path";
import { Worker } from "node:worker_threads";
import { type ErrorCode, NodeError } from "../lib/errors.ts";
import { known } from "./connection.ts";
import type { CopyOrder } from "./copy-database.ts";
import type { MediaFiles, SealedAnew } from "./media-files.ts";

export type StoreKeys = { database: Buffer; media: Buffer };

/**
 * Everything that is kept here, sealed under other keys, as the files of a store's folder. The database comes last: a copy
 * that was cut off has none. Disposing removes what was made for it.
 */
export interface StoreCopy extends AsyncDisposable {
  readonly files: readonly SealedAnew[];
}

export type Copying = {
  keys: StoreKeys;
  /** Models whose rows stay out. */
  without: readonly string[];
  /** The program that copies in a thread of its own, see copier.ts. */
  copier: string;
  signal: AbortSignal;
};

const copiesIn = (folder: string) => join(folder, "copying");

/** What a copy left behind when the program ended. */
export async function sweepCopies(folder: string): Promise<void> {
  await rm(copiesIn(folder), { recursive: true, force: true });
}

/** `reading`: is told what reads the database, until it does not any more. */
type From = {
  folder: string;
  path: string;
  key: Buffer;
  media: MediaFiles;
  reading: (work: Promise<unknown>) => void;
};

/** Throws "disk-full", "folder-readonly" and the reason of the signal. */
export async function copyStore(
  { folder, path, key, media, reading }: From,
  { keys, without, copier, signal }: Copying,
): Promise<StoreCopy> {
  const own = join(copiesIn(folder), randomBytes(8).toString("hex"));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(own, { recursive: true, force: true, maxRetries: 5 }));
  try {
    await mkdir(own, { recursive: true, mode: 0o700 });
    const to = join(own, basename(path));
    const order = { from: path, key, to, otherKey: keys.database, without };
    const copied = inThread(copier, order, signal);
    reading(copied);
    const ids = await copied;
    const files: SealedAnew[] = [];
    for (const id of ids) {
      signal.throwIfAborted();
      const file = await media.anew(id, keys.media);
      if (file !== null) files.push({ ...file, path: `media/${file.path}` });
    }
    // By their names of chance: in the order of their ids two copies would tell what came in between.
    files.sort((one, other) => (one.path < other.path ? -1 : 1));
    files.push(await plainFile(to, basename(path)));
    const closing = stack.move();
    return { files, [Symbol.asyncDispose]: () => closing.disposeAsync() };
  } catch (error) {
    throw known(error);
  }
}

async function plainFile(at: string, path: string): Promise<SealedAnew> {
  return {
    path,
    bytes: (await stat(at)).size,
    async writeTo(write) {
      for await (const piece of createReadStream(at)) await write(piece as Buffer);
    },
  };
}

/** What the thread says: the ids of the sealed files that the copy speaks of, or why there is none. */
export type Copied = { media: string[] } | { failed: ErrorCode; message: string };

async function inThread(copier: string, order: CopyOrder, signal: AbortSignal): Promise<string[]> {
  signal.throwIfAborted();
  const worker = new Worker(absolute(copier), { workerData: order });
  const leave = () => void worker.terminate();
  signal.addEventListener("abort", leave);
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  try {
    return await said(worker);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", leave);
    // Its connections are closed when it is over.
    await ended;
  }
}

function said(worker: Worker): Promise<string[]> {
  return new Promise((resolve, reject) => {
    worker.on("message", (copied: Copied) => {
      if ("media" in copied) resolve(copied.media);
      else reject(new NodeError(copied.failed, copied.message));
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("the copying thread ended without a copy")));
  });
}
