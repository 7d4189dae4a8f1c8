/** After wrong passphrases each next try waits longer; it never locks out. */
export type UnlockGate = {
  /** Milliseconds still to wait. */
  wait(now: number): number;
  failed(now: number): void;
  succeeded(): void;
};

const FREE_TRIES = 3;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 5 * 60_000;

export function createUnlockGate(): UnlockGate {
  let failures = 0;
  let openAt = 0;
  return {
    // A clock put back must not lock anybody out, so never longer than the longest wait.
    wait: (now) => Math.min(Math.max(0, openAt - now), LONGEST_WAIT),
    failed(now) {
      failures += 1;
      if (failures >= FREE_TRIES) {
        openAt = now + Math.min(FIRST_WAIT * 2 ** (failures - FREE_TRIES), LONGEST_WAIT);
      }
    },
    succeeded() {
      failures = 0;
      openAt = 0;
    },
  };
}
