import { readFiles } from "./files/check-file.ts";
import { conversationOf, LETTER_LIMITS, type Letter, type Said } from "./letter.ts";

const ID = /^[0-9a-f]{32}$/;
const FINGERPRINT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const ADDRESS_MAX = 2_000;
/** Clocks of the two differ, and what is read counts as earlier. Milliseconds. */
const AHEAD = 15 * 60_000;

type Json = { readonly [name: string]: unknown };

export function writtenLetter(letter: Letter): string {
  return JSON.stringify(letter);
}

/** A signed text as a letter; null: it is none that is understood here. */
export function readLetter(text: string): Letter | null {
  const json = objectIn(text);
  if (json === null || json["v"] !== 1) return null;
  const { id, from, to, fromKey, toKey, conv, seq, prev, published } = json;
  const content = readSaid(json["content"]);
  if (content === null || !isId(id) || !isId(conv) || (prev !== "" && !isId(prev))) return null;
  if (!isAddress(from) || !isAddress(to) || !isKey(fromKey) || !isKey(toKey)) return null;
  if (!isCount(seq) || !isCount(published)) return null;
  return { v: 1, ...{ id, from, to, fromKey, toKey, conv, seq, prev, published, content } };
}

export type Expected = { from: string; to: string; fromKey: string; toKey: string; signedAt: number };

/** Whether it is from whom it came, for whom it is here, and by the keys of the two: nothing can be carried over (B1, B2). */
export function fits(letter: Letter, expected: Expected): boolean {
  const { from, to, fromKey, toKey, signedAt } = expected;
  return (
    letter.from === from &&
    letter.to === to &&
    letter.fromKey === fromKey &&
    letter.toKey === toKey &&
    letter.conv === conversationOf(from, to) &&
    letter.published <= signedAt + AHEAD
  );
}

function objectIn(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function readSaid(said: unknown): Said | null {
  if (!isObject(said)) return null;
  const { kind, of } = said;
  switch (kind) {
    case "text": {
      const { text, replyTo = "", vanish = 0 } = said;
      const files = readFiles(said["files"]);
      if (files === null || (replyTo !== "" && !isId(replyTo)) || !isTime(vanish)) return null;
      if (files.length === 0) return isText(text) ? { kind, text, replyTo, vanish } : null;
      // A file may stand without a word.
      return text === "" || isText(text) ? { kind, text, replyTo, vanish, files } : null;
    }
    case "edit":
      return isId(of) && isText(said["text"]) ? { kind, of, text: said["text"] } : null;
    case "delete":
      return isId(of) ? { kind, of } : null;
    case "react": {
      const { emoji, on } = said;
      const isEmoji = typeof emoji === "string" && emoji !== "" && emoji.length <= LETTER_LIMITS.emoji;
      return isId(of) && isEmoji && typeof on === "boolean" ? { kind, of, emoji, on } : null;
    }
    case "read":
      return Array.isArray(of) && of.length <= LETTER_LIMITS.read && of.every(isId) ? { kind, of } : null;
    case "together": {
      const { token, yes } = said;
      return isId(token) && typeof yes === "boolean" ? { kind, token, yes } : null;
    }
    case "vouch": {
      const { uri, fingerprint } = said;
      return isAddress(uri) && isKey(fingerprint) ? { kind, uri, fingerprint } : null;
    }
    case "timer":
      return isTime(said["seconds"]) ? { kind, seconds: said["seconds"] } : null;
    default:
      return null;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isId = (value: unknown): value is string => typeof value === "string" && ID.test(value);
const isKey = (value: unknown): value is string => typeof value === "string" && FINGERPRINT.test(value);
const isAddress = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= ADDRESS_MAX;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isTime = (value: unknown): value is number => isCount(value) && value <= LETTER_LIMITS.vanish;
/** Code points, and never more than twice as many units. */
const isText = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= LETTER_LIMITS.text * 2;
