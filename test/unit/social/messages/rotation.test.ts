import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeKey, makeSubkey, type Subkey } from "../../../../src/social/messages/pgp/own-key.ts";
import { planRotation, published } from "../../../../src/social/messages/rotation.ts";

const DAY = 24 * 60 * 60_000;
const WEEK = 7 * DAY;
const START = Date.UTC(2026, 10, 30, 9);

/** As the device does: makes and destroys what is due. */
function rotated(starts: readonly number[], now: number): number[] {
  const { make, destroy } = planRotation(starts, now);
  return [...starts.filter((at) => !destroy.includes(at)), ...make];
}
/** Days since START. */
const days = (starts: readonly number[]) =>
  starts.map((at) => (at - START) / DAY).toSorted((one, other) => one - other);
const newest = (starts: readonly number[], now: number) =>
  published(
    starts.map((startsAt) => ({ startsAt })),
    now,
  ).map(({ startsAt }) => (startsAt - START) / DAY);

describe("what keys are made and destroyed", () => {
  test("one begins every week, the next is there a week before, and in the third week an old one goes", async () => {
    const key = await makeKey("anna@anna.example", START);
    let subkeys: Subkey[] = [];
    const ever = new Set<string>();
    for (let day = 0; day < 70; day += 1) {
      const now = START + day * DAY;
      const { make, destroy } = planRotation(
        subkeys.map(({ startsAt }) => startsAt),
        now,
      );
      subkeys = subkeys.filter(({ startsAt }) => !destroy.includes(startsAt));
      for (const startsAt of make) subkeys.push(await makeSubkey(key, startsAt));
      for (const { fingerprint } of subkeys) ever.add(fingerprint);
      const week = Math.floor(day / 7);
      const kept = [week - 2, week - 1, week, week + 1].filter((one) => one >= 0);
      expect(days(subkeys.map(({ startsAt }) => startsAt))).toEqual(kept.map((one) => one * 7));
      const two = published(subkeys, now).map(({ startsAt }) => (startsAt - START) / WEEK);
      expect(two).toEqual([week, week - 1].filter((one) => one >= 0));
    }
    // None was made twice, nor the same again.
    expect(ever.size).toBe(11);
  });

  test("what was sealed to a key is opened for a week at least after it is replaced, and for two at most", () => {
    let starts = rotated([], START);
    const gone = new Map<number, number>();
    for (let hour = 0; hour < 24 * 40; hour += 1) {
      const now = START + hour * 60 * 60_000;
      const after = rotated(starts, now);
      for (const at of starts) if (!after.includes(at)) gone.set(at, now);
      starts = after;
    }
    expect(gone.get(START)).toBe(START + 3 * WEEK);
    expect(gone.get(START + WEEK)).toBe(START + 4 * WEEK);
  });

  test("after months away one begins now, and all that were there go", () => {
    const before = rotated(rotated([], START), START + DAY);
    const now = START + 100 * DAY;
    const after = rotated(before, now);
    expect(days(after)).toEqual([100, 107]);
    expect(newest(after, now)).toEqual([100]);
  });

  test("after ten days away the one that was made ahead has begun", () => {
    const after = rotated(rotated([], START), START + 10 * DAY);
    expect(days(after)).toEqual([0, 7, 14]);
  });

  test("a clock that was a year ahead leaves nothing that would be used a year too late", () => {
    const ahead = rotated(rotated([], START), START + 365 * DAY);
    expect(days(ahead)).toEqual([365, 372]);
    const back = rotated(ahead, START + DAY);
    expect(days(back)).toEqual([1, 8]);
  });

  test("a clock that goes back a little makes one that begins now, and keeps those that begin soon", () => {
    const starts = rotated([], START);
    const after = rotated(starts, START - DAY);
    expect(days(after)).toEqual([-1, 0, 7]);
    expect(newest(after, START - DAY)).toEqual([-1]);
    expect(newest(after, START)).toEqual([0, -1]);
  });
});

describe("at any time, whatever the clock did", () => {
  /** Hops of the clock in hours: mostly a little on, sometimes months, sometimes back. */
  const hops = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 24 * 9 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 24 * 300 }) },
      { weight: 2, arbitrary: fc.integer({ min: -24 * 40, max: 0 }) },
    ),
    { maxLength: 40 },
  );
  const whenever = (look: (starts: number[], now: number) => void) =>
    fc.assert(
      fc.property(hops, (all) => {
        let [now, starts] = [START, rotated([], START)];
        for (const hours of all) {
          now += hours * 60 * 60_000;
          starts = rotated(starts, now);
          look(starts, now);
        }
      }),
      { numRuns: 400 },
    );

  test("there is one to seal to, that began in the last seven days", () => {
    whenever((starts, now) => {
      const [current] = published(
        starts.map((startsAt) => ({ startsAt })),
        now,
      );
      expect(current?.startsAt).toBeGreaterThan(now - WEEK);
      expect(new Set(starts).size).toBe(starts.length);
    });
  });

  test("there is one for next week, so that other devices have it in time", () => {
    whenever((starts, now) => expect(Math.max(...starts)).toBeGreaterThan(now));
  });

  test("none is older than three weeks, and no more than two are shown", () => {
    whenever((starts, now) => {
      expect(Math.min(...starts)).toBeGreaterThan(now - 3 * WEEK);
      expect(newest(starts, now).length).toBeLessThanOrEqual(2);
    });
  });

  test("planning again changes nothing", () => {
    whenever((starts, now) => expect(planRotation(starts, now)).toEqual({ make: [], destroy: [] }));
  });

  test("no more than four are kept", () => {
    whenever((starts) => expect(starts.length).toBeLessThanOrEqual(4));
    let starts = rotated([], START);
    for (let hour = 1; hour <= 100; hour += 1) starts = rotated(starts, START - hour * 60 * 60_000);
    expect(starts).toHaveLength(4);
  });
});
