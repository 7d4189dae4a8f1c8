import { fileName } from "../../media/file-name.ts";
import { altOf } from "../../media/media.ts";
import { MESSAGE_FILES, type WireFile } from "./file.ts";

const ID = /^[0-9a-f]{32}$/;
const KEY = /^[\w-]{43}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const TYPE = /^(?:image|video|audio|application|text)\/[a-z0-9][a-z0-9.+-]{0,99}$/;
/** A side of a picture, and the milliseconds of a film: more is a joke. */
const LONGEST = 2 ** 31 - 1;

/** The files of a letter, with names that lead nobody astray; null: they are none that are understood here. */
export function readFiles(said: unknown): WireFile[] | null {
  if (said === undefined) return [];
  if (!Array.isArray(said) || said.length > MESSAGE_FILES.most) return null;
  const files = said.map(readFile);
  const ids = new Set(files.map((file) => file?.id));
  return ids.size === files.length && files.every((file) => file !== null) ? files : null;
}

function readFile(said: unknown): WireFile | null {
  if (typeof said !== "object" || said === null) return null;
  const { id, key, name, type, bytes, sha256, width = 0, height = 0, length = 0 } = said as Json;
  const { alt = "", voice = false } = said as Json;
  if (!fits(ID, id) || !fits(KEY, key) || !fits(SHA256, sha256) || !fits(TYPE, type)) return null;
  if (!isText(name, MESSAGE_FILES.name) || !isText(alt, MESSAGE_FILES.alt)) return null;
  if (!isCount(bytes, MESSAGE_FILES.largest) || bytes === 0 || typeof voice !== "boolean") return null;
  if (!isCount(width, LONGEST) || !isCount(height, LONGEST) || !isCount(length, LONGEST)) return null;
  const facts = { id, key, type, bytes, sha256, width, height, length, voice };
  return { ...facts, name: name === "" ? "" : fileName(name), alt: altOf(alt) };
}

type Json = { readonly [name: string]: unknown };

const fits = (form: RegExp, value: unknown): value is string => typeof value === "string" && form.test(value);
/** Code points, and never more than twice as many units. */
const isText = (value: unknown, most: number): value is string =>
  typeof value === "string" && value.length <= most * 2;
const isCount = (value: unknown, most: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;
