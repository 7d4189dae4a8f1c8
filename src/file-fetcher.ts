import { type FetchingOptions, fetchFile } from "./coming-files.ts";
import type { Log } from "./lib/log.ts";
import { type ComingFile, comingAmong, comingFiles } from "./social/messages/files/queries.ts";
import { backOff } from "./store/back-off.ts";

/**
 * Fetches what files of messages are wanted; the rows that say so are its queue. It is none of the jobs', for a file takes
 * hours, and would hold up one of their few workers, and letters to the same person, all the while.
 */
export interface FileFetcher extends AsyncDisposable {
  /** What waits for another try is tried now: of this host, or of all. */
  wake(host?: string): void;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
}

export type FileFetcherOptions = FetchingOptions & {
  /** 0 up to 1 */
  random: () => number;
  log: Log;
};

export function createFileFetcher(o: FileFetcherOptions): FileFetcher {
  return new Fetcher(o);
}

/** At a time, one of each person; and rows looked at. */
const AT_ONCE = 3;
const LOOKED_AT = 100;
/** What changes what is wanted. */
const WATCHED = ["MessageFile", "Blocked"];

type Running = { personId: string; abort: AbortController; work: Promise<void> };
/** Of a person, whose device did not answer or broke off. `last`: what was tried last; others of theirs come before it. */
type Wait = { until: number; failures: number; host: string; last: string };

class Fetcher implements FileFetcher {
  readonly #o: FileFetcherOptions;
  readonly #running = new Map<string, Running>();
  readonly #waits = new Map<string, Wait>();
  readonly #unsubscribe: () => void;
  #closed = false;
  #again = false;
  #looking: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(o: FileFetcherOptions) {
    this.#o = o;
    this.#unsubscribe = o.store.onCommit((entities) => {
      if (WATCHED.some((name) => entities.has(name))) this.#look();
    });
  }

  wake(host?: string): void {
    for (const wait of this.#waits.values()) if (host === undefined || wait.host === host) wait.until = 0;
    this.#look();
  }

  async idle(): Promise<void> {
    while (this.#looking !== null || this.#running.size > 0) {
      await this.#looking;
      await Promise.all([...this.#running.values()].map(({ work }) => work));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    clearTimeout(this.#timer);
    for (const { abort } of this.#running.values()) abort.abort();
    await this.idle();
  }

  #look(): void {
    this.#again = true;
    if (this.#closed || this.#looking !== null) return;
    this.#looking = this.#lookAround()
      .catch((error: unknown) => this.#o.log.error("files of messages could not be looked for", error))
      .finally(() => {
        this.#looking = null;
        if (this.#again) this.#look();
      });
  }

  async #lookAround(): Promise<void> {
    const { read } = this.#o.store;
    while (this.#again && !this.#closed) {
      this.#again = false;
      // What is not wanted any more, or of somebody who is blocked by now.
      const wanted = await comingAmong(read, [...this.#running.keys()]);
      for (const [id, { abort }] of this.#running) if (!wanted.has(id)) abort.abort();
      const busy = [...this.#running.values()].map(({ personId }) => personId);
      for (const row of await comingFiles(read, [...busy, ...this.#waiting()], LOOKED_AT).then(
        lastOnes(this.#waits),
      ))
        if (!this.#closed && this.#hasRoomFor(row)) this.#run(row);
      this.#lookLater();
    }
  }

  #waiting(): string[] {
    const now = this.#o.now();
    return [...this.#waits].filter(([, { until }]) => until > now).map(([personId]) => personId);
  }

  #hasRoomFor({ personId }: ComingFile): boolean {
    const running = [...this.#running.values()];
    return running.length < AT_ONCE && running.every((one) => one.personId !== personId);
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    const now = this.#o.now();
    const times = [...this.#waits.values()].map(({ until }) => until).filter((until) => until > now);
    if (this.#closed || times.length === 0) return;
    this.#timer = setTimeout(() => this.#look(), Math.min(...times) - now);
    this.#timer.unref();
  }

  #run(row: ComingFile): void {
    const { id, personId } = row;
    const abort = new AbortController();
    const work = this.#fetch(row, abort.signal).finally(() => {
      this.#running.delete(id);
      this.#look();
    });
    this.#running.set(id, { personId, abort, work });
  }

  async #fetch(row: ComingFile, signal: AbortSignal): Promise<void> {
    const { id, personId, received, origin } = row;
    const outcome = await fetchFile(this.#o, row, signal).catch((error: unknown) => {
      this.#o.log.error("a file of a message", error);
      return "again" as const;
    });
    const before = this.#waits.get(personId);
    this.#waits.delete(personId);
    if (outcome !== "again") return;
    // Whatever goes on is not a failure.
    const failures = before === undefined || row.received > received ? 0 : before.failures + 1;
    const until = this.#o.now() + backOff(failures, this.#o.random);
    this.#waits.set(personId, { until, failures, host: new URL(origin).host, last: id });
  }
}

/** What was tried last of somebody comes after everything else of theirs. */
const lastOnes = (waits: ReadonlyMap<string, Wait>) => (rows: ComingFile[]) => {
  const isLast = ({ id, personId }: ComingFile) => waits.get(personId)?.last === id;
  return [...rows.filter((row) => !isLast(row)), ...rows.filter(isLast)];
};
