import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { clientTorrc } from "./lib/client-torrc.ts";
import { median, summary } from "./lib/numbers.ts";
import { anonymousMegabytes, childrenOf, cpuMilliseconds, needLinux } from "./lib/processes.ts";
import { type Folder, setUpFolder, startProgram } from "./lib/program.ts";
import { atMost, type Bench, figure, type Report, type Row } from "./lib/report.ts";

const MINUTE = 60_000;
const LOOKS = 12;
/** Calm: three times in a row less than this share of a core in five seconds. */
const CALM = 1;
const CALM_LOOK_MS = 5_000;
const CALM_IN_A_ROW = 3;
const CALM_LOOKS = 12;

const names = ["node", "tor", "empty node", "tor without a network"] as const;
type Name = (typeof names)[number];
type Watched = Record<Name, { memory: number[]; percent: number }>;

/** Share of a core that each process takes while we wait. */
async function shares(pids: Record<Name, number>, milliseconds: number, look: () => Promise<void>) {
  const before = names.map((name) => cpuMilliseconds(pids[name]));
  const began = performance.now();
  await look();
  const left = milliseconds - (performance.now() - began);
  if (left > 0) await pause(left);
  const wall = performance.now() - began;
  return names.map((name, at) => ((cpuMilliseconds(pids[name]) - (before[at] ?? 0)) / wall) * 100);
}

async function calm(pids: Record<Name, number>, say: (step: string) => void): Promise<void> {
  let calmLooks = 0;
  for (let look = 0; look < CALM_LOOKS && calmLooks < CALM_IN_A_ROW; look += 1) {
    const [own = 0, tor = 0] = await shares(pids, CALM_LOOK_MS, async () => {});
    say(`settling: ${figure(own)} % and ${figure(tor)} % of a core`);
    calmLooks = own < CALM && tor < CALM ? calmLooks + 1 : 0;
  }
}

async function watch(pids: Record<Name, number>): Promise<Watched> {
  const memory = new Map<Name, number[]>(names.map((name) => [name, []]));
  const percents = await shares(pids, MINUTE, async () => {
    for (let look = 0; look < LOOKS; look += 1) {
      await pause(MINUTE / LOOKS - 50);
      for (const name of names) memory.get(name)?.push(anonymousMegabytes(pids[name]));
    }
  });
  const of = (name: Name, at: number) => ({
    memory: memory.get(name) ?? [],
    percent: percents[at] ?? Number.NaN,
  });
  const [node, tor, empty, quiet] = names;
  return { [node]: of(node, 0), [tor]: of(tor, 1), [empty]: of(empty, 2), [quiet]: of(quiet, 3) };
}

function quietTor(folder: Folder): ChildProcess {
  const data = join(folder.path, "quiet-tor");
  mkdirSync(data, { mode: 0o700 });
  const libraries = process.env["TSSOP_TOR_LIBRARIES"];
  const args = ["-f", "-", "--defaults-torrc", "/nonexistent", "--ignore-missing-torrc", "--quiet"];
  const child = spawn(process.env["TSSOP_TOR"] ?? "tor", args, {
    stdio: ["pipe", "ignore", "ignore"],
    env: libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries },
  });
  child.stdin?.end(`DataDirectory ${data}\nSocksPort 0\nDisableNetwork 1\n`);
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function measured(say: (step: string) => void): Promise<Watched> {
  using folder = await setUpFolder({ calibrated: false });
  await using stack = new AsyncDisposableStack();
  const torrc = join(folder.path, "torrc");
  writeFileSync(torrc, `${clientTorrc().join("\n")}\n`);
  const given = ["--data", folder.data, "--passphrase-file", folder.passphraseFile, "--torrc", torrc];
  const program = stack.use(startProgram(given));
  const empty = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e8)"], { stdio: "ignore" });
  stack.defer(() => stop(empty));
  const quiet = quietTor(folder);
  stack.defer(() => stop(quiet));
  await program.event("reachable");
  say("people can reach it");
  const tor = childrenOf(program.pid).find(({ name }) => name === "tor");
  if (tor === undefined) throw new Error("the program has no tor");
  const pids = {
    node: program.pid,
    tor: tor.pid,
    "empty node": empty.pid ?? 0,
    "tor without a network": quiet.pid ?? 0,
  };
  await calm(pids, say);
  say("watching for a minute");
  return await watch(pids);
}

function rowsOf(watched: Watched): Row[] {
  const memory = (name: Name, other: Name, limit: number): Row => {
    const found = summary(watched[name].memory);
    return {
      what: `memory of ${name}`,
      unit: "MB",
      ...found,
      baseline: { what: other, value: median(watched[other].memory) },
      target: atMost(found.median, limit, `${limit} MB`),
    };
  };
  const cpu = (name: Name): Row => ({
    what: `CPU of ${name} in a minute`,
    unit: "% of a core",
    ...summary([watched[name].percent]),
  });
  const both = watched.node.percent + watched.tor.percent;
  return [
    memory("node", "empty node", 100),
    memory("tor", "tor without a network", 20),
    cpu("node"),
    cpu("tor"),
    {
      what: "CPU of both in a minute",
      unit: "% of a core",
      ...summary([both]),
      baseline: { what: "empty node", value: watched["empty node"].percent },
      target: atMost(both, 0.5, "under 0.5 % of a core"),
    },
  ];
}

export const bench: Bench = {
  title: "Doing nothing",
  async run(say): Promise<Report> {
    needLinux();
    return {
      how: "The bundle with an unlocked, nearly empty store and its tor on the private Tor network, once it is reachable and calm, for a minute in which nobody does anything. Memory is “Anonymous” of /proc/PID/smaps_rollup, looked at twelve times; CPU is from /proc/PID/stat, which counts in hundredths of a second.",
      rows: rowsOf(await measured(say)),
    };
  },
};
