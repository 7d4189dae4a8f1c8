import type { KvKey, KvStore } from "@fedify/fedify";
import type { Clock } from "../lib/clock.ts";
import { createBoundedMap } from "./bounded-map.ts";

const ENTRIES = 1000;
const LIFE_MS = 60 * 60 * 1000;

/** Fedify's memory between requests: bounded, and gone when the node closes. Nothing that must last is kept here. */
export function createKv(now: Clock): KvStore {
  const kept = createBoundedMap<{ key: KvKey; value: unknown }>({ entries: ENTRIES, lifeMs: LIFE_MS, now });
  const name = (key: KvKey) => JSON.stringify(key);
  return {
    async get<T>(key: KvKey) {
      return kept.get(name(key))?.value as T | undefined;
    },
    async set(key, value, options) {
      const life =
        options?.ttl === undefined ? LIFE_MS : Math.min(options.ttl.total("milliseconds"), LIFE_MS);
      kept.set(name(key), { key, value }, life);
    },
    async delete(key) {
      kept.delete(name(key));
    },
    async *list(prefix) {
      for (const [, entry] of kept.entries()) {
        if (prefix === undefined || prefix.every((part, at) => entry.key[at] === part)) yield entry;
      }
    },
  };
}
