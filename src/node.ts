import type { Backup } from "./backup/make.ts";
import { endRestores } from "./backup/restore.ts";
import { writeBackup } from "./backup/write.ts";
import { openInBrowser } from "./browser.ts";
import { settlePort } from "./config.ts";
import { type ControlCalls, serveControl } from "./control.ts";
import { Device, type DeviceOptions } from "./device.ts";
import { NodeError } from "./lib/errors.ts";
import { systemRandom } from "./lib/ids.ts";
import { keepTroubles } from "./lib/log.ts";
import { closed, listening, quietServer } from "./listening.ts";
import type { Serving } from "./serving.ts";
import { createToken } from "./social/tokens/tokens.ts";
import { lockFolder } from "./store/folder-lock.ts";
import { passphraseStrength, proposePassphrase } from "./vault/passphrase.ts";
import { createOwnerServer, OWNER_SERVER_LIMITS } from "./web/owner/server.ts";
import type { NetworkView, OwnerPorts } from "./web/ports.ts";

export interface RunningNode extends AsyncDisposable {
  readonly owner: string;
  unlock(passphrase: string): Promise<void>;
  /** Opens the owner's browser, already let in. `page`: good once, for where that did not work. */
  open(): Promise<{ page: string; opened: boolean }>;
  /** The owner's page, good once. */
  newEntrance(): string;
}

const ownerAt = (port: number) => `http://127.0.0.1:${port}`;

function networkView(serving: Serving | null): NetworkView {
  const state = serving?.tor.state() ?? { at: "off" as const };
  if (state.at === "failed") {
    const { since, nextTryAt } = state;
    return { at: "failed", trouble: state.failure, since, nextTryAt };
  }
  if (state.at === "published") return { at: "published", since: state.since };
  if (state.at === "reachable") return { at: "reachable", since: state.since, testedAt: state.testedAt };
  return state;
}

type PortsOptions = {
  device: Device;
  options: DeviceOptions;
  port: number;
  troubles: OwnerPorts["troubles"];
};

function ownerPorts({ device, options: o, port, troubles }: PortsOptions): OwnerPorts {
  const startedAt = o.now();
  return {
    phase: () => device.phase,
    network: () => networkView(device.serving),
    onion: () => device.serving?.identity.onion ?? null,
    onChange: (listener) => device.onChange(listener),
    acting: () => device.acting,
    proposePassphrase: () => proposePassphrase(systemRandom),
    strength: passphraseStrength,
    setUp: (choice) => device.setUp(choice),
    unlock: (passphrase) => device.unlock(passphrase),
    unlockWait: () => device.unlockWait,
    screenLock: () => device.screenLock(),
    seal: () => device.seal(),
    changePassphrase: (before, after) => device.changePassphrase(before, after),
    backup: (passphrase, give, left) => device.backup(passphrase, give, left),
    restore: (bytes, passphrase) => device.restore(bytes, passphrase),
    retryNetwork: () => device.serving?.tor.retryNow(),
    setBridges: async (lines) => device.serving?.setBridges(lines),
    bridges: () => device.serving?.bridges() ?? [],
    attend: () => device.courtesy.attend(),
    troubles,
    startedAt: () => startedAt,
    now: o.now,
    random: systemRandom,
    log: o.log,
    port: () => port,
    version: o.version,
  };
}

function controlCalls(device: Device, o: DeviceOptions, port: number): Omit<ControlCalls, "open"> {
  const serving = () => {
    if (device.serving === null) throw new NodeError("sealed", "no keys here");
    return device.serving;
  };
  return {
    status: async () => ({
      phase: device.phase,
      owner: ownerAt(port),
      network: networkView(device.serving).at,
      version: o.version,
    }),
    facts: async () => ({
      pid: process.pid,
      port,
      node: process.versions.node,
      tor: (await device.serving?.tor.about()) ?? null,
      onion: device.serving?.identity.onion ?? null,
    }),
    address: async () => {
      const { onion, handle } = serving().identity;
      return { address: `${handle}@${onion}`, onion };
    },
    token: async (scopes) => ({
      token: await serving().store.transact((tx) =>
        createToken(tx, { name: "tssop token", scopes, random: systemRandom }, o.now()),
      ),
    }),
    lock: async () => {
      await device.seal();
      return {};
    },
    backup: async (path, passphrase, left) => {
      let bytes = 0;
      const give = async (backup: Backup) => {
        await writeBackup(backup, path);
        bytes = backup.bytes;
      };
      await device.backup(passphrase, give, left);
      return { bytes };
    },
    passphrase: async (before, after) => {
      await device.changePassphrase(before, after);
      return {};
    },
  };
}

/** Starts the owner's page and the control socket; serves once set up or unlocked. Throws "folder-in-use" or "port-in-use". */
export async function startNode(given: DeviceOptions): Promise<RunningNode> {
  await using stack = new AsyncDisposableStack();
  const { log, troubles } = keepTroubles(given.log, given.now);
  const options = { ...given, log };
  const { config, tell } = options;
  stack.use(lockFolder(config.folder));
  endRestores(config.folder);
  const port = settlePort(config, Math.random);
  const owner = ownerAt(port);
  const device = new Device(options);
  stack.defer(() => tell({ event: "stopped" }));
  const ports = ownerPorts({ device, options, port, troubles });
  const pages = createOwnerServer(ports, { publicFolder: config.publicFolder });
  stack.defer(() => pages.close());
  const server = quietServer(OWNER_SERVER_LIMITS, pages.handler);
  await listening(server, { host: "127.0.0.1", port }).catch((cause: NodeJS.ErrnoException) => {
    throw new NodeError(cause.code === "EADDRINUSE" ? "port-in-use" : "internal", "cannot listen", { cause });
  });
  stack.defer(() => closed(server));
  const newEntrance = () => `${owner}/enter#${pages.newLoginToken()}`;
  const open = async () => {
    const opened = await openInBrowser({ folder: config.folder, owner, token: pages.newLoginToken() });
    return { page: opened ? owner : newEntrance(), opened };
  };
  stack.use(await serveControl(config.folder, { ...controlCalls(device, options, port), open }));
  stack.defer(() => device.seal());
  tell({ event: "listening", owner });

  const closing = stack.move();
  return {
    owner,
    unlock: (passphrase) => device.unlock(passphrase),
    open,
    newEntrance,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
