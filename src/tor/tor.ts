/**
 * Our own Tor: one tor program kept running, our address published on it, all of it told in one state.
 * The decisions and their reasons are in docs/adr/0009-tor-process.md.
 */
import { NodeError } from "../lib/errors.ts";
import type { TorNews } from "./bootstrap.ts";
import { BriefOnions } from "./brief-onions.ts";
import { watchClock } from "./clock-jump.ts";
import type { OnionService, SocksAddress, Tor, TorOptions } from "./contract.ts";
import { Descriptors } from "./descriptors.ts";
import { TOR_LIMITS, type TorLimits } from "./limits.ts";
import { Publication, type PublicationState } from "./publication.ts";
import type { TorState } from "./state.ts";
import { Supervisor } from "./supervisor.ts";
import type { TorRun } from "./tor-run.ts";

export type { Tor, TorOptions } from "./contract.ts";

/** `limits` are for tests, which cannot wait for minutes. */
export function createTor(options: TorOptions, limits: Partial<TorLimits> = {}): Tor {
  return new OwnTor(options, { ...TOR_LIMITS, ...limits });
}

class OwnTor implements Tor {
  readonly #o: TorOptions;
  readonly #limits: TorLimits;
  readonly #supervisor: Supervisor;
  readonly #descriptors = new Descriptors();
  readonly #briefly: BriefOnions;
  readonly #listeners = new Set<(state: TorState) => void>();
  #clockWatch: Disposable | null = null;
  #state: TorState = { at: "off" };
  #service: OnionService | null = null;
  #publication: Publication | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: TorOptions, limits: TorLimits) {
    this.#o = options;
    this.#limits = limits;
    this.#briefly = new BriefOnions({ limits, now: options.now, log: options.log });
    this.#supervisor = new Supervisor(options, limits, {
      become: (state) => this.#become(state),
      up: (run, back) => this.#isUp(run, back),
      down: () => this.#isDown(),
      news: (news) => this.#hear(news),
    });
  }

  state(): TorState {
    return this.#state;
  }

  onState(listener: (state: TorState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    this.#clockWatch ??= watchClock(this.#o.now, (by) => this.#clockJumped(by), this.#limits.clockLookMs);
    this.#supervisor.start();
  }

  publish(service: OnionService): void {
    this.#service = service;
    void this.#inTurn(async () => {
      await this.#unpublish();
      const run = this.#supervisor.connected();
      if (run !== null) this.#put(run);
    });
  }

  withdraw(): Promise<void> {
    this.#service = null;
    return this.#inTurn(async () => {
      await this.#unpublish();
      if (this.#supervisor.connected() === null) return;
      this.#become({ at: "connected", since: this.#o.now() });
    });
  }

  publishBriefly(service: OnionService): AsyncDisposable {
    return this.#briefly.publish(service);
  }

  authorize(onion: string, clientSecret: Buffer): AsyncDisposable {
    return this.#briefly.authorize(onion, clientSecret);
  }

  async seek(onion: string): Promise<boolean> {
    const run = this.#supervisor.connected();
    if (run === null) throw new NodeError("tor-down", "no look-up without Tor");
    return await this.#descriptors.refresh(run.control, onion);
  }

  socks(): SocksAddress | null {
    return this.#supervisor.connected()?.socks ?? null;
  }

  async forgetCircuit(onion: string): Promise<void> {
    const run = this.#supervisor.connected();
    if (run !== null) await this.#descriptors.refresh(run.control, onion);
  }

  async hasDescriptor(onion: string): Promise<boolean> {
    const run = this.#supervisor.connected();
    if (run === null) throw new NodeError("tor-down", "no look-up without Tor");
    return await this.#descriptors.has(run.control, onion);
  }

  async about() {
    const run = this.#supervisor.connected();
    if (run === null) return null;
    const lists = [await run.control.info("onions/current"), await run.control.info("onions/detached")];
    const published = lists.flatMap((list) => list.split("\n").filter((line) => line !== ""));
    const version = await run.control.info("version");
    return { pid: run.pid, version, published, brief: this.#briefly.names() };
  }

  retryNow(): void {
    const published = this.#publication?.state();
    if (published === undefined) this.#supervisor.retry();
    else if (published.at === "failed" && published.failure === "publish-refused") this.#publication?.again();
    else if (published.at !== "uploading") this.#publication?.testNow();
  }

  async setBridges(lines: string[]): Promise<void> {
    this.#supervisor.setBridges(lines);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#clockWatch?.[Symbol.dispose]();
    this.#service = null;
    await this.#inTurn(() => this.#unpublish());
    await this.#briefly[Symbol.asyncDispose]();
    await this.#supervisor[Symbol.asyncDispose]();
    this.#become({ at: "off" });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch((error) => this.#o.log.error("publication", error));
    return this.#turn;
  }

  #become(state: TorState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  #isUp(run: TorRun, back: boolean): void {
    const published = this.#publication?.state();
    if (!back) this.#briefly.up(run.control);
    if (back && published !== undefined) {
      this.#show(published);
      this.#publication?.testNow();
      return;
    }
    void this.#inTurn(async () => this.#put(run));
  }

  #isDown(): void {
    const publication = this.#publication;
    this.#publication = null;
    void publication?.[Symbol.asyncDispose]();
    this.#briefly.down();
  }

  #hear(news: TorNews): void {
    if (news.kind === "descriptor") this.#descriptors.tell(news.onion, news.found, news.exhausted);
    if (news.kind !== "upload") return;
    if (news.onion === this.#publication?.onion) this.#publication.uploaded(news.accepted);
    else this.#briefly.uploaded(news.onion, news.accepted);
  }

  #clockJumped(by: number): void {
    this.#o.log.info("the clock jumped", { seconds: Math.round(by / 1000) });
    this.#briefly.again();
    if (this.#publication !== null) this.#publication.again();
    else this.#supervisor.retry();
  }

  #put(run: TorRun): void {
    const service = this.#service;
    if (service === null || this.#publication !== null || this.#supervisor.connected() !== run) return;
    const publication: Publication = new Publication({
      control: run.control,
      service,
      selfTest: this.#o.selfTest,
      changed: (state) => {
        if (this.#publication === publication) this.#show(state);
      },
      limits: this.#limits,
      now: this.#o.now,
      log: this.#o.log,
    });
    this.#publication = publication;
  }

  async #unpublish(): Promise<void> {
    const publication = this.#publication;
    this.#publication = null;
    await publication?.[Symbol.asyncDispose]();
  }

  #show(state: PublicationState): void {
    const since = this.#o.now();
    const onion = this.#publication?.onion ?? "";
    if (state.at === "uploading") this.#become({ at: "connected", since });
    else if (state.at === "published") this.#become({ at: "published", onion, since });
    else if (state.at === "failed") this.#become({ ...state, since });
    else {
      const already = this.#state.at === "reachable" ? this.#state.since : since;
      this.#become({ at: "reachable", onion, since: already, testedAt: state.testedAt });
    }
  }
}
