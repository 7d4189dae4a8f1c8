import { afterEach, beforeEach, expect, test } from "vitest";
import { backOff } from "../../../src/store/back-off.ts";
import { enqueue } from "../../../src/store/jobs.ts";
import type { Store } from "../../../src/store/store.ts";
import { createQueue, MINUTE, numberOf, type Queue, soon } from "./queue.ts";

let queue: Queue;
beforeEach(async () => {
  queue = await createQueue();
});
afterEach(() => queue[Symbol.asyncDispose]());

test("what failed waits longer each time, and no longer than an hour", async () => {
  expect([0, 1, 2, 3].map((tries) => backOff(tries, () => 0))).toEqual([15_000, 30_000, 60_000, 120_000]);
  expect(backOff(50, () => 1)).toBeLessThanOrEqual(1.2 * 60 * MINUTE);
  let attempts = 0;
  const jobs = queue.run(async () => {
    attempts += 1;
    return { retry: "off" };
  });
  await queue.add("off.onion", "1");
  jobs.start();
  await soon(() => expect(attempts).toBe(1));
  await jobs.idle();
  queue.folder.now += 14_000;
  jobs.resume();
  await jobs.idle();
  expect(attempts).toBe(1);
  queue.folder.now += 2_000;
  jobs.resume();
  await soon(() => expect(attempts).toBe(2));
});

test("after five failures a peer is tried every 15 minutes at the most, until it is heard of", async () => {
  let attempts = 0;
  let on = false;
  const jobs = queue.run(async () => {
    attempts += 1;
    return on ? "done" : { retry: "off", after: 0 };
  });
  await queue.add("off.onion", "1");
  jobs.start();
  await soon(() => expect(attempts).toBe(5));
  await jobs.idle();
  queue.folder.now += 10 * MINUTE;
  jobs.resume();
  await jobs.idle();
  expect(attempts).toBe(5);
  on = true;
  jobs.wake("off.onion");
  await soon(async () => expect(await queue.store.read.job.count()).toBe(0));
  expect(attempts).toBe(6);
});

test("a peer heard of during a failing attempt is tried again at once", async () => {
  const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
  let attempts = 0;
  const jobs = queue.run(async () => {
    attempts += 1;
    if (attempts > 1) return "done";
    await heard;
    return { retry: "timed out" };
  });
  await queue.add("slow.onion", "1");
  jobs.start();
  await soon(() => expect(attempts).toBe(1));
  jobs.wake("slow.onion");
  hear();
  await soon(async () => expect(await queue.store.read.job.count()).toBe(0));
  expect(attempts).toBe(2);
});

test("2,000 jobs for 200 peers all run, each once", async () => {
  const seen = new Map<string, number>();
  const jobs = queue.run(async (job) => {
    seen.set(numberOf(job), (seen.get(numberOf(job)) ?? 0) + 1);
    return "done";
  });
  await queue.store.transact(async (tx) => {
    for (let n = 0; n < 2_000; n += 1) {
      await enqueue(
        tx,
        { kind: "send", peer: `peer${n % 200}.onion`, about: { n: String(n) } },
        queue.folder.now,
      );
    }
  });
  jobs.start();
  await soon(async () => expect(await queue.store.read.job.count()).toBe(0));
  expect(seen.size).toBe(2_000);
  expect([...seen.values()].every((times) => times === 1)).toBe(true);
}, 300_000);

test("a peer that was heard of and fails again is tried again soon", async () => {
  let attempts = 0;
  const jobs = queue.run(async () => {
    attempts += 1;
    return { retry: "off" };
  });
  await queue.add("off.onion", "1");
  jobs.start();
  for (let n = 1; n <= 7; n += 1) {
    await soon(() => expect(attempts).toBe(n));
    await jobs.idle();
    queue.folder.now += 60 * MINUTE;
    jobs.resume();
  }
  await soon(() => expect(attempts).toBe(8));
  await jobs.idle();
  jobs.wake("off.onion");
  await soon(() => expect(attempts).toBe(9));
  await jobs.idle();
  queue.folder.now += 15_000;
  jobs.resume();
  await soon(() => expect(attempts).toBe(10));
});

