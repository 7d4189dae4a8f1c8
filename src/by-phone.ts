/**
 * Two people on the phone: one device shows eight words, the other types them and gets a short text from the first, once,
 * within ten minutes. docs/adr/0021-eight-words.md
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "./lib/clock.ts";
import { drawWords, readWords } from "./lib/eight-words.ts";
import { NodeError } from "./lib/errors.ts";
import type { Random } from "./lib/ids.ts";
import { openOffer, type PhoneOffer } from "./phone-offer.ts";
import type { Tor } from "./tor/tor.ts";
import { keyOfWords } from "./tor/word-key.ts";
import type { OwnerActing } from "./web/ports.ts";

export interface ByPhone extends AsyncDisposable {
  offer: OwnerActing["offerByPhone"];
  cancel: OwnerActing["cancelByPhone"];
  fetch: OwnerActing["fetchByPhone"];
}

export type ByPhoneOptions = {
  tor: Pick<Tor, "publishBriefly" | "authorize" | "seek" | "socks">;
  /** On a circuit of its own. */
  fetchOnce: typeof globalThis.fetch;
  /** The data folder. */
  folder: string;
  now: Clock;
  random: Random;
  /** For tests, which cannot wait so long. */
  limits?: Partial<typeof LIMITS>;
};

const LIMITS = {
  /** How long it is looked for: an address that was shown just now is found after some seconds up to a minute. */
  patienceMs: 90_000,
  betweenMs: 3_000,
  graceMs: 5_000,
};

const LASTS = 10 * 60_000;
const MOST_BYTES = 1_024;

export function createByPhone(options: ByPhoneOptions): ByPhone {
  return new Phone(options);
}

type Shown = { words: string; offer: PhoneOffer };

class Phone implements ByPhone {
  readonly #o: ByPhoneOptions;
  readonly #limits: typeof LIMITS;
  readonly #ended = new AbortController();
  readonly #fetching = new Map<string, Promise<string>>();
  #shown: Shown | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ByPhoneOptions) {
    this.#o = options;
    this.#limits = { ...LIMITS, ...options.limits };
  }

  offer(text: string): ReturnType<ByPhone["offer"]> {
    return this.#inTurn(async () => {
      const { tor, folder, now, random } = this.#o;
      const bytes = Buffer.byteLength(text);
      if (bytes === 0 || bytes > MOST_BYTES) throw new RangeError(`a text of ${bytes} bytes`);
      await this.#end();
      if (this.#ended.signal.aborted) throw new NodeError("sealed", "no keys here");
      if (tor.socks() === null) throw new NodeError("tor-down", "nothing is shown without Tor");
      const words = drawWords(random);
      const key = await keyOfWords(words);
      const until = now() + LASTS;
      const { graceMs } = this.#limits;
      const offer = await openOffer({ tor, folder, now, graceMs }, { text, key, until });
      this.#shown = { words: words.join(" "), offer };
      return { words, until, taken: offer.taken };
    });
  }

  cancel(): Promise<void> {
    return this.#inTurn(() => this.#end());
  }

  async fetch(typed: string | readonly string[], signal: AbortSignal): Promise<string> {
    const words = readWords(typeof typed === "string" ? typed : typed.join(" ")).join(" ");
    if (words === this.#shown?.words) throw new NodeError("phone-own-words", "our own words");
    const running = this.#fetching.get(words);
    if (running !== undefined) return running;
    const fetched = this.#fetch(words, AbortSignal.any([signal, this.#ended.signal]));
    this.#fetching.set(words, fetched);
    try {
      return await fetched;
    } finally {
      this.#fetching.delete(words);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort(new NodeError("sealed", "no keys here"));
    await this.#inTurn(() => this.#end());
    await Promise.allSettled(this.#fetching.values());
  }

  async #end(): Promise<void> {
    const shown = this.#shown;
    this.#shown = null;
    await shown?.offer[Symbol.asyncDispose]();
  }

  async #fetch(words: string, signal: AbortSignal): Promise<string> {
    const { tor, fetchOnce } = this.#o;
    const { patienceMs, betweenMs } = this.#limits;
    if (tor.socks() === null) throw new NodeError("tor-down", "nobody is found without Tor");
    const { onion, clientSecret } = await keyOfWords(words.split(" "));
    signal.throwIfAborted();
    await using _key = tor.authorize(onion, clientSecret);
    const end = performance.now() + patienceMs;
    for (;;) {
      const isThere = await tor.seek(onion).catch(() => false);
      signal.throwIfAborted();
      if (isThere) {
        const text = await ask(fetchOnce, onion, signal);
        if (text !== null) return text;
        // It was tried twice, with a fresh descriptor. That takes up to 40 seconds, for Tor does not say who is gone.
        if (tor.socks() !== null) throw new NodeError("phone-over", "an address that does not answer");
      }
      if (performance.now() > end) break;
      await pause(betweenMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    if (tor.socks() === null) throw new NodeError("tor-down", "Tor went away meanwhile");
    throw new NodeError("phone-nobody", "no such address");
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }
}

/** null: no answer. What answers has given its text to somebody else already, when it does not give it to us. */
async function ask(
  fetchOnce: ByPhoneOptions["fetchOnce"],
  onion: string,
  signal: AbortSignal,
): Promise<string | null> {
  const asked = { method: "POST", redirect: "error", signal } as const;
  const response = await fetchOnce(`http://${onion}/`, asked).catch(() => null);
  signal.throwIfAborted();
  if (response === null) return null;
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new NodeError("phone-over", `an answer with ${response.status}`);
  }
  return await readText(response.body);
}

async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of body) {
      bytes += part.byteLength;
      if (bytes > MOST_BYTES) throw new NodeError("response-too-large", "more than a short text");
      parts.push(part);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch (cause) {
    if (cause instanceof NodeError) throw cause;
    throw new NodeError("phone-over", "the text broke off", { cause });
  }
}
