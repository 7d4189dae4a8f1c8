import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../lib/sync-folder.ts";
import { known } from "./connection.ts";
import { CHUNK, chunksOf, giveBack, LENGTH, openChunk, SEALED_CHUNK, sealChunk } from "./media-seal.ts";

export type FileKey = (salt: Buffer) => Buffer;

export const MAGIC = Buffer.from("TSM1", "latin1");
export const SALT = 32;
export const HEAD = MAGIC.byteLength + SALT;
/** Chunks written in one go: each way to the disk takes as long as sealing one. */
const AT_ONCE = 8;

/**
 * A sealed file that comes in pieces, over days. As long as it grows it has whole chunks only, none of them marked as the
 * last: until it is ended, nobody takes it for a file. Disposing keeps what came.
 */
export interface Growing extends AsyncDisposable {
  /**
   * What came before, opened; at most so many chunks. To be read to its end before anything is added: whatever stands
   * behind the last chunk that is as it was written is cut off.
   */
  kept(most: number): AsyncGenerator<Buffer>;
  /** A whole chunk of plain text. */
  add(chunk: Buffer): Promise<void>;
  /** What is left, less than a chunk. It is a file, and durable, when this resolves. */
  end(rest: Buffer): Promise<void>;
}

export async function openGrowing(path: string, keyFor: FileKey): Promise<Growing> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      return growing(path, file, keyFor(await saltOf(file)));
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    throw known(error);
  }
}

async function saltOf(file: FileHandle): Promise<Buffer> {
  if ((await file.stat()).size >= HEAD) {
    const head = await bytesAt(file, 0, Buffer.alloc(HEAD));
    if (!head.subarray(0, MAGIC.byteLength).equals(MAGIC)) throw new Error("not a sealed file");
    return head.subarray(MAGIC.byteLength);
  }
  const salt = randomBytes(SALT);
  await file.truncate(0);
  await written(file, Buffer.concat([MAGIC, salt]), 0);
  return salt;
}

function growing(path: string, file: FileHandle, key: Buffer): Growing {
  const sealed = Buffer.allocUnsafeSlow(AT_ONCE * SEALED_CHUNK);
  let [number, waiting] = [0, 0];
  const flush = async () => {
    const from = HEAD + (number - waiting) * SEALED_CHUNK;
    await written(file, sealed.subarray(0, waiting * SEALED_CHUNK), from);
    waiting = 0;
  };
  const seal = async (plain: Buffer, last: boolean) => {
    sealChunk(key, number, last, plain, sealed.subarray(waiting * SEALED_CHUNK));
    number += 1;
    waiting += 1;
    if (waiting === AT_ONCE || last) await flush();
  };
  return {
    async *kept(most) {
      const { size } = await file.stat();
      const whole = Math.min(most, Math.floor((size - HEAD) / SEALED_CHUNK));
      for (number = 0; number < whole; number += 1) {
        const plain = await openedAt(file, key, number);
        if (plain === null) break;
        yield plain;
        giveBack(plain);
      }
      await file.truncate(HEAD + number * SEALED_CHUNK);
    },
    add: (chunk) => seal(chunk, false).catch(thrown),
    async end(rest) {
      const length = number * CHUNK + rest.byteLength;
      const chunks = chunksOf(length);
      const plain = Buffer.alloc(CHUNK);
      rest.copy(plain);
      try {
        while (number < chunks) {
          const last = number === chunks - 1;
          if (last) plain.writeBigUInt64BE(BigInt(length), CHUNK - LENGTH);
          await seal(plain, last);
          plain.fill(0);
        }
        await file.sync();
        for (const folder of [dirname(path), dirname(dirname(path))]) await syncFolder(folder);
      } catch (error) {
        throw known(error);
      }
    },
    async [Symbol.asyncDispose]() {
      try {
        if (waiting > 0) await flush();
      } catch {
        // It is asked for anew.
      } finally {
        await file.close();
      }
    },
  };
}

/** null: it is not as it was written, as after a loss of power. */
async function openedAt(file: FileHandle, key: Buffer, number: number): Promise<Buffer<ArrayBuffer> | null> {
  const sealed = await bytesAt(file, HEAD + number * SEALED_CHUNK, Buffer.allocUnsafeSlow(SEALED_CHUNK));
  try {
    return openChunk(key, number, false, sealed);
  } catch {
    return null;
  }
}

async function written(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.byteLength - at, position + at);
    at += bytesWritten;
  }
}

function thrown(error: unknown): never {
  throw known(error);
}

/** Fills `into`, and returns it. */
export async function bytesAt(file: FileHandle, position: number, into: Buffer): Promise<Buffer> {
  const { bytesRead } = await file.read(into, 0, into.byteLength, position);
  if (bytesRead !== into.byteLength) throw new Error("a sealed file that ends too soon");
  return into;
}
