import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Outcome } from "./report.ts";

const LONGEST_MS = 15 * 60_000;

export type RunOptions = {
  name: string;
  /** Lines for the torrc of who needs the private network. */
  torrc: string[];
  /** Its temporary files go there. */
  folder: string;
  say: (step: string) => void;
  /** Ends it. */
  signal: AbortSignal;
};

/** Runs one bench in a process of its own. Never throws: what went wrong is an outcome, too. */
export function runBench(o: RunOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    if (o.signal.aborted) return resolve({ failed: "it was stopped" });
    const child = launch(o);
    const stop = () => void child.kill("SIGTERM");
    const timer = setTimeout(stop, LONGEST_MS);
    o.signal.addEventListener("abort", stop, { once: true });
    let outcome: Outcome | null = null;
    child.on("message", (message: { say: string } | { outcome: Outcome }) => {
      if ("say" in message) o.say(message.say);
      else outcome = message.outcome;
    });
    child.on("error", (error) => {
      outcome ??= { failed: error.message };
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      o.signal.removeEventListener("abort", stop);
      resolve(outcome ?? { failed: `it ended with ${signal ?? code} and without figures` });
    });
  });
}

function launch({ name, torrc, folder }: RunOptions): ChildProcess {
  const here = import.meta.dirname;
  return fork(join(here, "child.ts"), [name], {
    execArgv: ["--import", join(here, "tsx.mjs"), "--expose-gc", "--disable-warning=ExperimentalWarning"],
    env: { ...process.env, TSSOP_BENCH_TORRC: JSON.stringify(torrc), TMPDIR: folder },
  });
}
