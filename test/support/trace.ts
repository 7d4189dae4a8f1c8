import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** One thing that a process sent or wanted to connect to; `to` is the address as the system call had it. */
export type Reached = { pid: number; program: string; call: string; to: string };

const CALLS = "connect,sendto,sendmsg,sendmmsg,execve,clone,clone3,fork,vfork";

/**
 * Starts a program so that each connection it begins, it and all that it starts, is written into `folder`. The tracer
 * stands beside (-D), so that the process that is started is the program itself. `bytes`: how much of what goes through a
 * call is written down. `sockets`: for each call, what it went to.
 */
export function tracedInto(folder: string, { calls = CALLS, bytes = 300, sockets = false } = {}): string[] {
  const libraries = process.env["TSSOP_STRACE_LIBRARIES"];
  const own = process.env["LD_LIBRARY_PATH"];
  const forStrace = libraries === undefined ? [] : ["env", `LD_LIBRARY_PATH=${libraries}`];
  const forProgram = own === undefined ? "LD_LIBRARY_PATH" : `LD_LIBRARY_PATH=${own}`;
  const strace = process.env["TSSOP_STRACE"] ?? "strace";
  const how = ["-D", "-f", "-ff", "-qq", "--seccomp-bpf", "-s", String(bytes), "-e", "signal=none"];
  if (sockets) how.push("-yy");
  return [
    ...forStrace,
    strace,
    ...how,
    "-e",
    `trace=${calls}`,
    "-o",
    join(folder, "trace"),
    "-E",
    forProgram,
  ];
}

/** What has been written so far: every address, and each program that was started, by its process. */
export function readTrace(folder: string): { reached: Reached[]; programs: Map<number, string> } {
  const lines = new Map<number, string[]>();
  for (const name of readdirSync(folder)) {
    const pid = Number(/^trace\.(\d+)$/.exec(name)?.[1]);
    if (pid > 0) lines.set(pid, readFileSync(join(folder, name), "utf8").split("\n"));
  }
  const parents = new Map<number, number>();
  for (const [pid, own] of lines) {
    for (const line of own) {
      const child = /^(?:clone3?|v?fork)\(.*\) = (\d+)$/.exec(line)?.[1];
      if (child !== undefined) parents.set(Number(child), pid);
    }
  }
  const programs = new Map<number, string>();
  for (const [pid, own] of lines) {
    const started = own.findLast((line) => /^execve\(.* = 0$/.test(line));
    if (started !== undefined) programs.set(pid, programIn(started));
  }
  /** A thread is what its process is. */
  const programOf = (pid: number): string => {
    const parent = parents.get(pid);
    return programs.get(pid) ?? (parent === undefined ? "unknown" : programOf(parent));
  };
  const reached = [...lines].flatMap(([pid, own]) =>
    own.flatMap((line) => addressesIn(line).map((to) => ({ pid, program: programOf(pid), ...to }))),
  );
  return { reached, programs };
}

/** "tor", "node tssop.cjs", "node picture.cjs" */
function programIn(line: string): string {
  const given = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text);
  const script = given.findLast((text) => text.endsWith(".cjs"));
  return [basename(given[0] ?? ""), ...(script === undefined ? [] : [basename(script)])].join(" ");
}

function addressesIn(line: string): { call: string; to: string }[] {
  const call = /^(connect|sendto|sendmsg|sendmmsg)\(/.exec(line)?.[1];
  if (call === undefined) return [];
  return [...line.matchAll(/\{(sa_family=[^{}]*)\}/g)].map(([, to = ""]) => ({ call, to }));
}
