import { afterEach, beforeEach, expect, test } from "vitest";
import { createJobRunner } from "../../../src/store/job-runner.ts";
import { enqueue, type JobOutcome } from "../../../src/store/jobs.ts";
import { silent } from "./open.ts";
import { createQueue, MINUTE, numberOf, type Queue, soon } from "./queue.ts";

let queue: Queue;
beforeEach(async () => {
  queue = await createQueue();
});
afterEach(() => queue[Symbol.asyncDispose]());

test("jobs of one peer run one after the other, oldest first", async () => {
  const done: string[] = [];
  let inside = 0;
  const jobs = queue.run(async (job) => {
    expect(++inside).toBe(1);
    await Promise.resolve();
    inside -= 1;
    done.push(numberOf(job));
    return "done";
  });
  for (let n = 0; n < 20; n += 1) await queue.add("one.onion", String(n));
  jobs.start();
  await soon(() => expect(done).toHaveLength(20));
  expect(done).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
  expect(await queue.store.read.job.count()).toBe(0);
});

test("a peer that is off holds up its own jobs and nobody else's", async () => {
  const done: string[] = [];
  const jobs = queue.run(async (job) => {
    if (job.peer === "off.onion") return { retry: "off" };
    done.push(numberOf(job));
    return "done";
  });
  jobs.start();
  for (let n = 0; n < 5; n += 1) {
    await queue.add("off.onion", `off ${n}`);
    await queue.add("on.onion", `on ${n}`);
  }
  await soon(() => expect(done).toHaveLength(5));
  await jobs.idle();
  expect(await queue.store.read.job.count({ where: { peer: "off.onion" } })).toBe(5);
  expect(await queue.store.read.jobTry.count()).toBe(1);
});

test("a job that was running when the program ended is run again by the next one", async () => {
  const killed = Promise.withResolvers<JobOutcome>();
  const never = queue.run(() => killed.promise);
  await queue.add("one.onion", "1");
  never.start();
  await soon(() => expect(never.state().running).toBe(1));
  const done: string[] = [];
  const next = createJobRunner({
    store: queue.store,
    handlers: {
      send: async (job) => {
        done.push(numberOf(job));
        return "done";
      },
    },
    stopped: async () => {},
    now: () => queue.folder.now,
    random: () => 0,
    log: silent,
  });
  next.start();
  await soon(() => expect(done).toEqual(["1"]));
  await next[Symbol.asyncDispose]();
  killed.resolve("done");
});

test("what a job writes down is there if and only if the job is off the queue", async () => {
  const { store } = queue;
  let broken = true;
  const jobs = queue.run(async () => ({
    done: async (tx) => {
      await tx.setting.create({ data: { key: "sent", value: "yes" } });
      if (broken) throw new Error("disk full");
    },
  }));
  await queue.add("one.onion", "1");
  jobs.start();
  await soon(() => expect(jobs.state().running).toBe(1));
  await jobs.idle();
  expect([await store.read.job.count(), await store.read.setting.count()]).toEqual([1, 0]);
  broken = false;
  queue.folder.now += MINUTE;
  jobs.resume();
  await soon(async () => {
    expect([await store.read.job.count(), await store.read.setting.count()]).toEqual([0, 1]);
  });
});

test("a job out of time is given up and said", async () => {
  const jobs = queue.run(async () => ({ retry: "off" }));
  await queue.add("off.onion", "old", MINUTE);
  queue.folder.now += 2 * MINUTE;
  jobs.start();
  await soon(() => expect(queue.stopped).toEqual(["old: out of time"]));
  await soon(async () => expect(await queue.store.read.job.count()).toBe(0));
});

test("while paused nothing is begun; afterwards everything goes", async () => {
  const done: string[] = [];
  const jobs = queue.run(async (job) => {
    done.push(numberOf(job));
    return "done";
  });
  jobs.start();
  jobs.pause();
  await queue.add("one.onion", "1");
  await jobs.idle();
  expect(done).toEqual([]);
  jobs.resume();
  await soon(() => expect(done).toEqual(["1"]));
});

test("a job that is taken back while it waits is not run, and leaves nothing", async () => {
  const done: string[] = [];
  const jobs = queue.run(async (job) => {
    if (numberOf(job) !== "first") done.push(numberOf(job));
    else await queue.store.transact((tx) => tx.job.deleteMany());
    return { retry: "off" };
  });
  await queue.add("one.onion", "first");
  await queue.add("one.onion", "second");
  jobs.start();
  await soon(() => expect(jobs.state().running).toBe(1));
  await jobs.idle();
  expect([done, await queue.store.read.jobTry.count()]).toEqual([[], 0]);
});

test("a job of a kind this version does not know waits for one that does", async () => {
  await queue.store.transact((tx) =>
    enqueue(tx, { kind: "later", peer: "one.onion", about: {} }, queue.folder.now),
  );
  const jobs = queue.run(async () => "done");
  jobs.start();
  await soon(async () => expect(await queue.store.read.jobTry.count()).toBe(1));
  expect(await queue.store.read.job.count()).toBe(1);
});
