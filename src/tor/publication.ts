/**
 * Keeps one onion published on one running tor, and tests that it can be reached.
 *
 * Tor says for each upload whether a directory took it. It does not try again by itself when they refuse, which they
 * do for about a minute when another device with a faster clock published the same address: then the onion is taken
 * out and put in again after a while. "Reachable" is only said after our own answer came back through Tor.
 */
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { OnionService } from "./contract.ts";
import { type Control, ControlError } from "./control.ts";
import { type GrowingWait, growingWait } from "./growing-wait.ts";
import type { TorLimits } from "./limits.ts";
import { onionFromSeed } from "./onion-key.ts";
import type { TorFailure } from "./state.ts";

export type PublicationState =
  | { at: "uploading" }
  | { at: "published" }
  | { at: "reachable"; testedAt: number }
  | { at: "failed"; failure: TorFailure; detail: string; nextTryAt: number };

const REFUSALS_TO_SAY = 3;
const FAILED_TESTS_TO_SAY = 5;

export type PublicationOptions = {
  control: Control;
  service: OnionService;
  /** null: it is never said to be reachable. */
  selfTest: ((onion: string, signal: AbortSignal) => Promise<boolean>) | null;
  changed: (state: PublicationState) => void;
  limits: TorLimits;
  now: Clock;
  log: Log;
};

/** Whether the directories as a whole took a round of uploads. */
export function roundRefused(accepted: number, rejected: number): boolean {
  return rejected >= accepted;
}

export class Publication implements AsyncDisposable {
  readonly onion: string;
  readonly #o: PublicationOptions;
  readonly #key: string;
  readonly #ended = new AbortController();
  readonly #refusals: GrowingWait;
  readonly #failedTests: GrowingWait;
  #state: PublicationState = { at: "uploading" };
  #added = false;
  #turn: Promise<void> = Promise.resolve();
  #round = { accepted: 0, rejected: 0 };
  #testing = false;
  #judgeTimer: NodeJS.Timeout | undefined;
  #publishTimer: NodeJS.Timeout | undefined;
  #testTimer: NodeJS.Timeout | undefined;

  constructor(options: PublicationOptions) {
    this.#o = options;
    const key = onionFromSeed(options.service.seed);
    this.onion = key.onion;
    this.#key = key.addOnionKey;
    this.#refusals = growingWait(options.limits.refusedFirstMs, options.limits.refusedMaxMs);
    this.#failedTests = growingWait(options.limits.testFirstMs, options.limits.testMaxMs);
    this.#republish();
  }

  state(): PublicationState {
    return this.#state;
  }

  /** Takes the onion out and puts it in again, and starts over with the tests. */
  again(): void {
    this.#failedTests.reset();
    this.#turn = this.#turn.then(() => this.#take()).then(() => this.#cut());
    this.#republish();
  }

