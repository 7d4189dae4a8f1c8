import { NodeError } from "../../lib/errors.ts";
import { hostOf, sameHost } from "../addresses.ts";
import { isJsonObject, type JsonObject } from "../json-guard.ts";

/** Whatever somebody's collection claims, no more than this is read of it (bad-inputs A26). */
export const PAGES_MAX = 5;
export const ITEMS_MAX = 200;

/** An item as it stands in the page: an address, or the thing itself. */
export type CollectionItem = string | JsonObject;
/** The address of the post or boost that an item is, or brings; "" when it says none. */
export function addressOf(item: CollectionItem): string {
  if (typeof item === "string") return item;
  const { type, object } = item;
  if (type !== "Create") return String(item["id"] ?? "");
  return isJsonObject(object) ? String(object["id"] ?? "") : String(object ?? "");
}

/** The document at an address, which says that it is there; throws NodeError. */
export type ReadDocument = (address: string) => Promise<JsonObject>;

/** whole: nothing was left out, but by `enough`. */
export type ReadItems = { items: CollectionItem[]; whole: boolean };

/**
 * The items of a collection, page by page, until `enough` says so: of one host only, no page twice. What is embedded
 * counts as much as its page does, and that is the word of the host it was read from.
 */
export async function readCollection(
  read: ReadDocument,
  address: string,
  enough: (item: CollectionItem) => Promise<boolean> = async () => false,
): Promise<ReadItems> {
  const items: CollectionItem[] = [];
  const seen = new Set<string>();
  let page: JsonObject | null = await firstPage(read, address);
  for (let pages = 1; page !== null; pages++) {
    for (const item of itemsOf(page)) {
      if (items.length >= ITEMS_MAX) return { items, whole: false };
      if (await enough(item)) return { items, whole: true };
      items.push(item);
    }
    if (pages >= PAGES_MAX) return { items, whole: page["next"] === undefined };
    page = await nextPage(read, address, page, seen);
  }
  return { items, whole: true };
}

async function firstPage(read: ReadDocument, address: string): Promise<JsonObject> {
  const collection = await read(address);
  const { first } = collection;
  if (isJsonObject(first)) return first;
  if (typeof first !== "string") return collection;
  if (!sameHost(first, address)) throw new NodeError("bad-request", "a collection that goes on elsewhere");
  return read(first);
}

async function nextPage(
  read: ReadDocument,
  address: string,
  page: JsonObject,
  seen: Set<string>,
): Promise<JsonObject | null> {
  const next = isJsonObject(page["next"]) ? page["next"]["id"] : page["next"];
  if (typeof next !== "string" || hostOf(next) === null || seen.has(next)) return null;
  seen.add(next);
  return sameHost(next, address) ? read(next) : null;
}

function itemsOf(page: JsonObject): CollectionItem[] {
  const listed = page["orderedItems"] ?? page["items"] ?? [];
  const all: unknown[] = Array.isArray(listed) ? listed : [listed];
  // What is embedded has the page's context, which is not repeated in it.
  const context = page["@context"] === undefined ? {} : { "@context": page["@context"] };
  return all.flatMap((item): CollectionItem[] => {
    if (isJsonObject(item)) return [{ ...context, ...item }];
    return typeof item === "string" ? [item] : [];
  });
}
