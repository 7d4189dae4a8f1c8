import fc from "fast-check";
import { expect, test } from "vitest";
import type { Page, Paged } from "../../../../src/lib/page.ts";
import { fieldsFromPairs } from "../../../../src/web/api/fields.ts";
import { askedPage, type Sifted, sift } from "../../../../src/web/api/paging.ts";

type Item = { sortKey: string; odd: boolean };

const key = (n: number) => String(n).padStart(21, "0");

/** A list as the product pages it: newest first, `after` hands out the oldest of what is newer. */
function listOf(count: number): (page: Page) => Promise<Paged<Item>> {
  const all = Array.from({ length: count }, (_, n) => ({
    sortKey: key(count - n),
    odd: (count - n) % 2 === 1,
  }));
  return async ({ before, after, limit }) => {
    const range = all.filter(
      (item) =>
        (before === undefined || item.sortKey < before) && (after === undefined || item.sortKey > after),
    );
    const items = after === undefined ? range.slice(0, limit) : range.slice(-limit);
    const last = items.at(-1);
    const first = items[0];
    const older = last !== undefined && last !== all.at(-1) ? last.sortKey : null;
    return { items, older, newer: first !== undefined && first !== all[0] ? first.sortKey : null };
  };
}

const asked = (fields: Record<string, string>) => askedPage(fieldsFromPairs(Object.entries(fields)));
const keys = (items: Item[]) => items.map((item) => item.sortKey);

async function walk(count: number, limit: number, by: "older" | "newer", wanted: (item: Item) => boolean) {
  const read = listOf(count);
  const seen: string[] = [];
  let cursor: string | null = by === "older" ? key(999_999) : key(0);
  for (let pages = 0; cursor !== null && pages < 500; pages++) {
    const name = by === "older" ? "max_id" : "min_id";
    const got: Sifted<Item> = await sift(asked({ [name]: cursor, limit: String(limit) }), read, wanted);
    expect(got.items.length).toBeLessThanOrEqual(limit);
    expect(keys(got.items)).toEqual(keys(got.items).toSorted().toReversed());
    if (by === "older") seen.push(...keys(got.items));
    else seen.unshift(...keys(got.items));
    cursor = got[by];
  }
  return seen;
}

test("paging covers everything exactly once, downwards and upwards, with a filter and without", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom("older" as const, "newer" as const),
      fc.constantFrom("all", "odd", "few", "none"),
      async (count, limit, by, filter) => {
        const wanted = (item: Item) =>
          filter === "all" ||
          (filter === "odd" && item.odd) ||
          (filter === "few" && item.sortKey.endsWith("7"));
        const everything = keys((await listOf(count)({ limit: 1000 })).items.filter(wanted));
        expect(await walk(count, limit, by, wanted)).toEqual(everything);
      },
    ),
    { numRuns: 200 },
  );
});

test("since_id starts at the newest and ends above the id, min_id starts right above it", async () => {
  const read = listOf(10);
  const since = await sift(asked({ since_id: key(4), limit: "3" }), read, () => true);
  expect(keys(since.items)).toEqual([key(10), key(9), key(8)]);
  const rest = await sift(asked({ since_id: key(4), max_id: key(8), limit: "5" }), read, () => true);
  expect(keys(rest.items)).toEqual([key(7), key(6), key(5)]);
  expect(rest.older).toBeNull();
  const min = await sift(asked({ min_id: key(4), limit: "3" }), read, () => true);
  expect(keys(min.items)).toEqual([key(7), key(6), key(5)]);
});

test("a cursor that is no id counts as not sent, and a short one sorts below all", () => {
  expect(asked({ max_id: "x' OR 1=1" }).page).toEqual({ limit: 20 });
  expect(asked({ min_id: "1" }).page.after).toBe(key(1));
  expect(asked({ limit: "100000" }).page.limit).toBe(80);
});
