import { setImmediate as nextTurn } from "node:timers/promises";
import PQueue from "p-queue";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import { type Alarm, createAlarm } from "./alarm.ts";
import { backOff, LONGEST_WAIT, NO_REAL_WAIT } from "./back-off.ts";
import { finishJob, postponeJob, settleJob } from "./job-queue.ts";
import { isDone, type Job, type JobHandler, type JobOutcome, type Retry } from "./jobs.ts";
import type { Head, Waiting } from "./lanes.ts";
import { createPace, type Pace } from "./pace.ts";
import type { Store } from "./store.ts";

/**
 * Runs the queue: one job at a time per peer, oldest first; a job that must be tried again holds back the later ones of
 * its peer and nobody else's. After five failures in a row the peer is tried every 15 minutes at the most, until it is
 * heard of. Whatever runs when the process dies is run again: handlers may be called twice.
 *
 * Nothing looks at the whole queue but a start, a resumption and a call to wake everybody; else only peers are looked at
 * for whom a job was written, ended or became due.
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

const BREAKER_AFTER = 5;
const BREAKER_WAIT = 15 * 60_000;
const CONCURRENCY = 6;
/** Peers looked at before other work of the process gets its turn. */
const A_SLICE = 100;
const CHANGES_A_SLICE = 500;

export function createJobRunner(o: JobRunnerOptions): JobRunner {
  return new Runner(o);
}

class Runner implements JobRunner {
  readonly #o: JobRunnerOptions;
  /** Peers that did not answer last time have workers of their own: they never keep the others waiting. */
  readonly #answering: PQueue;
  readonly #silent: PQueue;
  /** Lanes in which a job runs: a peer, or a job of no peer. */
  readonly #busy = new Set<string>();
  /** Peers heard of; the mark stays until a job has been tried for it, also while one runs that began before. */
  readonly #woken = new Set<string>();
  /** Lanes whose last outcome could not be written down. What was sent must not be sent again and again. */
  readonly #held = new Map<string, { until: number; times: number }>();
  readonly #wanted = new Set<string>();
  readonly #pace: Pace;
  readonly #alarm: Alarm;
  readonly #stop = new AbortController();
  readonly #unsubscribe: () => void;
  /** How far through everybody, by the order of names; null: not begun. */
  #sweep: { after: string | null; wake: boolean } | null = null;
  #read = 0;
  #written = false;
  #started = false;
  #paused = false;
  #looking: Promise<void> | null = null;

