/** After wrong passphrases each next try waits longer; it never locks out. */
export type UnlockGate = {
  /** Milliseconds still to wait. */
  wait(): number;
  failed(): void;
  succeeded(): void;
};

const FREE_TRIES = 3;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 5 * 60_000;

/** `elapsed`: milliseconds of a clock that nobody can set, only ever forward. */
export function createUnlockGate(elapsed: () => number): UnlockGate {
  let failures = 0;
  let openAt = 0;
  return {
    wait: () => Math.max(0, openAt - elapsed()),
    failed() {
      failures += 1;
      if (failures >= FREE_TRIES) {
        openAt = elapsed() + Math.min(FIRST_WAIT * 2 ** (failures - FREE_TRIES), LONGEST_WAIT);
      }
    },
    succeeded() {
      failures = 0;
      openAt = 0;
    },
  };
}
