import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import { backOff, createJobRunner, type JobRunner } from "../../../src/store/job-runner.ts";
import { enqueue, type Job, type JobOutcome } from "../../../src/store/jobs.ts";
import { openStore, type Store } from "../../../src/store/store.ts";

const log = createLog(() => {}, "silent");
const keys = { database: randomBytes(32), media: randomBytes(32) };
const MINUTE = 60_000;
let folder: string;
let store: Store;
let now: number;
let stack: AsyncDisposableStack;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-jobs-"));
  now = Date.UTC(2026, 10, 23);
  stack = new AsyncDisposableStack();
  store = await openStore({ folder, keys, deviceId: "d", now: () => now, log });
});
afterEach(async () => {
  await stack.disposeAsync();
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

type Handler = (job: Job) => Promise<JobOutcome>;
const stopped: string[] = [];

function runner(send: Handler, concurrency?: number): JobRunner {
  stopped.length = 0;
  return stack.use(
    createJobRunner({
      store,
      handlers: { send },
      stopped: async (job, why) => void stopped.push(`${job.about["n"]}: ${why}`),
      now: () => now,
      random: () => 0,
      log,
      ...(concurrency === undefined ? {} : { concurrency }),
    }),
  );
}

async function add(peer: string, n: string, lifeMs?: number): Promise<void> {
  const spec = { kind: "send", peer, about: { n }, ...(lifeMs === undefined ? {} : { lifeMs }) };
  await store.transact((tx) => enqueue(tx, spec, now));
}

const number = (job: Job) => job.about["n"] ?? "";

test("jobs of one peer run one after the other, oldest first", async () => {
  const done: string[] = [];
  let inside = 0;
  const jobs = runner(async (job) => {
    expect(++inside).toBe(1);
    await Promise.resolve();
    inside -= 1;
    done.push(number(job));
    return "done";
  });
  for (let n = 0; n < 20; n += 1) await add("one.onion", String(n));
  jobs.start();
  await vi.waitFor(() => expect(done).toHaveLength(20));
  expect(done).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
  expect(await store.read.job.count()).toBe(0);
});

test("a peer that is off holds up its own jobs and nobody else's", async () => {
  const done: string[] = [];
  const jobs = runner(async (job) => {
    if (job.peer === "off.onion") return { retry: "off" };
    done.push(number(job));
    return "done";
  });
  jobs.start();
  for (let n = 0; n < 5; n += 1) {
    await add("off.onion", `off ${n}`);
    await add("on.onion", `on ${n}`);
  }
  await vi.waitFor(() => expect(done).toHaveLength(5));
  await jobs.idle();
  expect(await store.read.job.count({ where: { peer: "off.onion" } })).toBe(5);
  expect(await store.read.jobTry.count()).toBe(1);
});

test("what failed waits longer each time, and no longer than an hour", async () => {
  expect([0, 1, 2, 3].map((tries) => backOff(tries, () => 0))).toEqual([15_000, 30_000, 60_000, 120_000]);
  expect(backOff(50, () => 1)).toBeLessThanOrEqual(1.2 * 60 * MINUTE);
  let attempts = 0;
  const jobs = runner(async () => {
    attempts += 1;
    return { retry: "off" };
  });
  await add("off.onion", "1");
  jobs.start();
  await vi.waitFor(() => expect(attempts).toBe(1));
  await jobs.idle();
  now += 14_000;
  jobs.resume();
  await jobs.idle();
  expect(attempts).toBe(1);
  now += 2_000;
  jobs.resume();
  await vi.waitFor(() => expect(attempts).toBe(2));
});

test("after five failures a peer is tried every 15 minutes at the most, until it is heard of", async () => {
  let attempts = 0;
  let on = false;
  const jobs = runner(async () => {
    attempts += 1;
    return on ? "done" : { retry: "off", after: 0 };
  });
  await add("off.onion", "1");
  jobs.start();
  await vi.waitFor(() => expect(attempts).toBe(5));
  await jobs.idle();
  now += 10 * MINUTE;
  jobs.resume();
  await jobs.idle();
  expect(attempts).toBe(5);
  on = true;
  jobs.wake("off.onion");
  await vi.waitFor(async () => expect(await store.read.job.count()).toBe(0));
  expect(attempts).toBe(6);
});

test("a peer heard of during a failing attempt is tried again at once", async () => {
  const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
  let attempts = 0;
  const jobs = runner(async () => {
    attempts += 1;
    if (attempts > 1) return "done";
    await heard;
    return { retry: "timed out" };
  });
  await add("slow.onion", "1");
  jobs.start();
  await vi.waitFor(() => expect(attempts).toBe(1));
  jobs.wake("slow.onion");
  hear();
  await vi.waitFor(async () => expect(await store.read.job.count()).toBe(0));
  expect(attempts).toBe(2);
});

test("a job that was running when the program ended is run again by the next one", async () => {
  const never = runner(() => new Promise<JobOutcome>(() => {}));
  await add("one.onion", "1");
  never.start();
  await vi.waitFor(() => expect(never.state().running).toBe(1));
  const done: string[] = [];
  const next = createJobRunner({
    store,
    handlers: {
      send: async (job) => {
        done.push(number(job));
        return "done";
      },
    },
    stopped: async () => {},
    now: () => now,
    random: () => 0,
    log,
  });
  next.start();
  await vi.waitFor(() => expect(done).toEqual(["1"]));
  await next[Symbol.asyncDispose]();
  stack = new AsyncDisposableStack(); // the first one never ends, as a killed process does not
});

test("a job out of time is given up and said", async () => {
  const jobs = runner(async () => ({ retry: "off" }));
  await add("off.onion", "old", MINUTE);
  now += 2 * MINUTE;
  jobs.start();
  await vi.waitFor(() => expect(stopped).toEqual(["old: out of time"]));
  await vi.waitFor(async () => expect(await store.read.job.count()).toBe(0));
});

test("while paused nothing is begun; afterwards everything goes", async () => {
  const done: string[] = [];
  const jobs = runner(async (job) => {
    done.push(number(job));
    return "done";
  });
  jobs.start();
  jobs.pause();
  await add("one.onion", "1");
  await jobs.idle();
  expect(done).toEqual([]);
  jobs.resume();
  await vi.waitFor(() => expect(done).toEqual(["1"]));
});

test("2,000 jobs for 200 peers all run, each once", async () => {
  const seen = new Map<string, number>();
  const jobs = runner(async (job) => {
    seen.set(number(job), (seen.get(number(job)) ?? 0) + 1);
    return "done";
  });
  await store.transact(async (tx) => {
    for (let n = 0; n < 2_000; n += 1) {
      await enqueue(tx, { kind: "send", peer: `peer${n % 200}.onion`, about: { n: String(n) } }, now);
    }
  });
  jobs.start();
  await vi.waitFor(async () => expect(await store.read.job.count()).toBe(0), {
    timeout: 50_000,
    interval: 100,
  });
  expect(seen.size).toBe(2_000);
  expect([...seen.values()].every((times) => times === 1)).toBe(true);
});