  constructor(o: JobRunnerOptions) {
    this.#o = o;
    const concurrency = o.concurrency ?? CONCURRENCY;
    this.#pace = createPace(concurrency);
    this.#answering = new PQueue({ concurrency });
    this.#silent = new PQueue({ concurrency: Math.ceil(concurrency / 2) });
    this.#alarm = createAlarm(o.now, (lanes) => this.#look(...lanes));
    this.#unsubscribe = o.store.onCommit((entities) => {
      if (!entities.has("Job")) return;
      this.#written = true;
      this.#look();
    });
  }

  start(): void {
    this.#started = true;
    this.#lookAtEverybody(false);
  }
  pause(): void {
    this.#paused = true;
  }
  resume(): void {
    this.#paused = false;
    this.#lookAtEverybody(false);
  }
  wake(peer?: string): void {
    if (peer === undefined) this.#lookAtEverybody(true);
    else {
      this.#woken.add(peer);
      this.#look(peer);
    }
  }
  state() {
    return { running: this.#busy.size, paused: this.#paused };
  }
  async idle(): Promise<void> {
    while (this.#looking !== null || this.#busy.size > 0) {
      await this.#looking;
      await Promise.all([this.#answering.onIdle(), this.#silent.onIdle()]);
      await nextTurn();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#unsubscribe();
    this.#stop.abort();
    this.#alarm[Symbol.dispose]();
    await this.idle();
  }

  #lookAtEverybody(wake: boolean): void {
    this.#sweep = { after: null, wake: wake || (this.#sweep?.wake ?? false) };
    this.#look("");
  }

  #look(...peers: string[]): void {
    for (const peer of peers) this.#wanted.add(peer);
    if (!this.#mayBegin() || this.#looking !== null) return;
    this.#looking = this.#lookAround().then(
      () => {
        this.#looking = null;
        if (this.#hasToLook()) this.#look();
      },
      (error: unknown) => {
        this.#looking = null;
        this.#o.log.error("the queue could not be read", error);
        this.#sweep = { after: null, wake: false };
        this.#alarm.set("", this.#o.now() + backOff(0, () => 0));
      },
    );
  }

  #mayBegin(): boolean {
    return this.#started && !this.#paused && !this.#stop.signal.aborted;
  }

  #hasToLook(): boolean {
    return this.#wanted.size > 0 || this.#written || this.#sweep !== null;
  }

  async #lookAround(): Promise<void> {
    while (this.#mayBegin()) {
      if (this.#written) this.#readWritten();
      if (this.#sweep !== null) this.#sweepOn(this.#sweep);
      const slice = [...this.#wanted].slice(0, A_SLICE);
      if (slice.length === 0 && !this.#hasToLook()) return;
      for (const peer of slice) {
        this.#wanted.delete(peer);
        if (peer === "") this.#considerUnordered();
        else this.#consider(peer);
      }
      await nextTurn();
    }
  }

  #readWritten(): void {
    const { peers, seq } = this.#o.store.lanes.writtenAfter(this.#read, CHANGES_A_SLICE);
    this.#written = seq > this.#read;
    this.#read = seq;
    for (const peer of peers) this.#wanted.add(peer);
  }

  #sweepOn({ after, wake }: { after: string | null; wake: boolean }): void {
    const { lanes } = this.#o.store;
    if (after === null) this.#read = lanes.head();
    const peers = lanes.peersAfter(after ?? "", A_SLICE);
    for (const peer of peers) {
      this.#wanted.add(peer);
      if (wake) this.#woken.add(peer);
    }
    const last = peers.at(-1);
    this.#sweep = last === undefined ? null : { after: last, wake };
  }

  #consider(peer: string): void {
    if (this.#busy.has(peer)) return; // looked at again when that job has ended
    const head = this.#o.store.lanes.first(peer);
    const woken = this.#woken.has(peer);
    if (head === null) {
      // Whoever is heard of while nothing waits for them leaves no mark behind.
      this.#woken.delete(peer);
      this.#alarm.delete(peer);
      return;
    }
    const now = this.#o.now();
    const waits = woken || head.dueAt - now > NO_REAL_WAIT ? 0 : head.dueAt;
    const dueAt = Math.max(waits, this.#held.get(peer)?.until ?? 0);
    if (dueAt > now) this.#alarm.set(peer, dueAt);
    else {
      this.#woken.delete(peer);
      this.#run(peer, head, woken);
    }
  }

  #considerUnordered(): void {
    const now = this.#o.now();
    const { heads, nextAt } = this.#o.store.lanes.unordered(now, A_SLICE);
    let soonest = nextAt;
    for (const head of heads) {
      const { id } = head.job;
      const held = this.#held.get(id)?.until ?? 0;
      if (held > now) soonest = Math.min(soonest, held);
      else if (!this.#busy.has(id)) this.#run(id, head, false);
    }
    if (Number.isFinite(soonest)) this.#alarm.set("", soonest);
  }

  #run(lane: string, { job, failures }: Head, woken: boolean): void {
    this.#busy.add(lane);
    this.#alarm.delete(lane);
    const queue = failures === 0 || woken ? this.#answering : this.#silent;
    queue
      .add(async () => {
        if (!this.#mayBegin()) return;
        // It may have been done, or taken back, since it was read.
        const head = this.#o.store.lanes.job(job.id);
        if (head !== null) await this.#settle(head, await this.#attempt(head.job), woken);
        this.#held.delete(lane);
      })
      .catch((error: unknown) => {
        this.#o.log.error("a job could not be settled", error);
        this.#hold(lane);
      })
      .finally(() => {
        this.#busy.delete(lane);
        this.#look(job.peer);
      });
  }

  #adapt(answered: boolean): void {
    if (answered) this.#pace.answered();
    else this.#pace.silent();
    this.#answering.concurrency = this.#pace.now();
  }

  #hold(lane: string): void {
    const times = this.#held.get(lane)?.times ?? 0;
    this.#held.set(lane, { until: this.#o.now() + backOff(times, this.#o.random), times: times + 1 });
  }

  async #attempt(job: Waiting): Promise<JobOutcome> {
    const handler = this.#o.handlers[job.kind];
    if (handler === undefined) return { retry: "not understood by this version", after: LONGEST_WAIT };
    try {
      const outcome = await handler(job, this.#stop.signal);
      // Time is over only after one more try: a clock may have leapt over all of it.
      const isOver = typeof outcome === "object" && "retry" in outcome && job.expiresAt <= this.#o.now();
      return isOver && !this.#stop.signal.aborted ? { stop: "out of time" } : outcome;
    } catch (error) {
      this.#o.log.error(`job ${job.kind}`, error);
      return { retry: error instanceof Error ? error.name : "failed" };
    }
  }

  async #settle(head: Head, outcome: JobOutcome, woken: boolean): Promise<void> {
    const { store, now, stopped, log } = this.#o;
    const { job } = head;
    if (head.failures === 0 && job.peer !== "") this.#adapt(isDone(outcome));
    if (isDone(outcome)) {
      await store.transact((tx) => settleJob(tx, job, outcome, now()));
      return;
    }
    if (this.#stop.signal.aborted) return;
    if ("stop" in outcome) {
      log.info("a job was given up", { kind: job.kind, why: outcome.stop });
      await stopped(job, outcome.stop);
      await store.transact((tx) => finishJob(tx, job));
    } else await this.#later(job, woken ? 0 : head.failures, outcome);
  }

  /** `failures`: of the peer in a row before this one, since it was last heard of. */
  async #later(job: Waiting, failures: number, { retry: reason, after }: Retry): Promise<void> {
    const { store, now, random } = this.#o;
    const wait = after ?? backOff(job.peer === "" ? job.tries : failures, random);
    const closed = failures + 1 >= BREAKER_AFTER ? now() + BREAKER_WAIT * (1 + random() * 0.2) : 0;
    const peer = { failures: failures + 1, nextAt: Math.round(closed) };
    await store.transact((tx) => postponeJob(tx, job, { reason, nextAt: now() + wait, peer }));
  }
}
