import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type Backup, makeBackup } from "./backup/make.ts";
import { unpackBackup } from "./backup/restore.ts";
import type { Config } from "./config.ts";
import type { Clock } from "./lib/clock.ts";
import { createCourtesy } from "./lib/courtesy.ts";
import { NodeError } from "./lib/errors.ts";
import { systemRandom } from "./lib/ids.ts";
import type { Log } from "./lib/log.ts";
import { identityIn, keptIn, openStoreOf, type Serving, startServing } from "./serving.ts";
import { createIdentity } from "./social/identity/create-identity.ts";
import { noteBackup } from "./social/settings/backups.ts";
import { changeSetting } from "./social/settings/settings.ts";
import { STORE_FOLDER } from "./store/store.ts";
import type { TorState } from "./tor/state.ts";
import { createUnderWay } from "./under-way.ts";
import { createUnlockGate } from "./vault/gate.ts";
import { KDF_FLOOR } from "./vault/header.ts";
import { passphraseStrength } from "./vault/passphrase.ts";
import {
  aSecondsCost,
  changePassphrase,
  createVault,
  type OpenVault,
  openVault,
  vaultExists,
} from "./vault/vault.ts";
import type { LiveEvent, OwnerPorts, Phase } from "./web/ports.ts";

/** What is told about, one JSON object a line with --json. */
export type NodeEvent =
  | { event: "listening"; owner: string }
  | { event: "phase"; phase: Phase }
  | { event: "tor"; state: string; percent?: number; failure?: string }
  | { event: "published"; onion: string }
  | { event: "reachable" }
  | { event: "role"; role: "primary" }
  | { event: "stopped" };

export type DeviceOptions = {
  config: Config;
  now: Clock;
  log: Log;
  version: string;
  tell: (event: NodeEvent) => void;
};

/** Takes a backup to where it belongs. */
export type Give = (backup: Backup) => Promise<void>;

const MIN_STRENGTH = 2;

/**
 * Sets up a person in this folder, which is locked for us: store, identity, and last of all the vault's header, so that
 * a set-up that was cut off leaves a device that is fresh. Used by the first page and by `tssop init`.
 */
export async function setUp(
  o: Pick<DeviceOptions, "config" | "now" | "log">,
  choice: { name: string; handle?: string; passphrase: string; language: "en" | "de" },
): Promise<OpenVault> {
  const { config, now, log } = o;
  if (vaultExists(config.folder)) throw new NodeError("vault-exists", "set up already");
  if (choice.name.trim() === "") throw new NodeError("name-empty", "no name");
  if (passphraseStrength(choice.passphrase).score < MIN_STRENGTH) {
    throw new NodeError("weak-passphrase", "too weak");
  }
  setAside(config.folder, now());
  const vault = await createVault({
    passphrase: choice.passphrase,
    cost: config.quickVault ? KDF_FLOOR : await aSecondsCost(),
  });
  {
    await using store = await openStoreOf({ config, vault, now, log });
    await store.transact(async (tx) => {
      const who = { name: choice.name, ...(choice.handle === undefined ? {} : { handle: choice.handle }) };
      await createIdentity(tx, { ...who, random: systemRandom }, now());
      await changeSetting(tx, "language", choice.language);
    });
  }
  vault.keep(config.folder);
  return vault;
}

/** Puts a backup into this folder, which is locked for us. Used by the first page and by `tssop restore`. */
export async function restore(
  { config, now }: Pick<DeviceOptions, "config" | "now">,
  given: { bytes: Readable; passphrase: string },
): Promise<OpenVault> {
  await using found = await unpackBackup({ folder: config.folder, ...given });
  setAside(config.folder, now());
  await found.keep();
  return found.vault;
}

/** Posts without the file that holds their keys are nobody's any more, but may be again: they are kept beside. */
function setAside(folder: string, now: number): void {
  const data = join(folder, STORE_FOLDER);
  if (existsSync(data)) renameSync(data, `${data}.before-${now}`);
}

/**
 * The device: fresh, sealed, open or screen-locked. Owns the owner's page, the control socket and, while the keys
 * are here, everything that serves; opens them in order and closes them in reverse.
 */
export class Device {
  readonly #o: DeviceOptions;
  /** The owner comes first: what others send waits while a page is made. */
  readonly courtesy = createCourtesy();
  readonly #gate = createUnlockGate(() => performance.now());
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  #phase: Phase;
  #serving: Serving | null = null;
  /** They hold keys, and go on beside everything else. */
  readonly #backups = createUnderWay();
  /** Everything else waits for them. */
  readonly #restores = createUnderWay();
  #work: Promise<unknown> = Promise.resolve();

  constructor(o: DeviceOptions) {
    this.#o = o;
    this.#phase = vaultExists(o.config.folder) ? "sealed" : "fresh";
  }

  get phase(): Phase {
    return this.#phase;
  }
  get serving(): Serving | null {
    return this.#serving;
  }
  get acting() {
    return this.#phase === "open" ? (this.#serving?.acting ?? null) : null;
  }
  get unlockWait(): number {
    return this.#gate.wait();
  }

  onChange(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setUp(choice: Parameters<OwnerPorts["setUp"]>[0]): Promise<void> {
    return this.#alone(async () => {
      if (this.#phase !== "fresh") throw new NodeError("vault-exists", "set up already");
      this.#enter("working");
      await this.#opening(setUp(this.#o, choice), "fresh");
    });
  }

