/** Waits that double, up to a bound, until something went well. Milliseconds. */
export type GrowingWait = { next(): number; reset(): void; times(): number };

export function growingWait(first: number, max: number): GrowingWait {
  let times = 0;
  return {
    next: () => {
      const wait = Math.min(max, first * 2 ** Math.min(times, 30));
      times += 1;
      return wait;
    },
    reset: () => {
      times = 0;
    },
    times: () => times,
  };
}
