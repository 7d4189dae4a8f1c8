import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { TorState } from "./state.ts";

/**
 * `seed` is the 32-byte Ed25519 seed of the address; requests to port 80 of the onion arrive at `target`.
 * `clientKey`: only who has the secret of this X25519 key can read where it is (base32, control-spec, ADD_ONION).
 */
export type OnionService = {
  seed: Buffer;
  target: { path: string } | { port: number };
  virtualPort: 80;
  clientKey?: string;
};

export type SocksAddress = { path: string } | { host: string; port: number };

export interface Tor extends AsyncDisposable {
  state(): TorState;
  onState(listener: (state: TorState) => void): () => void;
  /** Returns at once; progress comes by `onState`. */
  start(): Promise<void>;
  /** Published whenever Tor is up, again after each restart, until `withdraw`. */
  publish(service: OnionService): void;
  withdraw(): Promise<void>;
  /** One more address beside that one, published whenever Tor is up until it is disposed, and then no more. */
  publishBriefly(service: OnionService): AsyncDisposable;
  /** Opens the descriptor of an onion that is published with a `clientKey`, until it is disposed. */
  authorize(onion: string, clientSecret: Buffer): AsyncDisposable;
  /** Whether a directory that is asked now has a descriptor of that onion. NodeError "tor-down" when Tor is not up. */
  seek(onion: string): Promise<boolean>;
  /** null: Tor is not up, and nothing may be sent. */
  socks(): SocksAddress | null;
  /** Looks that onion up anew: a device that moved is only found by a fresh descriptor. Never rejects. */
  forgetCircuit(onion: string): Promise<void>;
  /** False: nobody has published that onion, so the device is off. NodeError "tor-down" when Tor is not up. */
  hasDescriptor(onion: string): Promise<boolean>;
  /**
   * What runs and what it has published, as Tor itself says (control-spec, GETINFO); null while Tor is not up. `brief`:
   * which of these are by `publishBriefly`.
   */
  about(): Promise<{ pid: number; version: string; published: string[]; brief: string[] } | null>;
  /** Tries again now what waits for a next try (start, publication, self-test). */
  retryNow(): void;
  /** NodeError "bridge-not-understood", and then nothing is changed. No lines: directly. */
  setBridges(lines: string[]): Promise<void>;
}

export type TorOptions = {
  /** null: no tor was found on this computer. */
  binary: string | null;
  /** For a tor that brings its own shared libraries. */
  libraryPath?: string | undefined;
  /** Tor's own folder, 0700. */
  folder: string;
  /** 32 bytes; seals Tor's `state` file, which names the guards. */
  stateKey: Buffer;
  extraTorrc: string[];
  bridges: string[];
  /** Fetches our own address through Tor; true when our own answer came back. */
  selfTest: (onion: string, signal: AbortSignal) => Promise<boolean>;
  now: Clock;
  log: Log;
};
