import { PAGE_SIZE_MAX, type Page, type Paged } from "./page.ts";

/** The page asked for, of a size that may be had. */
export function bounded(page: Page): Page {
  return { ...page, limit: Math.min(Math.max(1, Math.trunc(page.limit)), PAGE_SIZE_MAX) };
}

type Sorted = { sortKey: string };

/**
 * Cuts one page out of what a query found: it is asked for one row more than fits. With `after` rows come oldest first
 * (the ones right after the cursor) and are turned round.
 */
export function pagedOf<T extends Sorted>(rows: T[], page: Page): Paged<T> {
  const more = rows.length > page.limit;
  const cut = rows.slice(0, page.limit);
  const backwards = page.after !== undefined && page.before === undefined;
  const items = backwards ? cut.toReversed() : cut;
  const first = items[0]?.sortKey ?? null;
  const last = items.at(-1)?.sortKey ?? null;
  if (backwards) return { items, older: last ?? page.after ?? null, newer: more ? first : null };
  return { items, older: more ? last : null, newer: page.before === undefined ? null : first };
}

/** In which order a page's query must read. */
export function orderOf(page: Page): "asc" | "desc" {
  return page.after !== undefined && page.before === undefined ? "asc" : "desc";
}
