import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMediaFiles, type MediaFiles } from "../../../src/store/media-files.ts";
import { createStoreFolder, type StoreFolder } from "./open.ts";

const CHUNK = 64 * 1024;
const SEALED = CHUNK + 16;
const HEAD = 36;
const key = randomBytes(32);
let folder: StoreFolder;
let media: MediaFiles;
beforeEach(async () => {
  folder = createStoreFolder();
  media = await createMediaFiles(folder.path, key);
});
afterEach(() => folder[Symbol.dispose]());

const whole = async (id: string, range?: { start: number; end: number }) =>
  Buffer.concat(await Array.fromAsync(media.read(id, range)));
const files = () =>
  readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test.each([0, 1, CHUNK - 9, CHUNK - 8, CHUNK - 7, CHUNK, CHUNK + 1, 3 * CHUNK - 8, 700_001])(
  "a file of %i bytes comes back as it was",
  async (size) => {
    const bytes = randomBytes(size);
    expect((await whole(await media.put(bytes))).equals(bytes)).toBe(true);
    const pieces = Readable.from([bytes.subarray(0, size / 3), bytes.subarray(size / 3)]);
    expect((await whole(await media.put(pieces))).equals(bytes)).toBe(true);
  },
);

test("any range comes back, cut at the file's end", async () => {
  const bytes = randomBytes(300_000);
  const id = await media.put(bytes);
  for (const [start, end] of [
    [0, 0],
    [65_000, 140_000],
    [CHUNK, CHUNK],
    [CHUNK - 1, CHUNK],
    [299_999, 299_999],
    [299_000, 999_999],
    [300_000, 300_010],
  ] as const) {
    expect((await whole(id, { start, end })).equals(bytes.subarray(start, end + 1)), `${start}`).toBe(true);
  }
});

const alterations: [string, (file: Buffer) => Buffer][] = [
  ["cut at a chunk's edge", (file) => file.subarray(0, HEAD + 2 * SEALED)],
  ["cut in the middle of a chunk", (file) => file.subarray(0, 100_000)],
  ["with its first chunks swapped", swapped],
  ["with a flipped byte in its first chunk", (file) => flipped(file, 50)],
  ["with a flipped byte in its last chunk", (file) => flipped(file, file.byteLength - 20)],
  ["with a flipped byte in its salt", (file) => flipped(file, 10)],
  ["with a byte more", (file) => Buffer.concat([file, Buffer.from("x")])],
  ["with a chunk more", (file) => Buffer.concat([file, file.subarray(-SEALED)])],
  ["without anything", () => Buffer.alloc(0)],
];

function flipped(file: Buffer, at: number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function swapped(file: Buffer): Buffer {
  const [one, two] = [HEAD + SEALED, HEAD + 2 * SEALED];
  return Buffer.concat([
    file.subarray(0, HEAD),
    file.subarray(one, two),
    file.subarray(HEAD, one),
    file.subarray(two),
  ]);
}

test.each(alterations)("C3: a file %s is refused", async (_, alter) => {
  const id = await media.put(randomBytes(3 * CHUNK));
  const [path = ""] = files();
  writeFileSync(path, alter(readFileSync(path)));
  await expect(whole(id)).rejects.toThrow();
});

test("C3: of a file that was cut, not even the part that is left is given", async () => {
  const id = await media.put(randomBytes(3 * CHUNK));
  const [path = ""] = files();
  writeFileSync(path, readFileSync(path).subarray(0, HEAD + 2 * SEALED));
  const got: Buffer[] = [];
  const reading = async () => {
    for await (const piece of media.read(id, { start: 0, end: 10 })) got.push(piece);
  };
  await expect(reading()).rejects.toThrow();
  expect(got).toEqual([]);
});

test("C3: a file in the place of another, or under another key, is refused", async () => {
  const one = await media.put(Buffer.from("one"));
  const [first = ""] = files();
  const two = await media.put(Buffer.from("two"));
  const second = files().find((path) => path !== first) ?? "";
  writeFileSync(second, readFileSync(first));
  await expect(whole(two)).rejects.toThrow();
  expect((await whole(one)).toString()).toBe("one");
  const others = await createMediaFiles(folder.path, randomBytes(32));
  await expect(Array.fromAsync(others.read(one))).rejects.toMatchObject({ code: "not-found" });
});

test("a file that is not there is said to be not there", async () => {
  await expect(whole("00")).rejects.toMatchObject({ code: "not-found" });
});

test("C6: names and sizes tell nothing: no id in a name, and sizes of one magnitude are few", async () => {
  const ids = await Promise.all([1, 500, 30_000, 65_000].map((size) => media.put(randomBytes(size))));
  for (const path of files()) {
    expect(/^[0-9a-f]{2}\/[0-9a-f]{40}$/.test(path.slice(folder.path.length + 1).replaceAll("\\", "/"))).toBe(
      true,
    );
    expect(ids.some((id) => path.includes(id))).toBe(false);
  }
  expect(new Set(files().map((path) => statSync(path).size)).size).toBe(1);
});

test("a removed file is gone with its key", async () => {
  const id = await media.put(Buffer.from("x"));
  await media.remove(id);
  expect(files()).toEqual([]);
  await expect(whole(id)).rejects.toMatchObject({ code: "not-found" });
  await media.remove(id);
});

test("what breaks off while it is put in leaves nothing, and neither does a crash", async () => {
  const broken = async function* () {
    yield randomBytes(200_000);
    throw new Error("broken off");
  };
  await expect(media.put(Readable.from(broken()))).rejects.toThrow("broken off");
  expect(files()).toEqual([]);
  mkdirSync(join(folder.path, "incoming"), { recursive: true });
  writeFileSync(join(folder.path, "incoming", "half"), "half");
  await createMediaFiles(folder.path, key);
  expect(files()).toEqual([]);
});