  unlock(passphrase: string): Promise<void> {
    return this.#alone(async () => {
      if (this.#phase === "fresh") throw new NodeError("not-set-up", "nothing to unlock");
      if (this.#gate.wait() > 0) throw new NodeError("wait-before-retry", "too soon");
      const before = this.#phase;
      const opened = this.#checked(passphrase);
      if (before !== "sealed") {
        await opened;
        this.#enter("open");
      } else {
        this.#enter("working");
        await this.#opening(opened, "sealed");
      }
    });
  }

  screenLock(): void {
    if (this.#phase === "open") this.#enter("screen-locked");
  }

  seal(): Promise<void> {
    const reason = new NodeError("sealed", "locked meanwhile");
    this.#restores.end(reason);
    return this.#alone(async () => {
      const serving = this.#serving;
      this.#serving = null;
      if (this.#phase !== "fresh") this.#enter("sealed");
      await this.#backups.end(reason);
      await serving?.[Symbol.asyncDispose]();
    });
  }

  /**
   * Everything in one file, for whoever knows the passphrase: who sits down at an open page takes nothing along. `give`
   * takes it where it belongs. Ends with "sealed" when the device is locked meanwhile, or with the reason of `left`.
   */
  async backup(passphrase: string, give: Give, left: AbortSignal): Promise<void> {
    const { config, now } = this.#o;
    const { store, begun } = await this.#alone(async () => {
      if (this.#gate.wait() > 0) throw new NodeError("wait-before-retry", "too soon");
      const serving = this.#serving;
      if (serving === null) throw new NodeError("sealed", "no keys here");
      await this.#checked(passphrase);
      return { store: serving.store, begun: this.#backups.begin(left) };
    });
    const { folder, copier } = config;
    await begun.during(async (signal) => {
      await makeBackup({ store, folder, passphrase, copier, signal }, give);
      await store.transact((tx) => noteBackup(tx, now()));
    });
  }

  /** Of a fresh device, which is open then, with what the backup holds. */
  restore(bytes: Readable, passphrase: string): Promise<void> {
    const work = async (signal: AbortSignal) => {
      if (this.#phase !== "fresh") throw new NodeError("vault-exists", "set up already");
      signal.throwIfAborted();
      this.#enter("working");
      // Told to whoever reads it, which may not have begun yet.
      bytes.on("error", () => {});
      signal.addEventListener("abort", () => void bytes.destroy(signal.reason));
      await this.#opening(restore(this.#o, { bytes, passphrase }), "fresh");
    };
    return this.#restores.begin().during((signal) => this.#alone(() => work(signal)));
  }

  async changePassphrase(before: string, after: string): Promise<void> {
    if (passphraseStrength(after).score < MIN_STRENGTH) throw new NodeError("weak-passphrase", "too weak");
    await this.#alone(async () => {
      if (this.#gate.wait() > 0) throw new NodeError("wait-before-retry", "too soon");
      await this.#counted(changePassphrase({ folder: this.#o.config.folder, before, after }));
    });
  }

  #checked(passphrase: string): Promise<OpenVault> {
    return this.#counted(openVault({ folder: this.#o.config.folder, passphrase }));
  }

  async #counted<T>(attempt: Promise<T>): Promise<T> {
    try {
      const result = await attempt;
      this.#gate.succeeded();
      return result;
    } catch (error) {
      if (error instanceof NodeError && error.code === "wrong-passphrase") this.#gate.failed();
      throw error;
    }
  }

  /** From an opened vault to serving; back to where it was when that fails. */
  async #opening(opened: Promise<OpenVault>, back: Phase): Promise<void> {
    const { config, version, now, log } = this.#o;
    try {
      const vault = await opened;
      if (!keptIn(config)) throw new NodeError("database-missing", "a vault without its posts");
      const store = await openStoreOf({ config, vault, now, log });
      const identity = await identityIn(store).catch(async (error: unknown) => {
        await store[Symbol.asyncDispose]();
        throw error;
      });
      const turn = () => this.courtesy.turn();
      const onLive = (event: LiveEvent) => this.#emit(event);
      this.#serving = await startServing({
        ...{ config, vault, store, identity, version, now, log },
        ...{ onLive, turn },
      });
    } catch (error) {
      this.#enter(back === "fresh" && vaultExists(config.folder) ? "sealed" : back);
      throw error;
    }
    this.#serving.tor.onState((state) => this.#tellTor(state));
    this.#enter("open");
    this.#o.tell({ event: "role", role: "primary" });
  }

  #tellTor(state: TorState): void {
    const { tell } = this.#o;
    if (state.at === "connecting") tell({ event: "tor", state: state.at, percent: state.percent });
    else if (state.at === "failed") tell({ event: "tor", state: state.at, failure: state.failure });
    else tell({ event: "tor", state: state.at });
    if (state.at === "published") tell({ event: "published", onion: state.onion });
    if (state.at === "reachable") tell({ event: "reachable" });
  }

  #enter(phase: Phase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#o.tell({ event: "phase", phase });
    this.#emit({ changed: ["phase"] });
  }

  #emit(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** One change of state at a time. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(work, work);
    this.#work = result.catch(() => {});
    return result;
  }
}
