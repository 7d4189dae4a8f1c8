import PQueue from "p-queue";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import {
  everybodysHeads,
  finishJob,
  type Head,
  headsOf,
  isWaiting,
  noteTry,
  type PeerNote,
  peerFailed,
  peerNote,
  peerReached,
  type Waiting,
} from "./job-queue.ts";
import type { Job, JobHandler, JobOutcome } from "./jobs.ts";
import type { Store } from "./store.ts";

/**
 * Runs the queue: one job at a time per peer, oldest first; a job that must be tried again holds back the later ones of
 * its peer and nobody else's. After five failures in a row the peer is tried every 15 minutes at the most, until it is
 * heard of. Whatever runs when the process dies is run again: handlers may be called twice.
 */
export interface JobRunner extends AsyncDisposable {
  start(): void;
  /** Nothing new is begun, until `resume`. */
  pause(): void;
  resume(): void;
  /** Tries this peer, or everybody, at once: back-off and breaker start over. */
  wake(peer?: string): void;
  /** Resolves when nothing runs and nothing is due. */
  idle(): Promise<void>;
  state(): { running: number; paused: boolean };
}

export type JobRunnerOptions = {
  store: Store;
  handlers: Record<string, JobHandler>;
  /** The job is given up, with why; runs before the row goes. */
  stopped: (job: Job, why: string) => Promise<void>;
  now: Clock;
  /** 0 up to 1 */
  random: () => number;
  log: Log;
  concurrency?: number;
};

const FIRST_WAIT = 15_000;
const LONGEST_WAIT = 60 * 60_000;
const BREAKER_AFTER = 5;
const BREAKER_WAIT = 15 * 60_000;
const CONCURRENCY = 6;
const UNORDERED_A_LOOK = 20;
/** A timer may not sleep longer than this, so that a clock that jumps is noticed. */
const LONGEST_SLEEP = 60_000;
const SHORTEST_SLEEP = 20;

/** Doubles from 15 s to an hour, with up to a fifth of jitter on top. */
export function backOff(tries: number, random: () => number): number {
  const wait = Math.min(FIRST_WAIT * 2 ** Math.min(tries, 20), LONGEST_WAIT);
  return Math.round(wait * (1 + random() * 0.2));
}

const soon = () => new Promise((resolve) => setTimeout(resolve, SHORTEST_SLEEP));

export function createJobRunner(o: JobRunnerOptions): JobRunner {
  return new Runner(o);
}

class Runner implements JobRunner {
  readonly #o: JobRunnerOptions;
  readonly #queue: PQueue;
  /** Lanes in which a job runs: a peer, or a job of no peer. */
  readonly #busy = new Set<string>();
  /** Peers heard of; the mark stays until a job has been tried for it, also while one runs that began before. */
  readonly #woken = new Set<string>();
  readonly #stop = new AbortController();
  readonly #unsubscribe: () => void;
  readonly #wanted = new Set<string>();
  #everywhere = false;
  #everybodyWoken = false;
  #started = false;
  #paused = false;
  #timer: NodeJS.Timeout | null = null;
  #timerAt = Number.POSITIVE_INFINITY;
  #throttle: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  /** A look over everybody costs by the length of the queue: never more than a sixth of the time. */
  #nextFullLook = 0;

