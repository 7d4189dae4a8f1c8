import { createCipheriv, createDecipheriv } from "node:crypto";

/** STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over ChaCha20-Poly1305 (RFC 8439), 64 KiB of plain text a chunk. */
export const CHUNK = 64 * 1024;
const TAG = 16;
export const SEALED_CHUNK = CHUNK + TAG;
const CIPHER = "chacha20-poly1305";

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

export function sealChunk(key: Buffer, number: number, last: boolean, plain: Buffer): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonceOf(number, last), { authTagLength: TAG });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when a byte, the order, or the end of the file is not as it was written. */
export function openChunk(key: Buffer, number: number, last: boolean, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, nonceOf(number, last), { authTagLength: TAG });
  decipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
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
