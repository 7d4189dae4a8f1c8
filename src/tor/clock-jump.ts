import { performance } from "node:perf_hooks";
import type { Clock } from "../lib/clock.ts";

/** `wall` can be set or leap after sleep; `steady` only counts the time this process was awake. Milliseconds. */
export type ClockReading = { wall: number; steady: number };

export const CLOCK_JUMP_MS = 30_000;

/** How far the clock on the wall moved against the steady one; negative when it was set back. */
export function clockJump(before: ClockReading, after: ClockReading): number {
  return after.wall - before.wall - (after.steady - before.steady);
}

/** Tells of every jump over 30 s: the device slept, or its clock was set. */
export function watchClock(now: Clock, jumped: (by: number) => void, everyMs = 10_000): Disposable {
  const read = (): ClockReading => ({ wall: now(), steady: performance.now() });
  let last = read();
  const timer = setInterval(() => {
    const next = read();
    const by = clockJump(last, next);
    last = next;
    if (Math.abs(by) > CLOCK_JUMP_MS) jumped(by);
  }, everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