test("peers that do not answer never keep the others waiting", async () => {
  const done: string[] = [];
  const release = Promise.withResolvers<void>();
  let slow = false;
  const jobs = queue.run(
    async (job) => {
      if (job.peer.startsWith("off")) {
        if (slow) await release.promise;
        return { retry: "timed out" };
      }
      done.push(numberOf(job));
      return "done";
    },
    { concurrency: 2 },
  );
  for (let n = 0; n < 6; n += 1) await queue.add(`off${n}.onion`, "x");
  jobs.start();
  await soon(async () => expect(await queue.store.read.jobTry.count()).toBe(6));
  await jobs.idle();
  slow = true;
  queue.folder.now += MINUTE;
  jobs.resume();
  await soon(() => expect(jobs.state().running).toBe(6));
  for (let n = 0; n < 5; n += 1) await queue.add(`on${n}.onion`, String(n));
  await soon(() => expect(done).toHaveLength(5));
  release.resolve();
});

test("an outcome that cannot be written down is not tried for again at once", async () => {
  let attempts = 0;
  let broken = true;
  const over: Store = {
    ...queue.store,
    transact: (work) => (broken ? Promise.reject(new Error("disk full")) : queue.store.transact(work)),
  };
  await queue.add("one.onion", "1");
  const jobs = queue.run(
    async () => {
      attempts += 1;
      return "done";
    },
    { concurrency: 1, store: over },
  );
  jobs.start();
  await soon(() => expect(attempts).toBe(1));
  await jobs.idle();
  jobs.wake("one.onion");
  await jobs.idle();
  expect(attempts).toBe(1);
  broken = false;
  queue.folder.now += 15_000;
  jobs.resume();
  await soon(async () => expect(await queue.store.read.job.count()).toBe(0));
  expect(attempts).toBe(2);
});

test("jobs of no peer wait for nobody, however many of them fail", async () => {
  const done: string[] = [];
  const jobs = queue.run(async (job) => {
    if (numberOf(job) === "bad") return { retry: "off" };
    done.push(numberOf(job));
    return "done";
  });
  await queue.store.transact(async (tx) => {
    for (let n = 0; n < 250; n += 1) {
      await enqueue(tx, { kind: "send", peer: "", about: { n: "bad" } }, queue.folder.now);
    }
  });
  await queue.add("", "good");
  jobs.start();
  await soon(() => expect(done).toEqual(["good"]));
  await soon(async () => expect(await queue.store.read.jobTry.count()).toBe(250));
});

test("a job for one peer is found without looking at the others", async () => {
  const looks: string[] = [];
  const { lanes } = queue.store;
  const over: Store = {
    ...queue.store,
    lanes: {
      ...lanes,
      first(peer) {
        looks.push(peer);
        return lanes.first(peer);
      },
    },
  };
  await queue.store.transact(async (tx) => {
    for (let n = 0; n < 600; n += 1) {
      await enqueue(tx, { kind: "send", peer: `p${n % 300}.onion`, about: { n: "" } }, queue.folder.now);
    }
    const nextAt = new Date(queue.folder.now + MINUTE);
    await tx.peer.createMany({
      data: Array.from({ length: 300 }, (_, n) => ({ host: `p${n}.onion`, nextAt })),
    });
  });
  const jobs = queue.run(async () => "done", { concurrency: 6, store: over });
  jobs.start();
  await soon(() => expect(new Set(looks).size).toBe(300));
  await jobs.idle();
  looks.length = 0;
  await queue.add("new.onion", "1");
  await soon(async () => expect(await queue.store.read.job.count({ where: { peer: "new.onion" } })).toBe(0));
  await jobs.idle();
  expect(new Set(looks)).toEqual(new Set(["new.onion"]));
});

test("a clock that leaps over the whole life of a job does not give it up untried", async () => {
  const tried: string[] = [];
  const jobs = queue.run(async (job) => {
    tried.push(numberOf(job));
    return numberOf(job) === "lost" ? { retry: "off" } : "done";
  });
  await queue.add("on.onion", "kept");
  await queue.add("off.onion", "lost");
  queue.folder.now += 61 * 24 * 60 * MINUTE;
  jobs.start();
  await soon(async () => expect(await queue.store.read.job.count()).toBe(0));
  expect(tried.toSorted()).toEqual(["kept", "lost"]);
  expect(queue.stopped).toEqual(["lost: out of time"]);
});

test("a wait that lies far ahead because the clock was set back is no wait", async () => {
  let attempts = 0;
  const jobs = queue.run(async () => {
    attempts += 1;
    return attempts > 1 ? "done" : { retry: "off" };
  });
  queue.folder.now += 40 * 24 * 60 * MINUTE;
  await queue.add("off.onion", "1");
  jobs.start();
  await soon(() => expect(attempts).toBe(1));
  await jobs.idle();
  queue.folder.now -= 40 * 24 * 60 * MINUTE;
  jobs.resume();
  await soon(() => expect(attempts).toBe(2));
});
