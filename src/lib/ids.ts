import { createHash, randomBytes } from "node:crypto";

export type Random = (bytes: number) => Buffer;
export const systemRandom: Random = randomBytes;

/** Row id of a thing with a natural key: the first 128 bits of SHA-256, 32 hex digits. */
export function idOf(...parts: string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}

/** Random 128-bit id, 32 hex digits: for everything others can see, so that it tells nothing about order or time. */
export function randomId(random: Random): string {
  return random(16).toString("hex");
}

/**
 * A 21-digit decimal that sorts by time, then by id: the one cursor of every list.
 * 13 digits of milliseconds, 8 digits drawn from the id. Stays on this device and in the owner's apps.
 */
export function sortKeyOf(time: number, id: string): string {
  const tail = Number.parseInt(createHash("sha256").update(id).digest("hex").slice(0, 8), 16) % 100_000_000;
  const ms = Math.min(Math.max(0, Math.trunc(time)), 9_999_999_999_999);
  return String(ms).padStart(13, "0") + String(tail).padStart(8, "0");
}

/** The time a sort key was made for, in milliseconds. */
export function timeOfSortKey(sortKey: string): number {
  return Number(sortKey.slice(0, 13));
}
