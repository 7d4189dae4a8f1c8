import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type Courtesy, createCourtesy } from "../../src/lib/courtesy.ts";
import { NodeError } from "../../src/lib/errors.ts";
import { systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { quietServer } from "../../src/listening.ts";
import { decide } from "../../src/social/outside/decide.ts";
import { noteBackup } from "../../src/social/settings/backups.ts";
import { passphraseStrength, proposePassphrase } from "../../src/vault/passphrase.ts";
import { createOwnerServer, OWNER_SERVER_LIMITS } from "../../src/web/owner/server.ts";
import type { LiveEvent, NetworkView, OwnerActing, OwnerPorts, Phase } from "../../src/web/ports.ts";
import { type House, openHouse } from "./api-house.ts";

/** The owner's pages over a real store, on a real socket; keys, Tor and the passphrase stand in. */
export interface OwnerDesk extends AsyncDisposable {
  readonly house: House;
  readonly origin: string;
  readonly port: number;
  phase: Phase;
  network: NetworkView;
  passphrase: string;
  /** Milliseconds until a try of the passphrase counts. */
  wait: number;
  /** Added to the clock of the pages. */
  later: number;
  readonly courtesy: Courtesy;
  readonly asked: string[];
  readonly logged: string[];
  tell(event: LiveEvent): void;
  newLoginToken(): string;
  /** Replaces a part of what the node would do. */
  readonly acting: { -readonly [Key in keyof OwnerActing]: OwnerActing[Key] };
}

const publicFolder = join(import.meta.dirname, "../../public");

export async function openOwnerDesk(phase: Phase = "open", port = 0): Promise<OwnerDesk> {
  const house = await openHouse("Nora Lind");
  const listeners = new Set<(event: LiveEvent) => void>();
  const server = quietServer(OWNER_SERVER_LIMITS, (req, res) => pages.handler(req, res));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const desk: Omit<OwnerDesk, "newLoginToken" | typeof Symbol.asyncDispose> = {
    house,
    port: portOf(server),
    origin: `http://127.0.0.1:${portOf(server)}`,
    phase,
    network: { at: "reachable", since: Date.now() - 60_000, testedAt: Date.now() - 120_000 },
    passphrase: "maple orbit lantern quiet",
    wait: 0,
    later: 0,
    courtesy: createCourtesy(),
    asked: [],
    logged: [],
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
    acting: actingOver(house, (what) => desk.asked.push(what)),
  };
  const pages = createOwnerServer(portsOf(desk, listeners), { publicFolder });
  return Object.assign(desk, {
    newLoginToken: () => pages.newLoginToken(),
    [Symbol.asyncDispose]: async () => {
      pages.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await house[Symbol.asyncDispose]();
    },
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function actingOver(house: House, asked: (what: string) => void): OwnerDesk["acting"] {
  return {
    ...house.acting,
    now: Date.now,
    lookUp: async () => {
      throw new NodeError("person-not-found", "nobody there");
    },
    lookUpAnew: async () => {
      throw new NodeError("person-not-found", "nobody there");
    },
    checkKey: async () => {},
    lookUpPost: async () => null,
    lookForAnswers: async (postId) => {
      asked(`lookForAnswers ${postId}`);
    },
    catchUp: async () => {
      asked("catchUp");
      return 2;
    },
    decideOutside: async (host, state) => {
      asked(`decideOutside ${host} ${state}`);
      await house.acting.transact((tx) => decide(tx, { host, state }, Date.now()));
    },
    tryNow: () => asked("tryNow"),
    storage: async () => ({ database: 1_480_000, media: 24_600_000, folder: "/home/nora/.tssop" }),
    addPicture: async (bytes) => {
      asked(`addPicture ${bytes.byteLength}`);
      return "5e0c".repeat(8);
    },
    readCode: async () => {
      throw new NodeError("code-none", "no pictures here");
    },
    media: async () => null,
    addFile: async () => {
      throw new NodeError("film-not-readable", "no files here");
    },
    addMessageFile: async () => {
      throw new NodeError("film-not-readable", "no files here");
    },
    messageFile: async () => null,
    attached: async () => null,
    fetchAttached: async () => {},
    askForPage: async () => {
      throw new NodeError("link-not-now", "nobody there");
    },
    offerByPhone: async () => {
      throw new NodeError("tor-down", "no Tor here");
    },
    cancelByPhone: async () => {},
    fetchByPhone: async () => {
      throw new NodeError("tor-down", "no Tor here");
    },
  };
}

type Inside = Omit<OwnerDesk, "newLoginToken" | typeof Symbol.asyncDispose>;

function portsOf(desk: Inside, listeners: Set<(event: LiveEvent) => void>): OwnerPorts {
  const enter = (phase: Phase) => {
    desk.phase = phase;
    desk.tell({ changed: ["phase"] });
  };
  let bridges: string[] = [];
  return {
    phase: () => desk.phase,
    network: () => desk.network,
    onion: () => desk.house.acting.me.onion,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    acting: () => (desk.phase === "open" ? desk.acting : null),
    proposePassphrase: () => proposePassphrase(systemRandom),
    strength: passphraseStrength,
    setUp: async ({ name, passphrase, language }) => {
      desk.asked.push(`setUp ${name} ${language}`);
      desk.passphrase = passphrase;
      enter("open");
    },
    unlock: async (passphrase) => {
      if (desk.wait > 0) throw new NodeError("wait-before-retry", "too soon");
      if (passphrase !== desk.passphrase) throw new NodeError("wrong-passphrase", "no");
      enter("open");
    },
    unlockWait: () => desk.wait,
    screenLock: () => enter("screen-locked"),
    seal: async () => enter("sealed"),
    changePassphrase: async (before, after) => {
      if (before !== desk.passphrase) throw new NodeError("wrong-passphrase", "no");
      desk.passphrase = after;
    },
    backup: async (passphrase, give) => {
      if (desk.wait > 0) throw new NodeError("wait-before-retry", "too soon");
      if (passphrase !== desk.passphrase) throw new NodeError("wrong-passphrase", "no");
      await give({ bytes: 10, stream: Readable.from([Buffer.from("everything")]) });
      await desk.acting.transact((tx) => noteBackup(tx, Date.now()));
    },
    restore: async (bytes, passphrase) => {
      if (passphrase !== desk.passphrase) throw new NodeError("wrong-passphrase", "no");
      const text = Buffer.concat(await Array.fromAsync(bytes as AsyncIterable<Buffer>)).toString();
      if (text !== "everything") throw new NodeError("not-a-backup", "no");
      desk.asked.push("restore");
      enter("open");
    },
    retryNetwork: () => desk.asked.push("retryNetwork"),
    setBridges: async (lines) => {
      if (lines.some((line) => !/\d:\d/.test(line))) throw new NodeError("bridge-not-understood", "no");
      bridges = lines;
    },
    bridges: () => bridges,
    attend: () => desk.courtesy.attend(),
    troubles: () => [],
    startedAt: () => 0,
    now: () => Date.now() + desk.later,
    random: systemRandom,
    log: createLog((line) => void desk.logged.push(line), "info"),
    port: () => desk.port,
    version: "0.1.0",
  };
}
