import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** What Linux tells of a process. Elsewhere there is nothing to read. */
export function needLinux(): void {
  if (!existsSync("/proc/self/smaps_rollup")) throw new Error("this bench reads /proc, which only Linux has");
}

/** Memory that is the process's alone and comes from no file: megabytes. */
export function anonymousMegabytes(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "latin1");
  const kilobytes = /^Anonymous:\s+(\d+) kB$/m.exec(text)?.[1];
  if (kilobytes === undefined) throw new Error("smaps_rollup has no line “Anonymous”");
  return Number(kilobytes) / 1024;
}

/**
 * About the same, as the kernel counts it all along. Looking at it costs next to nothing, whereas `smaps_rollup` walks
 * through all memory and holds the process up meanwhile.
 */
export function anonymousAtOnce(pid: number): number {
  const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
  if (kilobytes === undefined) throw new Error("/proc tells no “RssAnon”");
  return Number(kilobytes) / 1024;
}

/** After the name, which is in brackets and may hold anything: state, parent, …, user and system time. */
function stat(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

const tick = () => 1_000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** CPU that the process has used since its start: milliseconds. */
export function cpuMilliseconds(pid: number): number {
  const fields = stat(pid);
  return (Number(fields[11]) + Number(fields[12])) * tick();
}

export function childrenOf(pid: number): { pid: number; name: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (Number(stat(Number(name))[1]) !== pid) return [];
        return [{ pid: Number(name), name: readFileSync(`/proc/${name}/comm`, "utf8").trim() }];
      } catch {
        return []; // ended while we looked
      }
    });
}
