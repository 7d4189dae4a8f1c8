/** How many jobs may be on their way at a time: more while peers answer, fewer when those that did fall silent. */
export type Pace = {
  now(): number;
  answered(): void;
  /** A peer that had answered before did not: a slow network looks so, and so does a device that went off. */
  silent(): void;
};

const LEAST = 2;
const MOST = 16;
/** Silences in a row that count as the network's: one device going off says nothing about it. */
const TELLING = 3;

export function createPace(start: number): Pace {
  let pace = start;
  let answers = 0;
  let silences = 0;
  return {
    now: () => pace,
    answered() {
      silences = 0;
      answers += 1;
      if (answers < pace) return;
      answers = 0;
      pace = Math.min(MOST, pace + 1);
    },
    silent() {
      answers = 0;
      silences += 1;
      if (silences < TELLING) return;
      silences = 0;
      pace = Math.max(LEAST, Math.floor(pace / 2));
    },
  };
}
