import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { NodeError } from "../lib/errors.ts";
import { known } from "./connection.ts";
import { bytesAt, type FileKey, HEAD, MAGIC, SALT } from "./growing-file.ts";
import { CHUNK, chunksOf, LENGTH, openChunk, SEALED_CHUNK, sealChunk } from "./media-seal.ts";

/**
 * A sealed file: "TSM1", a salt of 32 bytes, then chunks of 64 KiB under a key of their own (STREAM: the nonce holds the
 * chunk's number and whether it is the last). The last 8 bytes of the plain text are the length of what was put in; zeros
 * stand between, so that a size tells little.
 */
export type Range = { start: number; end: number };
/** Chunks written or read in one go: each way to the disk and back takes as long as sealing one. */
const AT_ONCE = 8;

export function fileKey(key: Buffer, id: string): FileKey {
  return (salt) => Buffer.from(hkdfSync("sha256", key, salt, `tssop/v1/media-file\n${id}`, 32));
}

/** Derived from the id under the media key, so that a name tells nothing: "ab/ab…", 40 hexadecimal digits. */
export function sealedName(key: Buffer, id: string): [shard: string, name: string] {
  const name = createHmac("sha256", key).update(`name\n${id}`).digest("hex").slice(0, 40);
  return [name.slice(0, 2), name];
}

/** Seals into `write`, whose piece is good until it resolves. Returns how many plain bytes there were. */
export async function sealInto(
  write: (piece: Buffer) => Promise<void>,
  keyFor: FileKey,
  bytes: Buffer | AsyncIterable<Buffer>,
): Promise<number> {
  const salt = randomBytes(SALT);
  const key = keyFor(salt);
  await write(Buffer.concat([MAGIC, salt]));
  const plain = Buffer.allocUnsafeSlow(CHUNK);
  const sealed = Buffer.allocUnsafeSlow(AT_ONCE * SEALED_CHUNK);
  let [number, waiting, filled, length] = [0, 0, 0, 0];
  const seal = async (last: boolean) => {
    sealChunk(key, number, last, plain, sealed.subarray(waiting * SEALED_CHUNK));
    number += 1;
    waiting += 1;
    filled = 0;
    if (waiting < AT_ONCE && !last) return;
    await write(sealed.subarray(0, waiting * SEALED_CHUNK));
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
  return length;
}

export async function* opened(path: string, keyFor: FileKey, range?: Range): AsyncGenerator<Buffer> {
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

export const isMissing = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ENOENT";
