import { NodeError } from "../lib/errors.ts";
import { CHUNK, chunksOf, giveBack, LENGTH, openChunk, SEALED_CHUNK, sealChunk } from "./media-seal.ts";

/**
 * A file on its way to one person: the chunks of media-files.ts without a head, under a key that stands in the letter that
 * speaks of it. The same key never seals anything else, so every answer is the same, byte by byte, and a transfer goes on
 * at any chunk. Zeros fill it up to one of a few sizes (Padmé); the last 8 bytes are the length.
 */
export const wireBytes = (bytes: number): number => chunksOf(bytes) * SEALED_CHUNK;

type Range = { start: number; end: number };

/** What came is not what the letter speaks of: a chunk does not open, or there is more than there is to be. */
export class WireDamaged extends Error {
  override readonly name = "WireDamaged";
}

/** Bytes on the wire from start to end, both included. `plain`: those of the file; sealed while they are read. */
export async function* sealedForWire(
  { key, bytes }: { key: Buffer; bytes: number },
  plain: (range: Range) => AsyncIterable<Buffer>,
  { start, end }: Range,
): AsyncGenerator<Buffer> {
  const chunks = chunksOf(bytes);
  const first = Math.floor(start / SEALED_CHUNK);
  const past = Math.min(Math.floor(end / SEALED_CHUNK) + 1, chunks);
  const text = Buffer.alloc(CHUNK);
  let number = first;
  const seal = () => {
    if (number === chunks - 1) text.writeBigUInt64BE(BigInt(bytes), CHUNK - LENGTH);
    const sealed = Buffer.allocUnsafeSlow(SEALED_CHUNK);
    sealChunk(key, number, number === chunks - 1, text, sealed);
    const from = Math.max(0, start - number * SEALED_CHUNK);
    const to = Math.min(SEALED_CHUNK, end + 1 - number * SEALED_CHUNK);
    number += 1;
    return sealed.subarray(from, to);
  };
  const [from, to] = [first * CHUNK, Math.min(past * CHUNK, bytes)];
  let filled = 0;
  for await (const piece of from < to ? plain({ start: from, end: to - 1 }) : []) {
    for (let at = 0; at < piece.byteLength; ) {
      const copied = piece.copy(text, filled, at);
      at += copied;
      filled += copied;
      if (filled < CHUNK) continue;
      filled = 0;
      yield seal();
    }
  }
  while (number < past) {
    text.fill(0, filled);
    filled = 0;
    yield seal();
  }
}

/**
 * The plain chunks of what comes, from a chunk on: whole ones, then what is left, which is shorter. Each is proven before
 * it is handed out, and given back to the system when the next one is asked for. Throws WireDamaged, and "peer-off" when it
 * breaks off.
 */
export async function* openedFromWire(
  { key, bytes, from }: { key: Buffer; bytes: number; from: number },
  wire: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const chunks = chunksOf(bytes);
  const sealed = Buffer.allocUnsafeSlow(SEALED_CHUNK);
  let [number, filled] = [from, 0];
  for await (const piece of wire) {
    for (let at = 0; at < piece.byteLength; ) {
      if (number === chunks) throw new WireDamaged("more than there is to be");
      const part = piece.subarray(at, at + SEALED_CHUNK - filled);
      sealed.set(part, filled);
      at += part.byteLength;
      filled += part.byteLength;
      if (filled < SEALED_CHUNK) continue;
      filled = 0;
      const plain = proven(key, number, chunks, bytes, sealed);
      const length = Math.min(CHUNK, bytes - number * CHUNK);
      number += 1;
      if (length > 0) yield plain.subarray(0, length);
      giveBack(plain);
    }
  }
  if (number < chunks) throw new NodeError("peer-off", "the file broke off");
}

function proven(key: Buffer, number: number, chunks: number, bytes: number, sealed: Buffer) {
  const last = number === chunks - 1;
  let plain: Buffer<ArrayBuffer>;
  try {
    plain = openChunk(key, number, last, sealed);
  } catch (cause) {
    throw new WireDamaged("a chunk that does not open", { cause });
  }
  if (last && plain.readBigUInt64BE(CHUNK - LENGTH) !== BigInt(bytes))
    throw new WireDamaged("another length than was said");
  return plain;
}
