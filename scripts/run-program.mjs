import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a program in our place: its input and output are ours, signals go on to it, its exit code becomes ours.
 * A Ctrl-C in a terminal reaches it without us, and is not sent a second time.
 */
export function runProgram(program, args, options = {}) {
  if (isForsaken()) return Promise.resolve(128 + constants.signals.SIGTERM);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", ...options });
    const forward = (signal) => {
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    const watch = watchParent(() => child.kill("SIGTERM"));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearInterval(watch);
      for (const name of signals) process.off(name, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Read at once: the set-up takes a while, and npm may be gone before the program starts. */
const parent = process.ppid;

/** npm hands a signal to the shell between it and us, which ends without a word: then nobody waits for us any more. */
const isForsaken = () => process.env["npm_lifecycle_event"] !== undefined && process.ppid !== parent;

function watchParent(gone) {
  return setInterval(() => {
    if (isForsaken()) gone();
  }, 250);
}

/** Where the person stood when they typed the command: npm changes to the checkout's folder. */
export const whereTyped = () => process.env["INIT_CWD"] || process.cwd();
