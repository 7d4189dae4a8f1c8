import type { Clock } from "../lib/clock.ts";

/** A memory with two bounds, count and age, so that strangers cannot fill it (bad-inputs A27). */
export type BoundedMap<V> = {
  get(key: string): V | undefined;
  set(key: string, value: V, lifeMs?: number): void;
  delete(key: string): void;
  entries(): IterableIterator<[string, V]>;
};

export function createBoundedMap<V>(bounds: { entries: number; lifeMs: number; now: Clock }): BoundedMap<V> {
  const kept = new Map<string, { value: V; until: number }>();
  const live = (key: string) => {
    const entry = kept.get(key);
    if (entry === undefined) return undefined;
    if (entry.until > bounds.now()) return entry;
    kept.delete(key);
    return undefined;
  };
  return {
    get: (key) => live(key)?.value,
    set(key, value, lifeMs = bounds.lifeMs) {
      // Deleting first moves a renewed key to the young end.
      kept.delete(key);
      kept.set(key, { value, until: bounds.now() + lifeMs });
      for (const oldest of kept.keys()) {
        if (kept.size <= bounds.entries) break;
        kept.delete(oldest);
      }
    },
    delete: (key) => void kept.delete(key),
    *entries() {
      for (const key of [...kept.keys()]) {
        const entry = live(key);
        if (entry !== undefined) yield [key, entry.value];
      }
    },
  };
}
