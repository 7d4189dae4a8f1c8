/** Keeps one tor running while it is wanted: starts it, says how far it is, starts it again when it died or is stuck. */
import { networkInterfaces } from "node:os";
import { performance } from "node:perf_hooks";
import { NodeError } from "../lib/errors.ts";
import { systemRandom } from "../lib/ids.ts";
import { readNews, type TorNews } from "./bootstrap.ts";
import { bridgeLines, findTransportProgram } from "./bridges.ts";
import type { TorOptions } from "./contract.ts";
import { diagnose } from "./diagnose.ts";
import { type GrowingWait, growingWait } from "./growing-wait.ts";
import { createGuardMemory, type GuardMemory } from "./guard-memory.ts";
import type { TorLimits } from "./limits.ts";
import type { TorFailure, TorState } from "./state.ts";
import { runTor, type TorRun, TorStartError } from "./tor-run.ts";

export type SupervisorReport = {
  become(state: TorState): void;
  /** Tor has connected. `back`: the network was away, the tor is the same. */
  up(run: TorRun, back: boolean): void;
  /** The tor is gone, and with it what was published on it. */
  down(): void;
  news(news: TorNews): void;
};

type Progress = { percent: number; at: number; reason: string };

export class Supervisor implements AsyncDisposable {
  readonly #o: TorOptions;
  readonly #limits: TorLimits;
  readonly #report: SupervisorReport;
  readonly #memory: GuardMemory;
  readonly #deaths: GrowingWait;
  readonly #stucks: GrowingWait;
  #bridges: string[];
  #wanted = false;
  #run: TorRun | null = null;
  #up = false;
  #upSince = 0;
  #failure: TorFailure | null = null;
  #connectingSince = 0;
  #progress: Progress = { percent: 0, at: 0, reason: "" };
  #turn: Promise<void> = Promise.resolve();
  #nextTry: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;
  #keep: NodeJS.Timeout | undefined;

  constructor(options: TorOptions, limits: TorLimits, report: SupervisorReport) {
    this.#o = options;
    this.#limits = limits;
    this.#report = report;
    this.#bridges = options.bridges;
    this.#deaths = growingWait(limits.diedFirstMs, limits.diedMaxMs);
    this.#stucks = growingWait(limits.stuckFirstMs, limits.stuckMaxMs);
    const { folder, stateKey, log } = options;
    this.#memory = createGuardMemory({ folder, key: stateKey, random: systemRandom, log });
  }

