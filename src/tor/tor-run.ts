/** One life of the tor program: started, spoken to, ended. What to do when it ends is decided in tor.ts. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../lib/ids.ts";
import { isNewEnoughTor } from "./bootstrap.ts";
import { Control, hashControlPassword } from "./control.ts";
import type { TorFailure } from "./state.ts";
import { TOR_ARGUMENTS, torrc } from "./torrc.ts";

/** The path of a unix socket has 108 bytes on Linux and 104 elsewhere, the end mark included. */
const SOCKET_PATH_MAX = 103;
const START_MS = 20_000;
const STOP_MS = 5_000;
const EVENTS = "STATUS_CLIENT STATUS_GENERAL HS_DESC NETWORK_LIVENESS WARN ERR";

export class TorStartError extends Error {
  override readonly name = "TorStartError";
  readonly failure: TorFailure;
  constructor(failure: TorFailure, detail: string) {
    super(detail);
    this.failure = failure;
  }
}

export type TorRun = {
  control: Control;
  socks: { path: string };
  pid: number;
  /** Resolves when the program has ended, with the last thing it said. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

export type TorRunOptions = {
  binary: string;
  libraryPath: string | undefined;
  folder: string;
  bridges: readonly string[];
  extra: readonly string[];
  random: Random;
  /** Every event from the first one on; they may come before `runTor` has resolved. */
  onEvent: (event: string) => void;
};

/** Resolves when the control connection stands and Tor belongs to us; throws TorStartError. */
export async function runTor(options: TorRunOptions): Promise<TorRun> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  await chmod(options.folder, 0o700);
  const sockets = await socketFolder(options.folder);
  const controlSocket = join(sockets.folder, "control.sock");
  const socksSocket = join(sockets.folder, "socks.sock");
  await rm(controlSocket, { force: true });
  const password = options.random(24).toString("hex");
  const child = spawnTor(options);
  const life = follow(child);
  const stop = async () => {
    await end(child, life.ended);
    await sockets.remove();
  };
  child.stdin?.end(
    torrc({
      folder: options.folder,
      controlSocket,
      socksSocket,
      passwordHash: hashControlPassword(password, options.random),
      ownerPid: process.pid,
      bridges: options.bridges,
      extra: options.extra,
    }),
  );
  try {
    const control = await reach(controlSocket, life);
    await introduce(control, password, options.onEvent);
    return { control, socks: { path: socksSocket }, pid: child.pid ?? 0, ended: life.ended, stop };
  } catch (error) {
    await stop();
    const diedByItself = child.exitCode !== null && child.exitCode !== 0;
    // Its connection ends a moment before it is known to have ended; its last words say more.
    if (diedByItself && error instanceof TorStartError && error.failure === "tor-died") {
      throw new TorStartError("tor-died", await life.ended);
    }
    throw error;
  }
}

function spawnTor(options: TorRunOptions): ChildProcess {
  const libraries = options.libraryPath;
  const child = spawn(options.binary, TOR_ARGUMENTS, {
    stdio: ["pipe", "pipe", "ignore"],
    cwd: options.folder,
    // Nothing of the owner's environment: a proxy or a home folder named there is none of Tor's business.
    env: libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries },
  });
  // The program may end before it has read its configuration.
  child.stdin?.on("error", () => {});
  return child;
}

type Life = { ended: Promise<string>; failed: () => TorStartError | null };

function follow(child: ChildProcess): Life {
  let lastWords = "";
  let failure: TorStartError | null = null;
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    lastWords = text.trim().split("\n").at(-1)?.slice(0, 300) ?? lastWords;
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => {
      failure = new TorStartError("tor-missing", `tor does not start: ${error.message}`);
      resolve(failure.message);
    });
    // "close" comes after the last words were read.
    child.once("close", (code, signal) => {
      const detail = `${lastWords || "tor ended"} (${code ?? signal})`;
      failure ??= new TorStartError("tor-died", detail);
      resolve(detail);
    });
  });
  return { ended, failed: () => failure };
}

async function reach(socket: string, life: Life): Promise<Control> {
  const end = performance.now() + START_MS;
  for (;;) {
    const failure = life.failed();
    if (failure !== null) throw failure;
    try {
      return await Control.open(socket);
    } catch {
      if (performance.now() > end)
        throw new TorStartError("tor-died", "tor does not open its control socket");
      await pause(25);
    }
  }
}

async function introduce(
  control: Control,
  password: string,
  onEvent: (event: string) => void,
): Promise<void> {
  try {
    await control.send(`AUTHENTICATE "${password}"`);
    const version = await control.info("version");
    if (!isNewEnoughTor(version))
      throw new TorStartError("tor-too-old", `tor ${version} is older than 0.4.8`);
    await control.send("TAKEOWNERSHIP");
    control.onEvent(onEvent);
    await control.send(`SETEVENTS ${EVENTS}`);
  } catch (error) {
    control.close();
    if (error instanceof TorStartError) throw error;
    throw new TorStartError("tor-died", error instanceof Error ? error.message : String(error));
  }
}

async function end(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(late);
  }
  await ended;
}

async function socketFolder(folder: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const names = ["control.sock", "socks.sock"];
  if (names.every((name) => Buffer.byteLength(join(folder, name)) <= SOCKET_PATH_MAX)) {
    const remove = async () => {
      for (const name of names) await rm(join(folder, name), { force: true });
    };
    return { folder, remove };
  }
  // mkdtemp makes it 0700.
  const short = await mkdtemp(join(tmpdir(), "tssop-"));
  return { folder: short, remove: () => rm(short, { recursive: true, force: true }) };
}
