import type { Clock } from "../lib/clock.ts";

/** Lanes, each with the time it is due; one timer for the soonest. */
export type Alarm = Disposable & {
  set(lane: string, at: number): void;
  delete(lane: string): void;
};

/** A timer sleeps no longer than this, so that a clock that jumps is noticed. Milliseconds. */
const LONGEST_SLEEP = 60_000;
const SHORTEST_SLEEP = 20;

/** `ring` gets all that are due; they are forgotten here then. */
export function createAlarm(now: Clock, ring: (lanes: string[]) => void): Alarm {
  const times = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  let timerAt = Number.POSITIVE_INFINITY;

  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    timerAt = Number.POSITIVE_INFINITY;
  };
  const sleepUntil = (at: number) => {
    if (at >= timerAt) return;
    stop();
    timerAt = at;
    timer = setTimeout(wakeUp, Math.min(Math.max(at - now(), SHORTEST_SLEEP), LONGEST_SLEEP));
    timer.unref();
  };
  const wakeUp = () => {
    stop();
    const due = [...times].filter(([, at]) => at <= now()).map(([lane]) => lane);
    for (const lane of due) times.delete(lane);
    let soonest = Number.POSITIVE_INFINITY;
    for (const at of times.values()) soonest = Math.min(soonest, at);
    sleepUntil(soonest);
    if (due.length > 0) ring(due);
  };
  return {
    set(lane, at) {
      times.set(lane, at);
      sleepUntil(at);
    },
    delete: (lane) => void times.delete(lane),
    [Symbol.dispose]: stop,
  };
}
