import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

/** A person with a real node of their own, in a process of its own, driven as an app would drive it. */
export type Person = {
  readonly name: string;
  readonly folder: string;
  readonly owner: string;
  readonly onion: string;
  readonly address: string;
  readonly pid: number;
  readonly passphrase: string;
  /** Everything the process has printed, for canary searches. */
  printed(): string;
  events(): Record<string, unknown>[];
  /** Resolves once an event of that kind has been printed (also if it already was). */
  event(kind: string, milliseconds?: number): Promise<Record<string, unknown>>;
  api<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  cli(...given: string[]): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends it as a person would, with everything flushed. */
  stop(): Promise<void>;
  /** Starts again on the same folder, after kill or stop. */
  again(): Promise<Person>;
};

export type PersonOptions = {
  name: string;
  /** A folder of its own is made inside. */
  folder: string;
  torrc: string[];
  /** The bundle to run. */
  bundle?: string;
  environment?: NodeJS.ProcessEnv;
  passphrase?: string;
  /** A program, with its arguments, that starts the node in its place and becomes it: see trace.ts. */
  under?: string[];
};

const BUNDLE = "dist/tssop.cjs";

/** Sets up a person and starts their node; resolves when the owner's page answers and a token is at hand. */
export async function startPerson(o: PersonOptions): Promise<Person> {
  const folder = join(o.folder, o.name.toLowerCase());
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passphrase = o.passphrase ?? `${o.name} walks seven quiet lanterns home`;
  writeFileSync(join(o.folder, `${o.name}.passphrase`), `${passphrase}\n`, { mode: 0o600 });
  writeFileSync(join(o.folder, `${o.name}.torrc`), `${o.torrc.join("\n")}\n`);
  const common = ["--data", folder, "--passphrase-file", join(o.folder, `${o.name}.passphrase`)];
  await runOnce(o, ["init", "--name", o.name, ...common]);
  return run(o, folder, passphrase, common);
}

async function run(o: PersonOptions, folder: string, passphrase: string, common: string[]): Promise<Person> {
  const torrc = ["--torrc", join(o.folder, `${o.name}.torrc`)];
  const child = launch(o, ["--json", "--no-open", ...torrc, ...common], o.under);
  const output = follow(child);
  const listening = await output.event("listening");
  await output.event("role", 60_000);
  const cli = (...given: string[]) => runOnce(o, [...given, "--data", folder]);
  const { token } = JSON.parse(await cli("token", "--json", "--scopes", "read write follow"));
  const { onion, address } = JSON.parse(await cli("address", "--json"));
  const owner = String(listening["owner"]);
  const gone = async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return {
    name: o.name,
    folder,
    owner,
    onion,
    address,
    pid: child.pid ?? 0,
    passphrase,
    printed: output.printed,
    events: output.events,
    event: output.event,
    api: (method, path, body) => call(owner, token, method, path, body),
    cli,
    async kill(signal) {
      child.kill(signal);
      await gone();
    },
    async stop() {
      child.kill("SIGTERM");
      await gone();
    },
    again: () => run(o, folder, passphrase, common),
  };
}

function launch(o: PersonOptions, given: string[], under: string[] = []): ChildProcess {
  const [program = process.execPath, ...rest] = [...under, process.execPath, o.bundle ?? BUNDLE, ...given];
  return spawn(program, rest, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TSSOP_QUICK_VAULT: "1", ...o.environment },
  });
}

async function runOnce(o: PersonOptions, given: string[]): Promise<string> {
  const child = launch(o, given);
  const output = follow(child);
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${o.name}: ${given[0]} ended with ${code}\n${output.printed()}`);
  return output.lines().join("\n");
}

/** Collects what a process prints; waits for events. */
export function follow(child: ChildProcess) {
  const lines: string[] = [];
  const events: Record<string, unknown>[] = [];
  let all = "";
  const waiting = new Set<() => void>();
  const look = () => {
    for (const wake of waiting) wake();
  };
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    all += text;
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      all += `${line}\n`;
      lines.push(line);
      if (line.startsWith("{")) events.push(JSON.parse(line));
      look();
    });
  }
  child.on("exit", look);
  const event = async (kind: string, milliseconds = 120_000) => {
    const until = Date.now() + milliseconds;
    for (;;) {
      const found = events.findLast((one) => one["event"] === kind);
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`ended before “${kind}”:\n${all}`);
      if (Date.now() > until) throw new Error(`no “${kind}” within ${milliseconds} ms:\n${all}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, 500);
        function done() {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    }
  };
  return { lines: () => lines, events: () => events, printed: () => all, event };
}

/** One call of the client API. Throws with the answer when it is not 2xx. */
export function call<T>(
  owner: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: "application/json" };
  if (text !== undefined) headers["content-type"] = "application/json";
  return new Promise((resolve, reject) => {
    const sent = request(`${owner}${path}`, { method, headers, agent: false }, (res) => {
      let answer = "";
      res.setEncoding("utf8");
      res.on("data", (chunk: string) => {
        answer += chunk;
      });
      res.on("error", reject);
      res.on("end", () => {
        const status = res.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve(JSON.parse(answer || "null"));
        else reject(new Error(`${method} ${path}: ${status} ${answer}`));
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

/** Asks until the answer is there. Conditions, not seconds: the limit only ends a test that would hang. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  milliseconds = 120_000,
): Promise<T> {
  const end = Date.now() + milliseconds;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`never came: ${what}`, { cause: last });
    await pause(150);
  }
}
