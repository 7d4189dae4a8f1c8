import { createHmac, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A mark of the key beside the database. With a file whose first page does not open it tells damage from a folder that
 * belongs to other keys. It is a hash of 256 random bits: it helps nobody to guess.
 */
const markPath = (folder: string) => join(folder, "key-check");

const markOf = (key: Buffer) => createHmac("sha256", key).update("tssop/v1/key-check").digest("hex");

/** Leaves an equal mark as it is. */
export function markKey(folder: string, key: Buffer): void {
  if (!isOfOtherKey(folder, key) && existsSync(markPath(folder))) return;
  writeFileSync(markPath(folder), markOf(key), { mode: 0o600, flush: true });
}

/** False also where there is no mark. */
export function isOfOtherKey(folder: string, key: Buffer): boolean {
  if (!existsSync(markPath(folder))) return false;
  const mark = readFileSync(markPath(folder));
  const own = Buffer.from(markOf(key));
  return mark.byteLength !== own.byteLength || !timingSafeEqual(mark, own);
}
