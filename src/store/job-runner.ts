import PQueue from "p-queue";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import {
  finishJob,
  nextTries,
  noteTry,
  oldestJobs,
  type PeerNote,
  peerFailed,
  peerNote,
  peerReached,
  peersWaiting,
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
const PEERS_A_LOOK = 500;
const UNORDERED_A_LOOK = 20;
/** A timer may not sleep longer than this, so that a clock that jumps is noticed. */
const LONGEST_SLEEP = 60_000;

/** Doubles from 15 s to an hour, with up to a fifth of jitter on top. */
export function backOff(tries: number, random: () => number): number {
  const wait = Math.min(FIRST_WAIT * 2 ** Math.min(tries, 20), LONGEST_WAIT);
  return Math.round(wait * (1 + random() * 0.2));
}

export function createJobRunner(o: JobRunnerOptions): JobRunner {
  return new Runner(o);
}

class Runner implements JobRunner {
  readonly #o: JobRunnerOptions;
  readonly #queue: PQueue;
  readonly #busy = new Set<string>();
  readonly #woken = new Set<string>();
  readonly #stop = new AbortController();
  readonly #unsubscribe: () => void;
  #wokenAll = false;
  #started = false;
  #paused = false;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #again = false;

  constructor(o: JobRunnerOptions) {
    this.#o = o;
    this.#queue = new PQueue({ concurrency: o.concurrency ?? CONCURRENCY });
    this.#unsubscribe = o.store.onCommit((entities) => {
      if (entities.has("Job")) this.#look();
    });
  }

  start(): void {
    this.#started = true;
    this.#look();
  }
  pause(): void {
    this.#paused = true;
  }
  resume(): void {
    this.#paused = false;
    this.#look();
  }
  wake(peer?: string): void {
    if (peer === undefined) this.#wokenAll = true;
    else this.#woken.add(peer);
    this.#look();
  }
  state() {
    return { running: this.#busy.size, paused: this.#paused };
  }
  async idle(): Promise<void> {
    do {
      await this.#looking;
      await this.#queue.onIdle();
    } while (this.#looking !== null || this.#busy.size > 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#unsubscribe();
    this.#stop.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#looking;
    await this.#queue.onIdle();
    await this.#looking;
  }

  /** One look over the queue at a time; what happens meanwhile asks for another. */
  #look(): void {
    if (!this.#started || this.#paused || this.#stop.signal.aborted) return;
    if (this.#looking !== null) {
      this.#again = true;
      return;
    }
    this.#looking = this.#begin()
      .catch((error: unknown) => {
        this.#o.log.error("the queue could not be read", error);
        this.#sleep(FIRST_WAIT);
      })
      .finally(() => {
        this.#looking = null;
        if (this.#again) {
          this.#again = false;
          this.#look();
        }
      });
  }

  async #begin(): Promise<void> {
    const everybody = this.#wokenAll;
    const woken = new Set(this.#woken);
    this.#wokenAll = false;
    this.#woken.clear();
    let soonest = Number.POSITIVE_INFINITY;
    for (let after: string | null = null; ; ) {
      const peers: string[] = await peersWaiting(this.#o.store.read, after, PEERS_A_LOOK);
      for (const peer of peers) {
        if (this.#stop.signal.aborted || this.#paused) return;
        soonest = Math.min(soonest, await this.#beginPeer(peer, everybody || woken.has(peer)));
      }
      after = peers.at(-1) ?? null;
      if (peers.length < PEERS_A_LOOK) break;
    }
    if (Number.isFinite(soonest)) this.#sleep(soonest - this.#o.now());
  }

  /** Begins what is due for a peer; returns when it is to be looked at again. */
  async #beginPeer(peer: string, woken: boolean): Promise<number> {
    const { store, now } = this.#o;
    const jobs = await oldestJobs(store.read, peer, peer === "" ? UNORDERED_A_LOOK : 1);
    const due = await nextTries(
      store.read,
      jobs.map(({ id }) => id),
    );
    const open = peer === "" || woken ? 0 : (await peerNote(store.read, peer)).nextAt;
    let soonest = Number.POSITIVE_INFINITY;
    for (const job of jobs) {
      const lane = peer === "" ? job.id : peer;
      if (this.#busy.has(lane)) continue;
      const at = woken ? 0 : Math.max(due.get(job.id) ?? 0, open);
      if (at > now()) soonest = Math.min(soonest, at);
      else this.#run(lane, job);
    }
    return soonest;
  }

  #run(lane: string, job: Waiting): void {
    this.#busy.add(lane);
    this.#queue
      .add(async () => {
        try {
          if (!this.#paused && !this.#stop.signal.aborted) await this.#settle(job, await this.#attempt(job));
        } finally {
          this.#busy.delete(lane);
        }
      })
      .catch((error: unknown) => this.#o.log.error("a job could not be settled", error))
      .finally(() => this.#look());
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

  #sleep(milliseconds: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), Math.min(Math.max(milliseconds, 50), LONGEST_SLEEP));
    this.#timer.unref();
  }
}
