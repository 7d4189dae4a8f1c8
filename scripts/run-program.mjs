import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a program in our place: its input and output are ours, signals go on to it, its exit code becomes ours.
 * A Ctrl-C in a terminal reaches it without us, and is not sent a second time.
 */
export function runProgram(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", ...options });
    const forward = (signal) => {
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Where the person stood when they typed the command: npm changes to the checkout's folder. */
export const whereTyped = () => process.env["INIT_CWD"] || process.cwd();