  constructor(o: JobRunnerOptions) {
    this.#o = o;
    this.#queue = new PQueue({ concurrency: o.concurrency ?? CONCURRENCY });
    this.#unsubscribe = o.store.onCommit((entities) => {
      if (entities.has("Job")) this.#look(null);
    });
  }

  start(): void {
    this.#started = true;
    this.#look(null);
  }
  pause(): void {
    this.#paused = true;
  }
  resume(): void {
    this.#paused = false;
    this.#look(null);
  }
  wake(peer?: string): void {
    if (peer === undefined) {
      this.#everybodyWoken = true;
      this.#nextFullLook = 0;
    } else this.#woken.add(peer);
    this.#look(peer ?? null);
  }
  state() {
    return { running: this.#busy.size, paused: this.#paused };
  }
  async idle(): Promise<void> {
    do {
      await this.#looking;
      await this.#queue.onIdle();
      if (this.#throttle !== null && !this.#stop.signal.aborted) await soon();
    } while (
      this.#looking !== null ||
      this.#busy.size > 0 ||
      (this.#throttle !== null && !this.#stop.signal.aborted)
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#unsubscribe();
    this.#stop.abort();
    for (const timer of [this.#timer, this.#throttle]) if (timer !== null) clearTimeout(timer);
    await this.idle();
  }

  /** At one peer's oldest job, or (null) at everybody's. */
  #look(peer: string | null): void {
    if (peer === null) this.#everywhere = true;
    else this.#wanted.add(peer);
    this.#next();
  }

  #next(): void {
    if (!this.#started || this.#paused || this.#stop.signal.aborted || this.#looking !== null) return;
    const full = this.#everywhere && performance.now() >= this.#nextFullLook;
    if (!full && this.#wanted.size === 0) {
      if (this.#everywhere) this.#waitForFullLook();
      return;
    }
    this.#looking = this.#begin(full)
      .catch((error: unknown) => {
        this.#o.log.error("the queue could not be read", error);
        this.#everywhere = true;
        this.#nextFullLook = performance.now() + FIRST_WAIT;
      })
      .finally(() => {
        this.#looking = null;
        this.#next();
      });
  }

  async #begin(full: boolean): Promise<void> {
    const peers = [...this.#wanted];
    this.#wanted.clear();
    const began = performance.now();
    if (full) this.#everywhere = false;
    const { read } = this.#o.store;
    const heads = full
      ? await everybodysHeads(read, UNORDERED_A_LOOK)
      : await headsOf(read, peers, UNORDERED_A_LOOK);
    if (full) this.#nextFullLook = performance.now() + 5 * (performance.now() - began);
    // Whoever is heard of while nothing waits for them leaves no mark behind.
    const waiting = new Set(heads.map(({ job }) => job.peer));
    for (const peer of peers) if (!waiting.has(peer)) this.#woken.delete(peer);
    const wake = full && this.#everybodyWoken;
    if (wake) this.#everybodyWoken = false;
    for (const head of heads) {
      if (this.#stop.signal.aborted || this.#paused) return;
      if (wake && head.job.peer !== "") this.#woken.add(head.job.peer);
      this.#consider(head);
    }
  }

  #consider({ job, dueAt }: Head): void {
    const lane = job.peer === "" ? job.id : job.peer;
    if (this.#busy.has(lane)) return; // looked at again when that job has ended
    const woken = this.#woken.has(job.peer);
    if (!woken && dueAt > this.#o.now()) this.#sleepUntil(dueAt);
    else {
      this.#woken.delete(job.peer);
      this.#run(lane, job);
    }
  }

  #run(lane: string, job: Waiting): void {
    this.#busy.add(lane);
    this.#queue
      .add(async () => {
        try {
          if (this.#paused || this.#stop.signal.aborted) return;
          // It may have been done, or taken back, since it was read.
          if (await isWaiting(this.#o.store.read, job)) await this.#settle(job, await this.#attempt(job));
        } finally {
          this.#busy.delete(lane);
        }
      })
      .catch((error: unknown) => this.#o.log.error("a job could not be settled", error))
      .finally(() => this.#look(job.peer));
  }

  async #attempt(job: Waiting): Promise<JobOutcome> {
    if (job.expiresAt <= this.#o.now()) return { stop: "out of time" };
    const handler = this.#o.handlers[job.kind];
    if (handler === undefined) return { retry: "not understood by this version", after: LONGEST_WAIT };
    try {
      return await handler(job, this.#stop.signal);
    } catch (error) {
      this.#o.log.error(`job ${job.kind}`, error);
      return { retry: error instanceof Error ? error.name : "failed" };
    }
  }

  async #settle(job: Waiting, outcome: JobOutcome): Promise<void> {
    const { store, now, random, stopped, log } = this.#o;
    if (this.#stop.signal.aborted && outcome !== "done") return;
    if (outcome === "done") {
      await store.transact(async (tx) => {
        await finishJob(tx, job);
        if (job.peer !== "") await peerReached(tx, job.peer, now());
      });
    } else if ("stop" in outcome) {
      log.info("a job was given up", { kind: job.kind, why: outcome.stop });
      await stopped(job, outcome.stop);
      await store.transact((tx) => finishJob(tx, job));
    } else {
      const nextAt = now() + (outcome.after ?? backOff(job.tries, random));
      await store.transact(async (tx) => {
        await noteTry(tx, job, nextAt, outcome.retry);
        if (job.peer !== "") await peerFailed(tx, job.peer, await this.#failedAgain(job.peer), outcome.retry);
      });
    }
  }

  async #failedAgain(peer: string): Promise<PeerNote> {
    const { store, now, random } = this.#o;
    const failures = (await peerNote(store.read, peer)).failures + 1;
    const nextAt = failures >= BREAKER_AFTER ? now() + BREAKER_WAIT * (1 + random() * 0.2) : 0;
    return { failures, nextAt: Math.round(nextAt) };
  }

  #waitForFullLook(): void {
    this.#throttle ??= setTimeout(
      () => {
        this.#throttle = null;
        this.#next();
      },
      Math.max(1, this.#nextFullLook - performance.now()),
    );
  }

  /** Looks at everybody then. One timer, at the soonest time asked for. */
  #sleepUntil(at: number): void {
    if (this.#timer !== null && this.#timerAt <= at) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timerAt = at;
    const left = Math.min(Math.max(at - this.#o.now(), SHORTEST_SLEEP), LONGEST_SLEEP);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#look(null);
    }, left);
    this.#timer.unref();
  }
}
