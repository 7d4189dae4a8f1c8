/**
 * A private Tor network on loopback: one authority, which is a relay too, and four relays. No internet; an exit to this
 * computer only where a test asks for one.
 * Ready in about 10 s. What makes it dependable: the first vote is held only when the authority knows every relay,
 * and the network counts as up only when every relay has the consensus. Each run is independent of the others.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Control } from "../../../src/tor/control.ts";
import { giveAuthorityKeys, IGNORE_FILES, makeRelayKeys, type TorPrograms, torEnvironment } from "./keys.ts";
import { commonLines, type Exit, freePorts, type Relay, relayLines } from "./nodes.ts";

export type TorNetworkOptions = {
  /** The tor program; `gencert` and `libraryPath` default to what setup found for it. */
  tor: string;
  gencert?: string;
  libraryPath?: string;
  timeoutMs?: number;
  exit?: Exit;
  say?: (step: string) => void;
};

export type TorNetwork = {
  /** What every client needs in its torrc to join. */
  clientTorrc: string[];
  pids: number[];
  stop(): Promise<void>;
};

type Running = { relay: Relay; child: ChildProcess };

const RELAYS = 4;
const WANTED_FLAGS = ["Guard", "HSDir", "Running", "Fast", "V2Dir"];

export async function startTorNetwork(options: TorNetworkOptions): Promise<TorNetwork> {
  const programs: TorPrograms = {
    tor: options.tor,
    gencert: options.gencert ?? process.env["TSSOP_TOR_GENCERT"] ?? gencertOf(options.tor),
    libraryPath: options.libraryPath ?? process.env["TSSOP_TOR_LIBRARIES"],
  };
  const began = performance.now();
  const say = (step: string) => options.say?.(`${((performance.now() - began) / 1000).toFixed(1)} s ${step}`);
  const folder = await mkdtemp(join(tmpdir(), "tor-network-"));
  const running: Running[] = [];
  const stop = async () => {
    await Promise.all(running.map(({ child }) => kill(child)));
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const relays = await planRelays(folder, options.exit ?? null);
    const common = await makeKeys(programs, relays);
    say("keys");
    await bringUp({ programs, relays, common, running, say, end: began + (options.timeoutMs ?? 120_000) });
    return { clientTorrc: common, pids: running.flatMap(({ child }) => child.pid ?? []), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function gencertOf(tor: string): string {
  const beside = join(dirname(tor), "tor-gencert");
  return existsSync(beside) ? beside : "tor-gencert";
}

async function planRelays(folder: string, exit: Exit | null): Promise<Relay[]> {
  const [dirPort = 0, ...orPorts] = await freePorts(RELAYS + 2);
  return orPorts.map((orPort, index) => {
    const name = index === 0 ? "authority" : `relay${index}`;
    return {
      name,
      authority: index === 0,
      folder: join(folder, name),
      orPort,
      dirPort: index === 0 ? dirPort : 0,
      exit: index === RELAYS ? exit : null,
    };
  });
}

async function makeKeys(programs: TorPrograms, relays: Relay[]): Promise<string[]> {
  const prints = await Promise.all(relays.map(({ name, folder }) => makeRelayKeys(programs, name, folder)));
  const [authority] = relays;
  if (authority === undefined) throw new Error("no authority");
  const identity = await giveAuthorityKeys(programs, authority.folder);
  const { name, orPort, dirPort } = authority;
  return commonLines(
    `DirAuthority ${name} orport=${orPort} no-v2 v3ident=${identity} 127.0.0.1:${dirPort} ${prints[0]}`,
  );
}

type BringUp = {
  programs: TorPrograms;
  relays: Relay[];
  common: string[];
  running: Running[];
  say: (step: string) => void;
  end: number;
};

async function bringUp(o: BringUp): Promise<void> {
  const [authority] = o.relays;
  if (authority === undefined) throw new Error("no authority");
  const dirPort = authority.dirPort;
  const controls = new Map<Relay, Control>();
  const start = (relay: Relay) => void o.running.push({ relay, child: startRelay(o, relay) });
  const until = (what: string, check: () => Promise<boolean>) => waitUntil(o, what, check);
  try {
    start(authority);
    await until("the authority is up", async () => (await controlOf(controls, authority)) !== null);
    for (const relay of o.relays.slice(1)) start(relay);
    await until("every relay is known", async () => {
      const all = await httpText(dirPort, "/tor/server/all");
      return (all.match(/^router /gm) ?? []).length >= o.relays.length;
    });
    const control = await controlOf(controls, authority);
    await control.send("SETCONF TestingV3AuthInitialVotingInterval=5");
    await until("there is a consensus", async () => {
      const consensus = await httpText(dirPort, "/tor/status-vote/current/consensus-microdesc");
      const flags = (consensus.match(/^s .*$/gm) ?? []).map((line) => line.split(" "));
      const good = flags.filter((words) => WANTED_FLAGS.every((flag) => words.includes(flag)));
      return good.length >= o.relays.length;
    });
    let nudgedAt = Number.NEGATIVE_INFINITY;
    await until("every relay has it", async () => {
      // SIGHUP resets a relay's wait before its next download.
      if (performance.now() - nudgedAt > 1_500) {
        nudgedAt = performance.now();
        for (const { relay, child } of o.running) if (!relay.authority) child.kill("SIGHUP");
      }
      const ready = await Promise.all(
        o.relays.map(async (relay) => (await controlOf(controls, relay)).info("status/enough-dir-info")),
      );
      return ready.every((answer) => answer === "1");
    });
  } finally {
    for (const control of controls.values()) control.close();
  }
}

async function controlOf(controls: Map<Relay, Control>, relay: Relay): Promise<Control> {
  const known = controls.get(relay);
  if (known !== undefined) return known;
  const control = await Control.open(join(relay.folder, "control.sock"));
  await control.send("AUTHENTICATE");
  controls.set(relay, control);
  return control;
}

function startRelay({ programs, common }: BringUp, relay: Relay): ChildProcess {
  const child = spawn(programs.tor, IGNORE_FILES, {
    stdio: ["pipe", "ignore", "inherit"],
    env: torEnvironment(programs),
  });
  child.on("error", () => {});
  child.stdin?.on("error", () => {}).end(`${relayLines(relay, common).join("\n")}\n`);
  return child;
}

async function waitUntil(o: BringUp, what: string, check: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const dead = o.running.find(({ child }) => isOver(child));
    if (dead !== undefined) throw new Error(`${dead.relay.name} of the Tor network ended by itself`);
    if (await check().catch(() => false)) break;
    if (performance.now() > o.end) throw new Error(`the Tor network did not get so far: ${what}`);
    await pause(50);
  }
  o.say(what);
}

function isOver(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function kill(child: ChildProcess): Promise<void> {
  if (isOver(child)) return;
  const over = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await over;
}

function httpText(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port, path, timeout: 2_000, agent: false }, (response) => {
      const parts: string[] = [];
      response.setEncoding("latin1").on("data", (text: string) => parts.push(text));
      response.on("error", reject).on("end", () => {
        if (response.statusCode === 200) resolve(parts.join(""));
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    request.on("error", reject).on("timeout", () => request.destroy(new Error("no answer")));
  });
}
