import { appendFileSync } from "node:fs";

/** A line of docs/crash.md. */
export type Line = {
  what: string;
  /** Whether each cycle ends with a kill. */
  killed: boolean;
  cycles: number;
  acknowledged: number;
  lost: number;
  note: string;
};

export function report(line: Line): void {
  const { what, cycles, acknowledged, lost, note } = line;
  process.stdout.write(`${what}: ${cycles} cycles, ${acknowledged} acknowledged, ${lost} lost. ${note}\n`);
  const path = process.env["TSSOP_CRASH_REPORT"];
  if (path !== undefined) appendFileSync(path, `${JSON.stringify(line)}\n`);
}

const ALL = 200;
const total = Number(process.env["TSSOP_CRASH_CYCLES"] ?? ALL);

/** This kind's share of all cycles, at least one. */
export function cyclesOf(share: number): number {
  return Math.max(1, Math.round((share * total) / ALL));
}

/** A moment within a cycle, milliseconds: spread evenly, never in order. */
export function moment(cycle: number, longest: number): number {
  return Math.round(((cycle * 0.618_033_988_75) % 1) * longest);
}
