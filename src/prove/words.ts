import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "./finding.ts";

const CHUNK = 1024 * 1024;
const SHORTEST = 4;

/**
 * Looks for words of the owner's in every file of their folder, as any program could that reads the disk: in UTF-8 and
 * UTF-16, in base64, in small letters and as typed, composed and decomposed (Unicode NFC, NFD).
 */
export function findWords(folder: string, words: string[]): Finding {
  const usable = words.map((word) => word.trim()).filter((word) => word.length >= SHORTEST);
  if (usable.length === 0) {
    const sentence = `No word was given, so nothing was searched for. Words need ${SHORTEST} letters or more, else they stand everywhere by chance.`;
    return { check: "words", good: null, sentence };
  }
  const needles = usable.flatMap((word) => needlesFor(word));
  let [files, bytes] = [0, 0];
  const hits: string[] = [];
  for (const path of filesBelow(folder)) {
    const found = searchFile(path, needles);
    files += 1;
    bytes += found.bytes;
    if (found.hit) hits.push(path.slice(folder.length + 1));
  }
  const count = `${usable.length} ${usable.length === 1 ? "word" : "words"} in ${files} files (${Math.ceil(bytes / 1000)} kB)`;
  if (hits.length === 0) {
    return {
      check: "words",
      good: true,
      sentence: `Looked for ${count} and found none: your files do not give them away.`,
    };
  }
  return {
    check: "words",
    good: false,
    sentence: `Looked for ${count}, and found some in the clear in: ${hits.join(", ")}.`,
  };
}

function needlesFor(word: string): Buffer[] {
  const forms = [word, word.toLowerCase()].flatMap((form) => [form.normalize("NFC"), form.normalize("NFD")]);
  return [...new Set(forms)].flatMap((form) => {
    const bytes = Buffer.from(form, "utf8");
    return [bytes, Buffer.from(form, "utf16le"), ...inBase64(bytes)];
  });
}

/** Base64 of a word depends on where it begins: three ways, without the letters that its neighbours decide. */
function inBase64(word: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), word])
      .toString("base64")
      .replace(/=+$/, "");
    const own = text.slice(shift === 0 ? 0 : shift + 1, -1);
    return own.length >= 6 ? [Buffer.from(own, "latin1")] : [];
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** In pieces that overlap by the longest needle, so that nothing hides on an edge and no file is too large. */
function searchFile(path: string, needles: Buffer[]): { hit: boolean; bytes: number } {
  const overlap = Math.max(...needles.map((needle) => needle.byteLength)) - 1;
  const buffer = Buffer.alloc(CHUNK + overlap);
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return { hit: false, bytes: 0 }; // gone meanwhile: a temporary file of the running node
  }
  try {
    let [kept, bytes] = [0, 0];
    for (;;) {
      const read = readSync(file, buffer, kept, CHUNK, null);
      if (read === 0) return { hit: false, bytes };
      bytes += read;
      const piece = buffer.subarray(0, kept + read);
      if (needles.some((needle) => piece.includes(needle))) return { hit: true, bytes };
      kept = Math.min(overlap, piece.byteLength);
      piece.copy(buffer, 0, piece.byteLength - kept);
    }
  } finally {
    closeSync(file);
  }
}
