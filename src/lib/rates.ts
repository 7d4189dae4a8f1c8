import type { Clock } from "./clock.ts";

/** A budget that fills up by itself: so much at once, and so much in a second afterwards. */
type Rate = { burst: number; perSecond: number };

/**
 * How much each may ask of this node. A friend who was off for weeks brings a thousand posts at once and is not held
 * up; a page with its files takes about ten requests. What verifying others needs (the owner's document, WebFinger) has
 * a budget apart from the pages: whoever empties one does not empty the other.
 */
const RATES = {
  friend: { burst: 2000, perSecond: 10 },
  person: { burst: 30, perSecond: 0.1 },
  host: { burst: 150, perSecond: 1 },
  /** Everybody unknown together, before their keys are fetched. */
  strangers: { burst: 300, perSecond: 1 },
  /** Everybody who does not sign, together. */
  documents: { burst: 300, perSecond: 20 },
  identity: { burst: 600, perSecond: 40 },
  media: { burst: 300, perSecond: 20 },
} as const satisfies Record<string, Rate>;

export type RateName = keyof typeof RATES;

/** Takes one from a budget. 0: there was one. Otherwise seconds until there is one again. */
export type Rates = { take(name: RateName, whose?: string): number };

const KEPT = 5000;

/** In memory and bounded: of more than so many, the ones not seen for longest are forgotten, as if they were new. */
export function createRates(now: Clock, kept = KEPT): Rates & { size(): number } {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    size: () => buckets.size,
    take(name, whose = "") {
      const { burst, perSecond } = RATES[name];
      const key = `${name} ${whose}`;
      const time = now();
      const before = buckets.get(key) ?? { left: burst, at: time };
      // A clock set back fills nothing.
      const passed = Math.max(0, time - before.at) / 1000;
      const left = Math.min(burst, before.left + passed * perSecond);
      const wait = left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
      // Last used, last forgotten.
      buckets.delete(key);
      buckets.set(key, { left: wait === 0 ? left - 1 : left, at: time });
      const [oldest] = buckets.keys();
      if (buckets.size > kept && oldest !== undefined) buckets.delete(oldest);
      return wait;
    },
  };
}
