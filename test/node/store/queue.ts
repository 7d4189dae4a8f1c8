import { vi } from "vitest";
import { createJobRunner, type JobRunner } from "../../../src/store/job-runner.ts";
import { enqueue, type Job, type JobOutcome } from "../../../src/store/jobs.ts";
import type { Store } from "../../../src/store/store.ts";
import { createStoreFolder, type StoreFolder, silent } from "./open.ts";

export const MINUTE = 60_000;

/** A store with a queue in it, and runners for it; all jobs are of the kind "send" and have a number. */
export type Queue = AsyncDisposable & {
  readonly folder: StoreFolder;
  readonly store: Store;
  /** What was given up, with why. */
  readonly stopped: string[];
  add(peer: string, number: string, lifeMs?: number): Promise<void>;
  run(send: (job: Job) => Promise<JobOutcome>, other?: { concurrency?: number; store?: Store }): JobRunner;
};

/** Waits for a condition, however slow the machine is: the limit of the test itself is what ends it. */
export const soon = <T>(look: () => T | Promise<T>): Promise<T> => vi.waitFor(look, { timeout: 300_000 });

export const numberOf = (job: Job) => job.about["n"] ?? "";

export async function createQueue(): Promise<Queue> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(createStoreFolder());
  const store = stack.use(await folder.open());
  const stopped: string[] = [];
  const closing = stack.move();
  return {
    folder,
    store,
    stopped,
    async add(peer, number, lifeMs) {
      const spec = { kind: "send", peer, about: { n: number }, ...(lifeMs === undefined ? {} : { lifeMs }) };
      await store.transact((tx) => enqueue(tx, spec, folder.now));
    },
    run: (send, { concurrency, store: over = store } = {}) =>
      closing.use(
        createJobRunner({
          store: over,
          handlers: { send },
          stopped: async (job, why) => void stopped.push(`${numberOf(job)}: ${why}`),
          now: () => folder.now,
          random: () => 0,
          log: silent,
          ...(concurrency === undefined ? {} : { concurrency }),
        }),
      ),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
