import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askNode } from "../../../src/control.ts";
import { call, follow } from "../person.ts";

/** A real node in a process of its own, made to be killed and started again, quicker than support/person.ts. */
export type CrashNode = {
  readonly folder: string;
  readonly passphraseFile: string;
  token: string;
};

export type Life = {
  readonly owner: string;
  readonly child: ChildProcess;
  api<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  event(kind: string): Promise<Record<string, unknown>>;
  printed(): string;
  kill(): Promise<void>;
  stop(): Promise<void>;
};

export const PASSPHRASE = "maple orbit lantern quiet";
const BUNDLE = "dist/tssop.cjs";

type Environment = Record<string, string>;

/** Runs the program to its end. */
export async function tssop(given: string[], environment: Environment = {}) {
  const child = launch(given, environment);
  const output = follow(child);
  const [code] = await once(child, "close");
  return { code: Number(code), printed: output.printed() };
}

function launch(given: string[], environment: Environment): ChildProcess {
  return spawn(process.execPath, [BUNDLE, ...given], {
    stdio: ["ignore", "pipe", "pipe"],
    // A tor that is not there: quick, and nobody is called.
    env: { ...process.env, TSSOP_TOR: "/nonexistent/tor", TSSOP_QUICK_VAULT: "1", ...environment },
  });
}

export async function setUpNode(parent: string, name: string): Promise<CrashNode> {
  const folder = join(parent, name.toLowerCase());
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passphraseFile = join(parent, `${name}.passphrase`);
  writeFileSync(passphraseFile, `${PASSPHRASE}\n`, { mode: 0o600 });
  const { code, printed } = await tssop([
    "init",
    "--name",
    name,
    "--data",
    folder,
    "--passphrase-file",
    passphraseFile,
  ]);
  if (code !== 0) throw new Error(`init: ${printed}`);
  return { folder, passphraseFile, token: "" };
}

/** Resolves once it is open. Throws with what was printed. */
export async function live(node: CrashNode, environment: Environment = {}): Promise<Life> {
  const child = launch(
    ["--json", "--no-open", "--data", node.folder, "--passphrase-file", node.passphraseFile],
    environment,
  );
  const output = follow(child);
  await output.event("role", 60_000);
  const owner = String((await output.event("listening"))["owner"]);
  if (node.token === "") {
    const answer = (await askNode(node.folder, "token", "read write follow")) as { token: string };
    node.token = answer.token;
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return {
    owner,
    child,
    api: (method, path, body) => call(owner, node.token, method, path, body),
    event: (kind) => output.event(kind),
    printed: output.printed,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

type Status = { id: string; uri: string; content: string };

/** Everything on the home timeline. */
export async function timeline(life: Life): Promise<Status[]> {
  const out: Status[] = [];
  let older = "";
  for (;;) {
    const page = await life.api<Status[]>("GET", `/api/v1/timelines/home?limit=40${older}`);
    if (page.length === 0) return out;
    out.push(...page);
    older = `&max_id=${page.at(-1)?.id}`;
  }
}

export function post(life: Life, text: string): Promise<Status> {
  return life.api("POST", "/api/v1/statuses", { status: text, visibility: "public" });
}
