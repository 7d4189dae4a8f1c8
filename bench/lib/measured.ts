import { anonymousAtOnce } from "./processes.ts";

/** Milliseconds. */
const LOOK_EVERY = 10;

/** `stays`: how much more there is afterwards than before. */
export type Measured = { seconds: number; megabytes: number; stays: number };

/** Time of some work, and how far the memory of this process rose above where it was. */
export async function measured(work: () => Promise<unknown>): Promise<Measured> {
  globalThis.gc?.();
  const before = anonymousAtOnce(process.pid);
  let highest = before;
  const look = () => {
    highest = Math.max(highest, anonymousAtOnce(process.pid));
  };
  const timer = setInterval(look, LOOK_EVERY);
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(timer);
  look();
  globalThis.gc?.();
  return { seconds, megabytes: highest - before, stays: anonymousAtOnce(process.pid) - before };
}
