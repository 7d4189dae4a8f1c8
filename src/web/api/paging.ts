import { PAGE_SIZE_MAX, type Page, type Paged } from "../../lib/page.ts";
import type { Answer, Call } from "./call.ts";
import { siteOf } from "./call.ts";
import { type Fields, text, whole } from "./fields.ts";

const CURSORS = ["max_id", "min_id", "since_id"];
/** How often a page is filled up again when filters left it short. */
const MOST_ROUNDS = 8;

/** A page as Mastodon asks for it. `floor`: nothing at or below this id (since_id); the page still starts at the newest. */
export type Asked = { page: Page; floor: string };

export function askedPage(fields: Fields, normal = 20): Asked {
  const limit = whole(fields, "limit", { normal, min: 1, max: PAGE_SIZE_MAX });
  const before = cursor(fields, "max_id");
  const after = cursor(fields, "min_id");
  const since = cursor(fields, "since_id");
  // Between two ids the list is read downwards like any other, and ends at the lower one.
  if (before !== "") return { page: { before, limit }, floor: after > since ? after : since };
  return { page: after === "" ? { limit } : { after, limit }, floor: since };
}

/** Ids are 21 digits; shorter ones, like the "0" and "1" that apps send for "from the start", sort below all. */
function cursor(fields: Fields, key: string): string {
  const value = text(fields, key) ?? "";
  return /^\d{1,21}$/.test(value) ? value.padStart(21, "0") : "";
}

type Keyed = { sortKey: string };
export type Sifted<T> = { items: T[]; older: string | null; newer: string | null };
type Read<T> = (page: Page) => Promise<Paged<T>>;

/**
 * Reads on until the page is full of what is wanted, so that a filter never makes a list look as if it had ended.
 * `older` and `newer` are where to read on from, which may lie beyond the items kept.
 */
export function sift<T extends Keyed>(
  asked: Asked,
  read: Read<T>,
  wanted: (item: T) => boolean,
): Promise<Sifted<T>> {
  return asked.page.after === undefined ? siftDown(asked, read, wanted) : siftUp(asked.page, read, wanted);
}

async function siftDown<T extends Keyed>(
  asked: Asked,
  read: Read<T>,
  wanted: (item: T) => boolean,
): Promise<Sifted<T>> {
  const { limit } = asked.page;
  const items: T[] = [];
  let { page } = asked;
  let newer: string | null = null;
  for (let round = 1; ; round++) {
    const got = await read(page);
    newer ??= got.items[0]?.sortKey ?? null;
    for (const item of got.items) {
      if (item.sortKey <= asked.floor) return { items, older: null, newer };
      if (items.length === limit) return { items, older: items.at(-1)?.sortKey ?? null, newer };
      if (wanted(item)) items.push(item);
    }
    if (got.older === null || items.length === limit || round === MOST_ROUNDS) {
      return { items, older: got.older, newer };
    }
    page = { before: got.older, limit };
  }
}

/** From the oldest that is newer than the cursor upwards; what is handed out is still newest first. */
async function siftUp<T extends Keyed>(
  asked: Page,
  read: Read<T>,
  wanted: (item: T) => boolean,
): Promise<Sifted<T>> {
  const { limit } = asked;
  const rising: T[] = [];
  let page = asked;
  let newer: string | null = null;
  let older: string | null = null;
  for (let round = 1; round <= MOST_ROUNDS && rising.length < limit; round++) {
    const got = await read(page);
    older ??= got.items.at(-1)?.sortKey ?? null;
    for (const item of got.items.toReversed()) {
      if (rising.length === limit) break;
      newer = item.sortKey;
      if (wanted(item)) rising.push(item);
    }
    if (got.newer === null) break;
    page = { after: got.newer, limit };
  }
  return { items: rising.toReversed(), older, newer };
}

/** A list with Link headers: "next" is older (first, where toot looks for it), "prev" is newer. */
export function pagedAnswer(
  call: Call,
  json: unknown[],
  ends: { older: string | null; newer: string | null },
): Answer {
  const links: string[] = [];
  if (ends.older !== null) links.push(`<${neighbour(call, "max_id", ends.older)}>; rel="next"`);
  if (ends.newer !== null) links.push(`<${neighbour(call, "min_id", ends.newer)}>; rel="prev"`);
  return links.length === 0 ? { json } : { json, link: links.join(", ") };
}

function neighbour(call: Call, key: string, id: string): string {
  const query = new URLSearchParams();
  for (const [name, values] of call.fields) {
    if (CURSORS.includes(name)) continue;
    for (const value of values) query.append(values.length > 1 ? `${name}[]` : name, value);
  }
  query.set(key, id);
  return `${siteOf(call).base}${call.path}?${query}`;
}
