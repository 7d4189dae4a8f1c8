const FIRST_WAIT = 15_000;
export const LONGEST_WAIT = 60 * 60_000;
/** What a peer asks for by itself (Retry-After) is a day at most. A wait beyond this comes of a clock that was set back. */
export const NO_REAL_WAIT = 25 * 60 * 60_000;

/** Doubles from 15 s to an hour, with up to a fifth of jitter on top. */
export function backOff(failures: number, random: () => number): number {
  const wait = Math.min(FIRST_WAIT * 2 ** Math.min(failures, 20), LONGEST_WAIT);
  return Math.round(wait * (1 + random() * 0.2));
}
