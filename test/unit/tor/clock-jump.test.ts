import { expect, test } from "vitest";
import { clockJump, watchClock } from "../../../src/tor/clock-jump.ts";
import { eventually } from "../../support/eventually.ts";

test("time that passes is no jump, sleep and a set clock are", () => {
  const start = { wall: 1_000_000, steady: 500 };
  expect(clockJump(start, { wall: 1_010_000, steady: 10_500 })).toBe(0);
  // Asleep for an hour: the steady clock stood still.
  expect(clockJump(start, { wall: 4_610_000, steady: 10_500 })).toBe(3_600_000);
  expect(clockJump(start, { wall: 950_000, steady: 10_500 })).toBe(-60_000);
  // A busy loop that wakes late is no jump.
  expect(clockJump(start, { wall: 1_090_000, steady: 90_500 })).toBe(0);
});

test("jumps over 30 s are told, smaller corrections are not", async () => {
  let shift = 0;
  const jumps: number[] = [];
  let looks = 0;
  const now = () => {
    looks += 1;
    return Date.now() + shift;
  };
  using _watch = watchClock(now, (by) => jumps.push(by), 5);
  shift = 20_000;
  const seen = looks;
  await eventually("it looked again", () => looks > seen + 2);
  expect(jumps).toEqual([]);
  shift = -20_000;
  await eventually("the jump is told", () => jumps.length === 1);
  expect(Math.round((jumps[0] ?? 0) / 1000)).toBe(-40);
});
