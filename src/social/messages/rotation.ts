const DAY = 24 * 60 * 60_000;
/** A subkey starts every week, is good for two, and its secret is destroyed in the third. Milliseconds. */
const EVERY = 7 * DAY;
const GONE_AFTER = 21 * DAY;
/** Made so long before it starts: the owner's other devices have it by then. */
const AHEAD = 7 * DAY;
/** Others look for the newest two. */
const PUBLISHED = 2;
/** Three that have begun and the next. A clock that goes back again and again would leave more. */
const MOST = 4;

type Started = { startsAt: number };

/**
 * What to make and what to destroy, by their starts. After an absence one begins now, not all that were missed; a clock that was ahead
 * leaves starts that lie far off, which are of no use and go.
 */
export function planRotation(starts: readonly number[], now: number): { make: number[]; destroy: number[] } {
  const kept = starts.filter((at) => at > now - GONE_AFTER && at <= now + EVERY + AHEAD);
  const destroy = starts.filter((at) => !kept.includes(at));
  const make: number[] = [];
  const current = Math.max(...kept.filter((at) => at <= now), Number.NEGATIVE_INFINITY);
  let last = current;
  if (now - current >= EVERY) {
    last = now;
    make.push(last);
  }
  const next = kept.some((at) => at > now);
  if (!next && last + EVERY - AHEAD <= now) make.push(last + EVERY);
  return { make, destroy: [...destroy, ...surplus([...kept, ...make], now)] };
}

/** The oldest first, then what begins last; never one that others may be using, nor the next. */
function surplus(starts: readonly number[], now: number): number[] {
  const inOrder = starts.toSorted((one, other) => one - other);
  const begun = inOrder.filter((at) => at <= now);
  const later = inOrder.filter((at) => at > now);
  const spare = [...begun.slice(0, -PUBLISHED), ...later.slice(1).reverse()];
  return spare.slice(0, Math.max(0, starts.length - MOST));
}

/** The newest that have started: what others encrypt to. */
export function published<T extends Started>(subkeys: readonly T[], now: number): T[] {
  return subkeys
    .filter(({ startsAt }) => startsAt <= now)
    .toSorted((one, other) => other.startsAt - one.startsAt)
    .slice(0, PUBLISHED);
}
