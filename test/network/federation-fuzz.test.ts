import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { understood } from "../../src/federation/inbox/dispatch.ts";
import type { Fuzzed } from "../support/fuzz/fuzz.ts";

const { TSSOP_FUZZ_RUNS, TSSOP_FUZZ_SEED, TSSOP_FUZZ_REPORT } = process.env;
const RUNS = Number(TSSOP_FUZZ_RUNS ?? 20_000);
const SEED = Number(TSSOP_FUZZ_SEED ?? Date.now() % 2 ** 31);
/** As many as the machines we test on have cores; more, and the same seed would send others. */
const SHARES = 2;
/** With fewer by hand not every kind comes to an effect. */
const ENOUGH = 10_000;
const LIMIT = Math.max(180_000, RUNS * 60);

async function share(number: number): Promise<Fuzzed> {
  const runs = Math.ceil(RUNS / SHARES);
  const args = ["test/support/fuzz/share.ts", String(runs), String(SEED + number)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const [report, said, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  if (code !== 0)
    throw new Error(`TSSOP_FUZZ_SEED=${SEED} TSSOP_FUZZ_RUNS=${RUNS}, share ${number}:\n${said}`);
  return JSON.parse(report);
}

test(
  "A33: whatever is done to a real activity, nothing breaks, nobody speaks for another, and what is only named is not asked for",
  async () => {
    process.stdout.write(`Fuzzing with TSSOP_FUZZ_SEED=${SEED} TSSOP_FUZZ_RUNS=${RUNS}\n`);
    const reports = await Promise.all(Array.from({ length: SHARES }, (_, number) => share(number)));
    const [sent, effective] = [total(reports, "sent"), total(reports, "effective")];
    expect(sent).toBeGreaterThanOrEqual(RUNS);
    // Else nothing of it gets past the door, and the rest is not tried.
    expect(effective).toBeGreaterThan(sent / 20);
    const idle = understood.filter((type) => !reports.some(({ effects }) => (effects[type] ?? 0) > 0));
    if (RUNS >= ENOUGH) expect(idle, "kinds of activities that had no effect at all").toEqual([]);
    if (TSSOP_FUZZ_REPORT !== undefined) writeFileSync(TSSOP_FUZZ_REPORT, JSON.stringify(reports));
  },
  LIMIT,
);

function total(reports: readonly Fuzzed[], what: "sent" | "effective"): number {
  return reports.reduce((sum, report) => sum + report[what], 0);
}