  /** The tor that has connected; null while there is none. */
  connected(): TorRun | null {
    return this.#up ? this.#run : null;
  }

  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#launch();
  }

  /** At once, what would be tried later. */
  retry(): void {
    this.#deaths.reset();
    this.#stucks.reset();
    if (this.#wanted && this.#failure !== null) this.#launch();
  }

  setBridges(lines: string[]): void {
    bridgeLines(lines, this.#transportProgram());
    if (lines.join("\n") === this.#bridges.join("\n")) return;
    this.#bridges = lines;
    this.#stucks.reset();
    if (this.#wanted) this.#launch();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#nextTry);
    await this.#inTurn(() => this.#halt());
  }

  /** One after the other: two tors must never share the folder. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch((error) => this.#o.log.error("Tor", error));
    return this.#turn;
  }

  /** Ends what runs and starts anew. */
  #launch(): void {
    clearTimeout(this.#nextTry);
    void this.#inTurn(async () => {
      await this.#halt();
      if (!this.#wanted) return;
      try {
        await this.#begin();
      } catch (error) {
        await this.#halt();
        await this.#memory.putAway();
        this.#notBegun(error);
      }
    });
  }

  async #begin(): Promise<void> {
    const { binary, folder, libraryPath, extraTorrc } = this.#o;
    this.#failure = null;
    this.#progress = { percent: 0, at: performance.now(), reason: "" };
    this.#connectingSince = this.#o.now();
    this.#connecting("starting");
    if (binary === null) throw new TorStartError("tor-missing", "no tor on this computer");
    const bridges = bridgeLines(this.#bridges, this.#transportProgram());
    await this.#memory.restore();
    const early: string[] = [];
    let hear = (event: string): void => {
      early.push(event);
    };
    const onEvent = (event: string) => hear(event);
    const place = { binary, libraryPath, folder };
    const run = await runTor({ ...place, bridges, extra: extraTorrc, random: systemRandom, onEvent });
    this.#run = run;
    void run.ended.then((detail) => this.#ended(run, detail));
    this.#look = setInterval(() => this.#lookAround(), this.#limits.lookMs);
    this.#keep = setInterval(() => void this.#memory.keep().catch(() => {}), this.#limits.keepStateMs);
    this.#keep.unref();
    const phase = await run.control.info("status/bootstrap-phase").catch(() => "");
    // How far it is comes first: what was heard meanwhile is newer.
    hear = (event) => this.#hear(run, readNews(event));
    hear(`STATUS_CLIENT ${phase}`);
    for (const event of early) hear(event);
  }

  async #halt(): Promise<void> {
    clearTimeout(this.#nextTry);
    const run = this.#run;
    if (run === null) return;
    this.#down();
    await run.stop();
    await this.#memory.putAway();
  }

  #down(): void {
    clearInterval(this.#look);
    clearInterval(this.#keep);
    this.#run = null;
    this.#up = false;
    this.#report.down();
  }

  #notBegun(error: unknown): void {
    if (error instanceof TorStartError) {
      const byHand = error.failure === "tor-missing" || error.failure === "tor-too-old";
      this.#failed(error.failure, error.message, byHand ? 0 : this.#deaths.next());
      return;
    }
    if (error instanceof NodeError) {
      this.#failed("blocked", error.safe, 0);
      return;
    }
    this.#o.log.error("Tor could not be started", error);
    this.#failed("tor-died", "it could not be started", this.#deaths.next());
  }

  /** `wait` 0: only by hand. */
  #failed(failure: TorFailure, detail: string, wait: number): void {
    const since = this.#o.now();
    this.#failure = failure;
    this.#o.log.warn("Tor", { failure, wait });
    clearTimeout(this.#nextTry);
    if (wait > 0) this.#nextTry = setTimeout(() => this.#launch(), wait);
    this.#report.become({ at: "failed", failure, detail, since, nextTryAt: wait > 0 ? since + wait : 0 });
  }

  #ended(run: TorRun, detail: string): void {
    if (this.#run !== run) return;
    if (this.#up && performance.now() - this.#upSince > this.#limits.steadyMs) this.#deaths.reset();
    this.#down();
    void this.#inTurn(async () => {
      await run.stop();
      await this.#memory.putAway();
    });
    if (this.#wanted) this.#failed("tor-died", detail, this.#deaths.next());
  }

  #hear(run: TorRun, news: TorNews | null): void {
    if (news === null || this.#run !== run) return;
    if (news.kind === "progress") this.#progressed(run, news.percent, news.stage);
    else if (news.kind === "trouble") this.#progress.reason = news.reason;
    else if (news.kind === "clock-wrong") this.#clockIsWrong(news.seconds);
    else if (news.kind === "network") this.#networkIs(run, news.up);
    else if (news.kind === "warning") this.#o.log.debug(`tor says ${news.text}`);
    else this.#report.news(news);
  }

  #progressed(run: TorRun, percent: number, stage: string): void {
    if (this.#up) return;
    if (percent >= 100) {
      this.#up = true;
      this.#upSince = performance.now();
      this.#isUp(run, false);
      return;
    }
    const rose = percent > this.#progress.percent;
    if (rose) this.#progress = { percent, at: performance.now(), reason: "" };
    // A wrong clock does not get right because the next step was reached.
    if (this.#failure === "clock-wrong" || (this.#failure !== null && !rose)) return;
    this.#failure = null;
    clearTimeout(this.#nextTry);
    this.#connecting(stage);
  }

  #connecting(stage: string): void {
    const { percent } = this.#progress;
    this.#report.become({ at: "connecting", percent, stage, since: this.#connectingSince });
  }

  #isUp(run: TorRun, back: boolean): void {
    this.#failure = null;
    this.#stucks.reset();
    clearTimeout(this.#nextTry);
    this.#report.become({ at: "connected", since: this.#o.now() });
    this.#report.up(run, back);
  }

  #clockIsWrong(seconds: number): void {
    if (this.#up || this.#failure !== null) return;
    this.#failed("clock-wrong", `${Math.round(seconds)} s`, this.#stucks.next());
  }

  #lookAround(): void {
    if (this.#up || this.#failure !== null) return;
    const { at, reason } = this.#progress;
    const stuckMs = performance.now() - at;
    const failure = diagnose({ stuckMs, reason, hasNetwork: hasNetwork() }, this.#limits);
    if (failure !== null) this.#failed(failure, reason, this.#stucks.next());
  }

  /** Tor's own view after it was up; it comes back by itself, and is started anew when it does not. */
  #networkIs(run: TorRun, up: boolean): void {
    if (!this.#up) return;
    if (!up && this.#failure === null) this.#failed("no-network", "", this.#stucks.next());
    else if (up && this.#failure === "no-network") this.#isUp(run, true);
  }

  #transportProgram(): string | null {
    return this.#o.binary === null ? null : findTransportProgram(this.#o.binary);
  }
}

/** Looks at this device's own interfaces only; nothing is sent. */
function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}
