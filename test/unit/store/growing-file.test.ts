import { randomBytes } from "node:crypto";
import { appendFile, mkdtemp, readdir, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMediaFiles, type MediaFiles } from "../../../src/store/media-files.ts";
import { CHUNK, SEALED_CHUNK } from "../../../src/store/media-seal.ts";

let folder: string;
let media: MediaFiles;
const id = "a".repeat(32);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "growing-"));
  media = await createMediaFiles(folder, randomBytes(32));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = randomBytes(20 * CHUNK + 77);
const chunk = (n: number) => bytes.subarray(n * CHUNK, (n + 1) * CHUNK);
const lastChunk = bytes.subarray(20 * CHUNK);

async function read(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of media.read(id)) parts.push(part);
  return Buffer.concat(parts);
}

/** Opens what is there, adds chunks up to one, and leaves. Returns how many were there. */
async function grow(to: number, end = false): Promise<number> {
  await using growing = await media.grow(id);
  let kept = 0;
  for await (const part of growing.kept(20)) {
    expect(part.equals(chunk(kept))).toBe(true);
    kept += 1;
  }
  for (let n = kept; n < to; n += 1) await growing.add(chunk(n));
  if (end) await growing.end(lastChunk);
  return kept;
}

async function path(): Promise<string> {
  const [found] = (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{40}$/.test(name));
  return join(folder, found ?? "");
}

describe("a sealed file that comes in pieces", () => {
  test("goes on where it stopped, over and over, and is in the end what was put in", async () => {
    expect([await grow(3), await grow(11), await grow(12), await grow(20, true)]).toEqual([0, 3, 11, 12]);
    expect((await read()).equals(bytes)).toBe(true);
  });

  test("is no file before its end", async () => {
    await grow(9);
    await expect(read()).rejects.toThrow();
  });

  test("drops what a loss of power left behind the last whole chunk", async () => {
    await grow(9);
    await appendFile(await path(), randomBytes(1_000));
    expect(await grow(10)).toBe(9);
    const { size } = await stat(await path());
    await truncate(await path(), size - 5);
    await appendFile(await path(), randomBytes(5));
    expect(await grow(20, true)).toBe(9);
    expect((await read()).equals(bytes)).toBe(true);
  });

  test("that broke off while it was ended is ended anew", async () => {
    await grow(20, true);
    await truncate(await path(), (await stat(await path())).size - SEALED_CHUNK);
    expect(await grow(20, true)).toBe(20);
    expect((await read()).equals(bytes)).toBe(true);
  });

  test("is as long as any other of its size, and gone with its key", async () => {
    await grow(20, true);
    const other = await createMediaFiles(join(folder, "other"), randomBytes(32));
    await other.put(bytes);
    expect(await media.bytes()).toBe(2 * (await other.bytes()));
    await media.remove(id);
    await expect(read()).rejects.toMatchObject({ code: "not-found" });
  });
});
