import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject } from "../json-guard.ts";

/** What a header says: whose subscribers, where those of the receiving host are listed, and their digest. */
export type Synchronization = { collectionId: string; url: string; digest: string };

/** FEP-8fcf. It counts only where the signature covers it. */
export const SYNCHRONIZATION = "Collection-Synchronization";

const HEADER_MAX = 2_000;
const ITEMS_READ = 200;

/** Of people's ids: the XOR of their SHA-256 in hex; all zeros for nobody. */
export function digestOf(uris: Iterable<string>): string {
  let sum = 0n;
  for (const uri of new Set(uris)) sum ^= BigInt(`0x${createHash("sha256").update(uri).digest("hex")}`);
  return sum.toString(16).padStart(64, "0");
}

export function synchronizationHeader({ collectionId, url, digest }: Synchronization): string {
  return `collectionId="${collectionId}", url="${url}", digest="${digest}"`;
}

/** null: none, or none that can be understood in one way only. */
export function readSynchronization(header: string | null): Synchronization | null {
  if (header === null || header.length > HEADER_MAX) return null;
  const said = new Map<string, string>();
  for (const [, name = "", value = ""] of header.matchAll(/([A-Za-z]+)="([^"]*)"/g)) {
    if (said.has(name)) return null;
    said.set(name, value);
  }
  const [collectionId = "", url = ""] = [said.get("collectionId"), said.get("url")];
  const digest = (said.get("digest") ?? "").toLowerCase();
  if (URL.parse(collectionId) === null || URL.parse(url) === null) return null;
  return /^[0-9a-f]{64}$/.test(digest) ? { collectionId, url, digest } : null;
}

/** Whether a list names somebody; null: it cannot be told from this page of it. */
export function isListed(list: JsonObject, uri: string): boolean | null {
  if (!/^(?:Ordered)?Collection(?:Page)?$/.test(String(list["type"]))) return null;
  const found = list["orderedItems"] ?? list["items"];
  if (found === undefined) return list["totalItems"] === 0 ? false : null;
  const items: unknown[] = Array.isArray(found) ? found : [found];
  const read = items.slice(0, ITEMS_READ);
  if (read.some((item) => item === uri || (isJsonObject(item) && item["id"] === uri))) return true;
  const isWhole = read.length === items.length && list["first"] === undefined && list["next"] === undefined;
  return isWhole ? false : null;
}
