import { createCipheriv, createDecipheriv } from "node:crypto";

/** STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over ChaCha20-Poly1305 (RFC 8439), 64 KiB of plain text a chunk. */
export const CHUNK = 64 * 1024;
const TAG = 16;
export const SEALED_CHUNK = CHUNK + TAG;
const CIPHER = "chacha20-poly1305";

/** Length of the plain text, at the end of the last chunk. */
export const LENGTH = 8;

/** Chunks of a file of so many bytes. */
export function chunksOf(bytes: number): number {
  return paddedTo(Math.ceil((bytes + LENGTH) / CHUNK));
}

/** Does not wait for the collector, which stops everything every few megabytes to find such buffers. */
export function giveBack({ buffer, byteLength }: Buffer<ArrayBuffer>): void {
  // Memory that others have a part of stays.
  if (buffer.byteLength === byteLength) buffer.transfer(0);
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Seals into `into`, of SEALED_CHUNK bytes. */
export function sealChunk(key: Buffer, number: number, last: boolean, plain: Buffer, into: Buffer): void {
  const cipher = createCipheriv(CIPHER, key, nonceOf(number, last), { authTagLength: TAG });
  const text = cipher.update(plain);
  text.copy(into);
  cipher.final(); // a stream cipher has nothing left
  cipher.getAuthTag().copy(into, CHUNK);
  giveBack(text);
}

/** Throws when a byte, the order, or the end of the file is not as it was written. */
export function openChunk(key: Buffer, number: number, last: boolean, sealed: Buffer): Buffer<ArrayBuffer> {
  const decipher = createDecipheriv(CIPHER, key, nonceOf(number, last), { authTagLength: TAG });
  decipher.setAuthTag(sealed.subarray(CHUNK));
  const plain = decipher.update(sealed.subarray(0, CHUNK));
  decipher.final();
  return plain;
}

/**
 * Padmé (Nikitin et al. 2019, "Reducing metadata leakage from encrypted files"): a number of chunks is rounded up by at
 * most an eighth, so that all sizes of one magnitude fall into a few.
 */
export function paddedTo(chunks: number): number {
  if (chunks < 2) return 1;
  const exponent = Math.floor(Math.log2(chunks));
  const step = 2 ** Math.max(0, exponent - Math.floor(Math.log2(exponent)) - 1);
  return Math.ceil(chunks / step) * step;
}
