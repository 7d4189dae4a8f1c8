import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { NodeError } from "../lib/errors.ts";
import { known } from "./connection.ts";
import { bytesAt, type FileKey, type Growing, HEAD, MAGIC, openGrowing, SALT } from "./growing-file.ts";
import { CHUNK, chunksOf, LENGTH, openChunk, SEALED_CHUNK, sealChunk } from "./media-seal.ts";

/**
 * Sealed files: "TSM1", a salt of 32 bytes, then chunks of 64 KiB under a key of their own (STREAM: the nonce holds the
 * chunk's number and whether it is the last). The last 8 bytes of the plain text are the length of what was put in; zeros
 * stand between, so that a size tells little. Names are derived from the id under the media key: a name tells nothing.
 */
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
  /** On the disk, in all. */
  bytes(): Promise<number>;
};

/** Gone when disposed of, and when the program ends. */
export interface Staged extends AsyncDisposable {
  readonly bytes: number;
  read(range?: Range): Readable;
}

type Range = { start: number; end: number };
/** Chunks written or read in one go: each way to the disk and back takes as long as sealing one. */
const AT_ONCE = 8;

export async function createMediaFiles(folder: string, key: Buffer): Promise<MediaFiles> {
  const incoming = join(folder, "incoming");
  // What was being written when the program ended.
  await rm(incoming, { recursive: true, force: true });
  const pathOf = (id: string) => {
    const name = createHmac("sha256", key).update(`name\n${id}`).digest("hex").slice(0, 40);
    return join(folder, name.slice(0, 2), name);
  };
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
    bytes: () => folderBytes(folder),
  };
}

function fileKey(key: Buffer, id: string): FileKey {
  return (salt) => Buffer.from(hkdfSync("sha256", key, salt, `tssop/v1/media-file\n${id}`, 32));
}

/** Returns how many bytes there were. */
async function writeSealed(
  path: string,
  keyFor: FileKey,
  bytes: Buffer | AsyncIterable<Buffer>,
): Promise<number> {
  const salt = randomBytes(SALT);
  const key = keyFor(salt);
  await using file = await open(path, "wx", 0o600);
  await file.writeFile(Buffer.concat([MAGIC, salt]));
  const plain = Buffer.allocUnsafeSlow(CHUNK);
  const sealed = Buffer.allocUnsafeSlow(AT_ONCE * SEALED_CHUNK);
  let [number, waiting, filled, length] = [0, 0, 0, 0];
  const seal = async (last: boolean) => {
    sealChunk(key, number, last, plain, sealed.subarray(waiting * SEALED_CHUNK));
    number += 1;
    waiting += 1;
    filled = 0;
    if (waiting < AT_ONCE && !last) return;
    // Not `write`, which may leave the rest of it out.
    await file.writeFile(sealed.subarray(0, waiting * SEALED_CHUNK));
    waiting = 0;
  };
  for await (const piece of Buffer.isBuffer(bytes) ? [bytes] : bytes) {
    length += piece.byteLength;
    for (let at = 0; at < piece.byteLength; ) {
      const copied = piece.copy(plain, filled, at);
      at += copied;
      filled += copied;
      if (filled === CHUNK) await seal(false);
    }
  }
  const chunks = chunksOf(length);
  while (number < chunks) {
    plain.fill(0, filled);
    const last = number === chunks - 1;
    if (last) plain.writeBigUInt64BE(BigInt(length), CHUNK - LENGTH);
    await seal(last);
  }
  await file.sync();
  return length;
}

async function moveDurably(from: string, to: string): Promise<void> {
  const shard = dirname(to);
  const made = await mkdir(shard, { recursive: true, mode: 0o700 });
  await rename(from, to);
  if (process.platform === "win32") return;
  for (const folder of made === undefined ? [shard] : [shard, dirname(shard)]) {
    await using handle = await open(folder, "r");
    await handle.sync();
  }
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

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

async function* opened(path: string, keyFor: FileKey, range?: Range): AsyncGenerator<Buffer> {
  await using file = await open(path, "r").catch((cause: unknown) => {
    throw isMissing(cause) ? new NodeError("not-found", "no such sealed file", { cause }) : known(cause);
  });
  const chunks = ((await file.stat()).size - HEAD) / SEALED_CHUNK;
  if (!Number.isInteger(chunks) || chunks < 1) throw new Error("a sealed file of an impossible size");
  const head = await bytesAt(file, 0, Buffer.alloc(HEAD));
  if (!head.subarray(0, MAGIC.byteLength).equals(MAGIC)) throw new Error("not a sealed file");
  const key = keyFor(head.subarray(MAGIC.byteLength));
  const sealed = Buffer.allocUnsafeSlow(Math.min(AT_ONCE, chunks) * SEALED_CHUNK);
  const readChunks = (n: number, count: number) =>
    bytesAt(file, HEAD + n * SEALED_CHUNK, sealed.subarray(0, count * SEALED_CHUNK));
  // The last chunk knows the length, and proves that nothing was cut off, whatever range is asked for.
  const last = openChunk(key, chunks - 1, true, await readChunks(chunks - 1, 1));
  const length = Number(last.readBigUInt64BE(CHUNK - LENGTH));
  const from = Math.max(0, range?.start ?? 0);
  const to = Math.min((range?.end ?? length - 1) + 1, length);
  const end = Math.ceil(to / CHUNK);
  let ahead: Buffer = sealed.subarray(0, 0);
  for (let n = Math.floor(from / CHUNK); n < end; n += 1) {
    let plain = last;
    if (n < chunks - 1) {
      if (ahead.byteLength === 0) ahead = await readChunks(n, Math.min(AT_ONCE, end - n));
      plain = openChunk(key, n, false, ahead.subarray(0, SEALED_CHUNK));
      ahead = ahead.subarray(SEALED_CHUNK);
    }
    const part = plain.subarray(Math.max(0, from - n * CHUNK), Math.min(CHUNK, to - n * CHUNK));
    if (part.byteLength > 0) yield part;
  }
}

async function folderBytes(folder: string): Promise<number> {
  let total = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile())
      total += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  }
  return total;
}