  #republish(): void {
    clearTimeout(this.#publishTimer);
    clearTimeout(this.#testTimer);
    this.#turn = this.#turn.then(() => this.#put()).catch((error) => this.#notPut(error));
  }

  /** Tests at once, unless a test is running. */
  testNow(): void {
    this.#testIn(0);
  }

  /** News of an upload of this onion. */
  uploaded(accepted: boolean): void {
    if (this.#ended.signal.aborted) return;
    this.#round[accepted ? "accepted" : "rejected"] += 1;
    clearTimeout(this.#judgeTimer);
    this.#judgeTimer = setTimeout(() => this.#judge(), this.#o.limits.settleMs);
    const waiting = this.#state.at === "uploading" || this.#state.at === "failed";
    // After failed tests only a test that passed says more.
    if (!accepted || !waiting || this.#failedTests.times() > 0) return;
    this.#become({ at: "published" });
    this.#testIn(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    for (const timer of [this.#judgeTimer, this.#publishTimer, this.#testTimer]) clearTimeout(timer);
    this.#turn = this.#turn.then(() => this.#take()).then(() => this.#cut());
    await this.#turn;
  }

  #become(state: PublicationState): void {
    if (this.#ended.signal.aborted) return;
    this.#state = state;
    this.#o.changed(state);
  }

  async #put(): Promise<void> {
    await this.#take();
    if (this.#ended.signal.aborted) return;
    this.#round = { accepted: 0, rejected: 0 };
    clearTimeout(this.#judgeTimer);
    this.#judgeTimer = setTimeout(() => this.#judge(), this.#o.limits.silentMs);
    if (this.#state.at !== "failed" && this.#state.at !== "uploading") this.#become({ at: "uploading" });
    const { target, virtualPort, clientKey } = this.#o.service;
    const place = "path" in target ? `unix:${target.path}` : `127.0.0.1:${target.port}`;
    const flags = `DiscardPK,MaxStreamsCloseCircuit${clientKey === undefined ? "" : ",V3Auth"}`;
    const base = `ADD_ONION ${this.#key} Flags=${flags} MaxStreams=32`;
    const client = clientKey === undefined ? "" : ` ClientAuthV3=${clientKey}`;
    const port = `Port=${virtualPort},${place}${client}`;
    try {
      await this.#o.control.send(`${base} PoWDefensesEnabled=1 PoWQueueRate=50 PoWQueueBurst=200 ${port}`);
    } catch (error) {
      // ADD_ONION learnt the words for proof of work in 0.4.9; a tor built without it refuses them, too.
      if (!(error instanceof ControlError) || error.code === 550 || error.code === 0) throw error;
      this.#o.log.warn("this tor cannot ask strangers for proof of work", { code: error.code });
      await this.#o.control.send(`${base} ${port}`);
    }
    this.#added = true;
  }

  #notPut(error: unknown): void {
    if (this.#ended.signal.aborted) return;
    this.#o.log.error("the address could not be given to Tor", error);
    // 550: Tor still has it, so it must be taken out before the next try.
    this.#added = true;
    this.#refused(error instanceof ControlError ? `code ${error.code}` : "unknown");
  }

  async #take(): Promise<void> {
    if (!this.#added) return;
    this.#added = false;
    // 552: Tor has no such onion; a closed connection has taken it along.
    await this.#o.control.send(`DEL_ONION ${this.onion.slice(0, -".onion".length)}`).catch(() => {});
  }

  /** Who is connected stays so when an onion is taken out; withdrawn must mean withdrawn for them, too. */
  async #cut(): Promise<void> {
    const status = await this.#o.control.info("circuit-status").catch(() => "");
    const name = this.onion.slice(0, -".onion".length);
    for (const line of status.split("\n")) {
      const id = line.split(" ", 1)[0];
      const visitor = line.includes(" PURPOSE=HS_SERVICE_REND ") && line.includes(`REND_QUERY=${name}`);
      if (visitor && id) await this.#o.control.send(`CLOSECIRCUIT ${id}`).catch(() => {});
    }
  }

  #judge(): void {
    const { accepted, rejected } = this.#round;
    this.#round = { accepted: 0, rejected: 0 };
    if (roundRefused(accepted, rejected))
      this.#refused(`${rejected} of ${accepted + rejected} uploads refused`);
    else this.#refusals.reset();
  }

  #refused(detail: string): void {
    const wait = this.#refusals.next();
    this.#o.log.warn("the address was not taken by the directories", { times: this.#refusals.times(), wait });
    if (this.#refusals.times() >= REFUSALS_TO_SAY && this.#state.at !== "reachable") {
      this.#become({ at: "failed", failure: "publish-refused", detail, nextTryAt: this.#o.now() + wait });
    }
    clearTimeout(this.#judgeTimer);
    clearTimeout(this.#publishTimer);
    this.#publishTimer = setTimeout(() => this.#republish(), wait);
  }

  #testIn(ms: number): void {
    clearTimeout(this.#testTimer);
    const { selfTest } = this.#o;
    if (this.#ended.signal.aborted || selfTest === null) return;
    this.#testTimer = setTimeout(() => void this.#test(selfTest), ms);
  }

  async #test(selfTest: NonNullable<PublicationOptions["selfTest"]>): Promise<void> {
    if (this.#testing) return;
    this.#testing = true;
    const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(this.#o.limits.testMs)]);
    const late = new Promise<false>((resolve) => {
      signal.addEventListener("abort", () => resolve(false), { once: true });
    });
    const reached = await Promise.race([selfTest(this.onion, signal).catch(() => false), late]);
    this.#testing = false;
    if (this.#ended.signal.aborted) return;
    // It was taken out meanwhile: that answer says nothing.
    if (!this.#added) this.#testIn(this.#o.limits.testFirstMs);
    else if (reached) this.#passed();
    else this.#failed();
  }

  #passed(): void {
    this.#failedTests.reset();
    this.#become({ at: "reachable", testedAt: this.#o.now() });
    this.#testIn(this.#o.limits.testAgainMs);
  }

  #failed(): void {
    const wait = this.#failedTests.next();
    const times = this.#failedTests.times();
    const nextTryAt = this.#o.now() + wait;
    if (times >= FAILED_TESTS_TO_SAY) {
      const detail = `${times} tests without an answer`;
      this.#become({ at: "failed", failure: "not-reachable-yet", detail, nextTryAt });
      // A fresh publication makes new introduction points.
      if (times % FAILED_TESTS_TO_SAY === 0) this.#republish();
    } else if (times >= 2 && this.#state.at === "reachable") {
      this.#become({ at: "published" });
    }
    this.#testIn(wait);
  }
}
