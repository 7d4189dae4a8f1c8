/** A series of measurements in short. `low` and `high` are the 10th and 90th percentile, or the ends of a short series. */
export type Summary = { median: number; low: number; high: number; runs: number };

/** The value below which that part of the series lies, by nearest rank. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1));
  return sorted[at] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [a = Number.NaN, b = a] = sorted.length % 2 === 1 ? [sorted[middle]] : sorted.slice(middle - 1);
  return (a + b) / 2;
}

/** Of less than ten values percentiles say nothing that their ends do not say. */
const FEW = 10;

export function summary(values: readonly number[]): Summary {
  const few = values.length < FEW;
  return {
    median: median(values),
    low: few ? Math.min(...values) : quantile(values, 0.1),
    high: few ? Math.max(...values) : quantile(values, 0.9),
    runs: values.length,
  };
}

/** How long some work takes, in milliseconds, so many times. */
export async function timed(runs: number, work: (run: number) => unknown): Promise<number[]> {
  const out: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    await work(run);
    out.push(performance.now() - began);
  }
  return out;
}

/** CPU of this process, all of its threads, while some work runs: milliseconds. */
export async function cpuOf(work: () => unknown): Promise<{ cpu: number; wall: number }> {
  const before = process.cpuUsage();
  const began = performance.now();
  await work();
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, wall };
}
