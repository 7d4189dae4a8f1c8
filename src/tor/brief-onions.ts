/** Onions for a few minutes and keys to those of others: kept on whichever tor runs, until they are disposed. */
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { OnionService } from "./contract.ts";
import type { Control } from "./control.ts";
import type { TorLimits } from "./limits.ts";
import { Publication } from "./publication.ts";

export type BriefOptions = { limits: TorLimits; now: Clock; log: Log };

export class BriefOnions implements AsyncDisposable {
  readonly #o: BriefOptions;
  readonly #services = new Map<OnionService, Publication | null>();
  readonly #keys = new Set<{ onion: string; secret: Buffer }>();
  #control: Control | null = null;

  constructor(options: BriefOptions) {
    this.#o = options;
  }

  publish(service: OnionService): AsyncDisposable {
    this.#services.set(service, null);
    this.#put(service);
    return {
      [Symbol.asyncDispose]: async () => {
        const publication = this.#services.get(service);
        this.#services.delete(service);
        await publication?.[Symbol.asyncDispose]();
      },
    };
  }

  /** Tor does what it is told in turn: what is asked after this is asked with the key. */
  authorize(onion: string, secret: Buffer): AsyncDisposable {
    const key = { onion, secret };
    this.#keys.add(key);
    this.#give(key);
    return {
      [Symbol.asyncDispose]: async () => {
        if (!this.#keys.delete(key)) return;
        await this.#control?.send(`ONION_CLIENT_AUTH_REMOVE ${bare(onion)}`).catch(() => {});
      },
    };
  }

  /** A tor has connected. Whether it is the one of before is for the caller to know. */
  up(control: Control): void {
    this.#control = control;
    for (const key of this.#keys) this.#give(key);
    for (const service of this.#services.keys()) this.#put(service);
  }

  /** The tor is gone, with all that was published on it. */
  down(): void {
    this.#control = null;
    for (const [service, publication] of this.#services) {
      this.#services.set(service, null);
      void publication?.[Symbol.asyncDispose]();
    }
  }

  uploaded(onion: string, accepted: boolean): void {
    for (const publication of this.#services.values()) {
      if (publication?.onion === onion) publication.uploaded(accepted);
    }
  }

  /** Published anew, for this device slept. */
  again(): void {
    for (const publication of this.#services.values()) publication?.again();
  }

  /** Names without ".onion". */
  names(): string[] {
    return [...this.#services.values()].flatMap((publication) =>
      publication === null ? [] : [bare(publication.onion)],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const published = [...this.#services.values()];
    this.#services.clear();
    this.#keys.clear();
    await Promise.all(published.map((publication) => publication?.[Symbol.asyncDispose]()));
  }

  #put(service: OnionService): void {
    if (this.#control === null || this.#services.get(service) !== null) return;
    // Whether it is found is seen by whoever looks for it: a test of our own would need the client's key.
    const publication = new Publication({
      ...this.#o,
      ...{ control: this.#control, service, selfTest: null, changed: () => {} },
    });
    this.#services.set(service, publication);
  }

  #give({ onion, secret }: { onion: string; secret: Buffer }): void {
    const command = `ONION_CLIENT_AUTH_ADD ${bare(onion)} x25519:${secret.toString("base64")}`;
    this.#control
      ?.send(command)
      .catch((error) => this.#o.log.error("a key to an address was not taken", error));
  }
}

const bare = (onion: string): string => onion.slice(0, -".onion".length);
