import { createHash } from "node:crypto";
import type { Clock } from "./lib/clock.ts";
import type { Random } from "./lib/ids.ts";

/** How long a link to the visitors' pages is good that a friend's node was given. */
export const ENTRANCE_LIFE = 5 * 60_000;
const MOST = 500;
const MOST_OF_ONE = 5;

/**
 * Single-use links to the owner's pages, as a person may see them. In memory only, so what was given out in one run is
 * nothing in the next. A token is random and says nothing: who it is for, until when and that it is for this stands
 * here, where nobody can change it.
 */
export type Entrances = {
  /** A token that is good once, for so many seconds. */
  give(personId: string): { token: string; seconds: number };
  /** For whom a token was; null: for nobody, or no more. */
  use(token: string): string | null;
};

export function createEntrances(random: Random, now: Clock): Entrances {
  /** By the hash of the token, so how long a look-up takes says nothing about it; the oldest first. */
  const given = new Map<string, { personId: string; until: number }>();
  return {
    give(personId) {
      const time = now();
      for (const [key, { until }] of given) if (until <= time) given.delete(key);
      const theirs = [...given].filter(([, one]) => one.personId === personId);
      for (const [key] of theirs.slice(0, Math.max(0, theirs.length - MOST_OF_ONE + 1))) given.delete(key);
      const [oldest] = given.keys();
      if (given.size >= MOST && oldest !== undefined) given.delete(oldest);
      const token = random(32).toString("base64url");
      given.set(hashOf(token), { personId, until: time + ENTRANCE_LIFE });
      return { token, seconds: ENTRANCE_LIFE / 1_000 };
    },
    use(token) {
      const key = hashOf(token);
      const found = given.get(key);
      given.delete(key);
      return found !== undefined && found.until > now() ? found.personId : null;
    },
  };
}

function hashOf(token: string): string {
  return createHash("sha256").update(`enter\n${token}`).digest("hex");
}
