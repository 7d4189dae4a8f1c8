import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Files below a folder in which one of the words stands, as bytes, UTF-16 or base64; "file: word". */
export function filesWith(folder: string, words: string[]): string[] {
  return filesWithBytes(
    folder,
    words.flatMap((word) => forms(word).map((bytes) => ({ word, bytes }))),
  );
}

/** The same for keys: as they are, in hex and in base64. */
export function filesWithKeys(folder: string, keys: { word: string; bytes: Buffer }[]): string[] {
  const needles = keys.flatMap(({ word, bytes }) => [
    { word, bytes },
    { word, bytes: Buffer.from(bytes.toString("hex")) },
    { word, bytes: Buffer.from(bytes.toString("base64").slice(0, 40)) },
  ]);
  return filesWithBytes(folder, needles);
}

function filesWithBytes(folder: string, needles: { word: string; bytes: Buffer }[]): string[] {
  return files(folder).flatMap((path) => {
    const content = readable(path);
    return needles.filter(({ bytes }) => content.includes(bytes)).map(({ word }) => `${path}: ${word}`);
  });
}

export function forms(word: string): Buffer[] {
  const plain = Buffer.from(word, "utf8");
  // base64 of a word depends on where it starts: three ways, without the ends that depend on neighbours
  const coded = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), plain])
      .toString("base64")
      .replace(/=+$/, "");
    return Buffer.from(text.slice(shift === 0 ? 0 : 4, -2), "latin1");
  });
  return [plain, Buffer.from(word, "utf16le"), ...coded.filter((bytes) => bytes.byteLength > 7)];
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function readable(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0); // gone in the meantime: a temporary file of the running node
  }
}
