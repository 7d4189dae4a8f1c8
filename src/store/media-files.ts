import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { CHUNK, openChunk, SEALED_CHUNK, sealChunk } from "./media-seal.ts";

/**
 * Sealed files: "TSM1", a salt of 32 bytes, then chunks of 64 KiB under a key of their own (STREAM: the nonce holds the
 * chunk's number and whether it is the last). The first 8 bytes of the plain text are its length; the rest is padded to
 * whole chunks, so a size tells little. Names are derived from the id under the media key, so a name tells nothing.
 */
export type MediaFiles = {
  /** Seals bytes under a new random id, durable when it resolves. */
  put(bytes: Buffer | Readable): Promise<string>;
  /** Plain bytes from start to end (both included); destroys the stream with an error on anything altered. */
  read(id: string, range?: { start: number; end: number }): Readable;
  remove(id: string): Promise<void>;
  /** On the disk, in all. */
  bytes(): Promise<number>;
};

const MAGIC = Buffer.from("TSM1", "latin1");
const HEAD = MAGIC.byteLength + 32;
const LENGTH = 8;

export function createMediaFiles(folder: string, key: Buffer): MediaFiles {
  const pathOf = (id: string) => {
    const name = createHmac("sha256", key).update(`name\n${id}`).digest("hex").slice(0, 40);
    return { folder: join(folder, name.slice(0, 2)), path: join(folder, name.slice(0, 2), name) };
  };
  return {
    async put(bytes) {
      const id = randomBytes(16).toString("hex");
      const place = pathOf(id);
      await mkdir(place.folder, { recursive: true, mode: 0o700 });
      const temporary = `${place.path}.tmp`;
      try {
        await writeSealed(temporary, fileKey(key, id), bytes);
        await rename(temporary, place.path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      return id;
    },
    read: (id, range) => Readable.from(opened(pathOf(id).path, fileKey(key, id), range)),
    remove: (id) => rm(pathOf(id).path, { force: true }),
    bytes: () => folderBytes(folder),
  };
}

type FileKey = (salt: Buffer) => Buffer;

function fileKey(key: Buffer, id: string): FileKey {
  return (salt) => Buffer.from(hkdfSync("sha256", key, salt, `tssop/v1/media-file\n${id}`, 32));
}

/** The length is known only at the end, so it is written last, as the first chunk's first bytes: two passes in memory. */
async function writeSealed(path: string, keyFor: FileKey, bytes: Buffer | Readable): Promise<void> {
  const plain = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.concat(await Array.fromAsync(bytes as AsyncIterable<Buffer>));
  const salt = randomBytes(32);
  const key = keyFor(salt);
  const length = Buffer.alloc(LENGTH);
  length.writeBigUInt64BE(BigInt(plain.byteLength));
  const whole = Math.ceil((LENGTH + plain.byteLength) / CHUNK) * CHUNK;
  const padding = Buffer.alloc(whole - LENGTH - plain.byteLength);
  const body = Buffer.concat([length, plain, padding]);
  const file = await open(path, "wx", 0o600);
  try {
    await file.write(Buffer.concat([MAGIC, salt]));
    const chunks = body.byteLength / CHUNK;
    for (let n = 0; n < chunks; n += 1) {
      await file.write(sealChunk(key, n, n === chunks - 1, body.subarray(n * CHUNK, (n + 1) * CHUNK)));
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* opened(
  path: string,
  keyFor: FileKey,
  range?: { start: number; end: number },
): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  const chunks = (size - HEAD) / SEALED_CHUNK;
  if (!Number.isInteger(chunks) || chunks < 1) throw new Error("a sealed file of an impossible size");
  const file = await open(path, "r");
  try {
    const head = Buffer.alloc(HEAD);
    await file.read(head, 0, HEAD, 0);
    if (!head.subarray(0, 4).equals(MAGIC)) throw new Error("not a sealed file");
    const key = keyFor(head.subarray(4));
    const chunk = async (n: number) => {
      const sealed = Buffer.alloc(SEALED_CHUNK);
      await file.read(sealed, 0, SEALED_CHUNK, HEAD + n * SEALED_CHUNK);
      return openChunk(key, n, n === chunks - 1, sealed);
    };
    // The last chunk proves that nothing was cut off, whatever range is asked for.
    const last = await chunk(chunks - 1);
    const first = chunks === 1 ? last : await chunk(0);
    const length = Number(first.readBigUInt64BE());
    const from = LENGTH + (range?.start ?? 0);
    const to = LENGTH + Math.min((range?.end ?? length - 1) + 1, length);
    for (let n = Math.floor(from / CHUNK); n * CHUNK < to; n += 1) {
      const plain = n === 0 ? first : n === chunks - 1 ? last : await chunk(n);
      const part = plain.subarray(Math.max(0, from - n * CHUNK), Math.min(CHUNK, to - n * CHUNK));
      if (part.byteLength > 0) yield part;
    }
  } finally {
    await file.close();
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
