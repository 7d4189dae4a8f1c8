import { existsSync, statfsSync } from "node:fs";
import fc from "fast-check";
import { type Bombarded, bombarded, type Shot } from "./bombard.ts";
import { mutations } from "./mutate.ts";

/** What was sent, how much of it changed anything here, and how it was answered: by type, by status. */
export type Fuzzed = {
  sent: number;
  effective: number;
  seed: number;
  seconds: number;
  counts: Record<string, Record<string, number>>;
  /** By type: how many changed something. */
  effects: Record<string, number>;
};

const MEMORY = "/dev/shm";
const MEMORY_NEEDED = 1024 ** 3;

/** Sends so many changed activities. Throws with the smallest that does harm. */
export async function fuzz({ runs, seed }: { runs: number; seed: number }): Promise<Fuzzed> {
  inMemory();
  await using at = await bombarded();
  using loose = looseEnds();
  const done: Fuzzed = { sent: 0, effective: 0, seed, seconds: 0, counts: {}, effects: {} };
  const began = performance.now();
  const property = fc.asyncProperty(shotsAt(at), async (shot) => {
    const { type, status, body, effective, faults } = await at.fire(shot);
    faults.push(...loose.since());
    done.sent++;
    if (effective) done.effects[type] = (done.effects[type] ?? 0) + 1;
    if (effective) done.effective++;
    done.counts[type] = { ...done.counts[type], [status]: (done.counts[type]?.[status] ?? 0) + 1 };
    if (faults.length > 0) throw new Error(`${faults.join("\n")}\n${status} to ${body.slice(0, 4_000)}`);
  });
  await fc.assert(property, { numRuns: runs, seed });
  return { ...done, seconds: Math.round((performance.now() - began) / 1000) };
}

function shotsAt(at: Bombarded): fc.Arbitrary<Shot> {
  const own = { arbitrary: fc.constant("own" as const), weight: 8 };
  const how = fc.oneof(own, fc.constant("rfc9421" as const), fc.constant("another's key" as const));
  const [by, recording] = [fc.nat(at.signers - 1), fc.nat(at.recordings - 1)];
  return fc.record({ by, recording, changes: mutations(at.names), how });
}

/** Nothing here must outlast a power cut, and a disk that is waited for twice each time takes half of the time. */
function inMemory(): void {
  if (!existsSync(MEMORY)) return;
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize > MEMORY_NEEDED) process.env["TMPDIR"] = MEMORY;
}

/** Errors that nobody caught, which would end a real process. */
function looseEnds(): Disposable & { since(): string[] } {
  const caught: string[] = [];
  const note = (error: unknown) => void caught.push(`nobody caught: ${error}`);
  process.on("unhandledRejection", note).on("uncaughtException", note);
  return {
    since: () => caught.splice(0),
    [Symbol.dispose]: () => void process.off("unhandledRejection", note).off("uncaughtException", note),
  };
}
