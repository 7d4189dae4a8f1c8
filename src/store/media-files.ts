import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { syncFolder } from "../lib/sync-folder.ts";
import { known } from "./connection.ts";
import { type FileKey, type Growing, MAGIC, openGrowing, SALT } from "./growing-file.ts";
import { fileKey, isMissing, opened, type Range, sealedName, sealInto } from "./sealed-file.ts";

/** The folder of sealed files, each by its id (see sealed-file.ts). */
export type MediaFiles = {
  /** Seals bytes under a new random id, durable when it resolves. Throws "disk-full" or "folder-readonly". */
  put(bytes: Buffer | AsyncIterable<Buffer>): Promise<string>;
  /** Seals bytes for a while, under a key that is nowhere but in memory: to look into them before they are kept. */
  stage(bytes: AsyncIterable<Buffer>): Promise<Staged>;
  /** Goes on with a file of this id that comes in pieces, or begins it. Throws as `put` does. */
  grow(id: string): Promise<Growing>;
  /** Plain bytes from start to end (both included); destroys the stream with an error on anything altered. */
  read(id: string, range?: Range): Readable;
  /** Gone with its key: the salt is overwritten before the file is removed. */
  remove(id: string): Promise<void>;
  /** The same file sealed under another media key, as it is to lie in a folder of that key; null: it is not here, or not whole. */
  anew(id: string, otherKey: Buffer): Promise<SealedAnew | null>;
  /** On the disk, in all. */
  bytes(): Promise<number>;
};

/** `path`: below the folder of sealed files. `writeTo` gives exactly `bytes`; what was altered meanwhile opens no more there either. */
export type SealedAnew = {
  path: string;
  bytes: number;
  writeTo(write: (piece: Buffer) => Promise<void>): Promise<void>;
};

/** Gone when disposed of, and when the program ends. */
export interface Staged extends AsyncDisposable {
  readonly bytes: number;
  read(range?: Range): Readable;
}

const LARGEST_PIECE = 64 * 1024;

export async function createMediaFiles(folder: string, key: Buffer): Promise<MediaFiles> {
  const incoming = join(folder, "incoming");
  // What was being written when the program ended.
  await rm(incoming, { recursive: true, force: true });
  const pathOf = (id: string) => join(folder, ...sealedName(key, id));
  return {
    async put(bytes) {
      const id = randomBytes(16).toString("hex");
      const temporary = join(incoming, randomBytes(8).toString("hex"));
      try {
        await mkdir(incoming, { recursive: true, mode: 0o700 });
        await writeSealed(temporary, fileKey(key, id), bytes);
        await moveDurably(temporary, pathOf(id));
      } catch (error) {
        await rm(temporary, { force: true });
        throw known(error);
      }
      return id;
    },
    async stage(bytes) {
      const path = join(incoming, randomBytes(8).toString("hex"));
      const keyFor = fileKey(randomBytes(32), "staged");
      const remove = () => rm(path, { force: true });
      try {
        await mkdir(incoming, { recursive: true, mode: 0o700 });
        const length = await writeSealed(path, keyFor, bytes);
        return {
          bytes: length,
          read: (range) => Readable.from(opened(path, keyFor, range)),
          [Symbol.asyncDispose]: remove,
        };
      } catch (error) {
        await remove();
        throw known(error);
      }
    },
    grow: (id) => openGrowing(pathOf(id), fileKey(key, id)),
    read: (id, range) => Readable.from(opened(pathOf(id), fileKey(key, id), range)),
    remove: (id) => removeWithKey(pathOf(id)),
    async anew(id, otherKey) {
      const read = (range?: Range) => opened(pathOf(id), fileKey(key, id), range);
      // In this order: what is whole grows no more.
      if (!(await isWhole(read))) return null;
      const { size } = await stat(pathOf(id)).catch(() => ({ size: 0 }));
      if (size === 0) return null;
      return {
        path: sealedName(otherKey, id).join("/"),
        bytes: size,
        writeTo: (write) => sealAnew({ read, size, write }, fileKey(otherKey, id)),
      };
    },
    bytes: () => folderBytes(folder),
  };
}

type Read = (range?: Range) => AsyncIterable<Buffer>;

/** One that still comes has no last chunk. */
async function isWhole(read: Read): Promise<boolean> {
  try {
    for await (const _ of read({ start: 0, end: -1 })) break;
    return true;
  } catch {
    return false;
  }
}

type Anew = { read: Read; size: number; write: (piece: Buffer) => Promise<void> };

/** One damaged file must not keep the others out of a copy: it stays one that does not open. */
async function sealAnew({ read, size, write }: Anew, keyFor: FileKey): Promise<void> {
  let written = 0;
  let [broken, writing]: [unknown, boolean] = [null, false];
  const counted = async (piece: Buffer) => {
    writing = true;
    await write(piece);
    writing = false;
    written += piece.byteLength;
  };
  await sealInto(counted, keyFor, read()).catch((error: unknown) => {
    broken = error;
  });
  if (writing) throw broken;
  for (; written < size; written += Math.min(LARGEST_PIECE, size - written))
    await write(Buffer.alloc(Math.min(LARGEST_PIECE, size - written)));
}

/** Returns how many bytes there were. */
async function writeSealed(
  path: string,
  keyFor: FileKey,
  bytes: Buffer | AsyncIterable<Buffer>,
): Promise<number> {
  await using file = await open(path, "wx", 0o600);
  // Not `write`, which may leave the rest of it out.
  const length = await sealInto((piece) => file.writeFile(piece), keyFor, bytes);
  await file.sync();
  return length;
}

async function moveDurably(from: string, to: string): Promise<void> {
  const shard = dirname(to);
  const made = await mkdir(shard, { recursive: true, mode: 0o700 });
  await rename(from, to);
  for (const folder of made === undefined ? [shard] : [shard, dirname(shard)]) await syncFolder(folder);
}

async function removeWithKey(path: string): Promise<void> {
  try {
    await using file = await open(path, "r+");
    await file.write(randomBytes(SALT), 0, SALT, MAGIC.byteLength);
    await file.sync();
  } catch (error) {
    if (!isMissing(error)) throw known(error);
  }
  await rm(path, { force: true });
}

async function folderBytes(folder: string): Promise<number> {
  let total = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile())
      total += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  }
  return total;
}
