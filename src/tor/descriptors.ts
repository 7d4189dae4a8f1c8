/** Look-ups of other onions' descriptors: who has none is off. */
import { NodeError } from "../lib/errors.ts";
import { isOnion } from "../lib/onion-name.ts";
import type { Control } from "./control.ts";

type Answer = "found" | "not-found" | "exhausted" | "silent";

/** One HSFETCH asks one directory; an onion has six or eight, and one of them may have missed the upload. */
const ASKED = 3;
const WAIT_MS = 10_000;
const REMEMBERED = 500;

export class Descriptors {
  readonly #waiting = new Map<string, Set<(answer: Answer) => void>>();
  readonly #running = new Map<string, Promise<boolean>>();
  readonly #last = new Map<string, boolean>();

  /** News of an HS_DESC event. */
  tell(onion: string, found: boolean, exhausted: boolean): void {
    const answer = found ? "found" : exhausted ? "exhausted" : "not-found";
    for (const resolve of this.#waiting.get(onion) ?? []) resolve(answer);
  }

  has(control: Control, onion: string): Promise<boolean> {
    const running = this.#running.get(onion);
    if (running !== undefined) return running;
    const asked = this.#ask(control, onion).finally(() => this.#running.delete(onion));
    this.#running.set(onion, asked);
    return asked;
  }

  /** Replaces the kept descriptor; a device that moved is only found by a fresh one. True when one came. */
  async refresh(control: Control, onion: string): Promise<boolean> {
    return isOnion(onion) && (await this.#fetch(control, onion)) === "found";
  }

  async #ask(control: Control, onion: string): Promise<boolean> {
    if (!isOnion(onion)) throw new NodeError("address-not-understood", "not an onion name");
    for (let time = 0; time < ASKED; time++) {
      const answer = await this.#fetch(control, onion);
      if (answer === "found") return this.#remember(onion, true);
      // Tor asks each directory once in 15 minutes: then the last answer stands.
      if (answer === "exhausted")
        return time > 0 ? this.#remember(onion, false) : (this.#last.get(onion) ?? false);
      if (answer === "silent") break;
    }
    return this.#remember(onion, false);
  }

  #remember(onion: string, found: boolean): boolean {
    this.#last.delete(onion);
    this.#last.set(onion, found);
    const oldest = this.#last.keys().next();
    if (this.#last.size > REMEMBERED && !oldest.done) this.#last.delete(oldest.value);
    return found;
  }

  #fetch(control: Control, onion: string): Promise<Answer> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(onion) ?? new Set();
      this.#waiting.set(onion, waiting);
      const done = (answer: Answer) => {
        clearTimeout(late);
        waiting.delete(done);
        if (waiting.size === 0) this.#waiting.delete(onion);
        resolve(answer);
      };
      const late = setTimeout(() => done("silent"), WAIT_MS);
      waiting.add(done);
      control.send(`HSFETCH ${onion.slice(0, -".onion".length)}`).catch(() => done("silent"));
    });
  }
}
