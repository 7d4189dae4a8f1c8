import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** The bundle as it is shipped, in a process of its own, on a folder that was set up. */
export const bundle = process.env["TSSOP_BUNDLE"] ?? "dist/tssop.cjs";
export const PASSPHRASE = "seven quiet lanterns walk home";

export interface Folder extends Disposable {
  path: string;
  data: string;
  passphraseFile: string;
}

type Environment = Record<string, string>;

/** A folder with a person in it. `calibrated`: its vault takes what it takes for people, about a second. */
export async function setUpFolder(o: { calibrated: boolean }): Promise<Folder> {
  const path = mkdtempSync(join(tmpdir(), "tssop-bench-"));
  const passphraseFile = join(path, "passphrase");
  const data = join(path, "data");
  writeFileSync(passphraseFile, `${PASSPHRASE}\n`, { mode: 0o600 });
  await promisify(execFile)(
    process.execPath,
    [bundle, "init", "--name", "Nora Lind", "--data", data, "--passphrase-file", passphraseFile],
    { env: environment(o.calibrated ? {} : { TSSOP_QUICK_VAULT: "1" }) },
  );
  return {
    path,
    data,
    passphraseFile,
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export interface Program extends AsyncDisposable {
  pid: number;
  /** Resolves with the first line of that kind. */
  event(kind: string): Promise<Record<string, unknown>>;
}

export function startProgram(given: string[], extra: Environment = {}): Program {
  const child = spawn(process.execPath, [bundle, "--json", "--no-open", ...given], {
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(extra),
  });
  // A bench that is stopped in the middle leaves nothing behind that runs on.
  const endWithUs = () => void child.kill("SIGKILL");
  process.once("exit", endWithUs);
  child.once("exit", () => process.off("exit", endWithUs));
  const events = eventsOf(child);
  return {
    pid: child.pid ?? 0,
    event: events,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

function environment(extra: Environment): NodeJS.ProcessEnv {
  const { TSSOP_QUICK_VAULT: _, ...rest } = process.env;
  return { ...rest, ...extra };
}

function eventsOf(child: ChildProcess) {
  const seen: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const wake of waiting) wake();
  };
  let complaints = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("{")) seen.push(JSON.parse(line));
      look();
    });
  }
  child.on("exit", look);
  return (kind: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const timer = setTimeout(() => done(null), 120_000);
      const wake = () => {
        const found = seen.find((one) => one["event"] === kind);
        if (found !== undefined || child.exitCode !== null) done(found ?? null);
      };
      const done = (found: Record<string, unknown> | null) => {
        clearTimeout(timer);
        waiting.delete(wake);
        if (found === null) reject(new Error(`the program did not say “${kind}”: ${complaints}`));
        else resolve(found);
      };
      waiting.add(wake);
      wake();
    });
}
