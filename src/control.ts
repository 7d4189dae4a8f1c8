import { chmodSync, rmSync } from "node:fs";
// biome-ignore lint/style/noRestrictedImports: the command line asks the node over a unix socket, nothing else
import { createServer, request } from "node:http";
import { join } from "node:path";
import { asNodeError, type ErrorCode, errorSentences, NodeError } from "./lib/errors.ts";
import { closed, listening } from "./listening.ts";
import type { NodeFacts } from "./prove/finding.ts";
import { socketFolder } from "./run-folder.ts";

/**
 * The command line speaks to the running node over ctl.sock (0600): one JSON request, one JSON answer.
 * Whoever may open that socket is the owner's own account on this computer.
 */
export type ControlCalls = {
  status(): Promise<Record<string, unknown>>;
  /** The owner's page, in the owner's browser. */
  open(): Promise<{ page: string; opened: boolean }>;
  /** For `tssop prove`. */
  facts(): Promise<NodeFacts>;
  address(): Promise<{ address: string; onion: string }>;
  token(scopes: string): Promise<{ token: string }>;
  lock(): Promise<Record<string, never>>;
  passphrase(before: string, after: string): Promise<Record<string, never>>;
  /** Into a file that is not there yet; `path`: whole. `left`: whoever asked waits no more. */
  backup(path: string, passphrase: string, left: AbortSignal): Promise<{ bytes: number }>;
};

/** Milliseconds in which nothing is said. */
const PATIENCE = 30_000;
const LONGEST_BACKUP = 24 * 60 * 60_000;

type Call = { call: keyof ControlCalls; with: string[] };
type Answer = { ok: unknown } | { error: ErrorCode; safe: string };

function controlPath(folder: string): string {
  return join(socketFolder(folder), "ctl.sock");
}

function run(calls: ControlCalls, call: Call, left: AbortSignal): Promise<unknown> {
  const [first = "", second = ""] = call.with;
  switch (call.call) {
    case "status":
      return calls.status();
    case "open":
      return calls.open();
    case "facts":
      return calls.facts();
    case "address":
      return calls.address();
    case "token":
      return calls.token(first);
    case "lock":
      return calls.lock();
    case "passphrase":
      return calls.passphrase(first, second);
    case "backup":
      return calls.backup(first, second, left);
    default:
      throw new NodeError("bad-request", "unknown call");
  }
}

function parseCall(text: string): Call {
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && value !== null && "call" in value && "with" in value) {
    const { call, with: given } = value;
    if (typeof call === "string" && Array.isArray(given) && given.every((item) => typeof item === "string")) {
      return { call: call as Call["call"], with: given };
    }
  }
  throw new NodeError("bad-request", "not a call");
}

/** Answers the command line until disposed. */
export async function serveControl(folder: string, calls: ControlCalls): Promise<AsyncDisposable> {
  const path = controlPath(folder);
  const server = createServer(async (req, res) => {
    let answer: Answer;
    const leaving = new AbortController();
    res.on("close", () => leaving.abort());
    try {
      let text = "";
      for await (const chunk of req.setEncoding("utf8")) text += chunk;
      answer = { ok: await run(calls, parseCall(text), leaving.signal) };
    } catch (error) {
      const known = asNodeError(error);
      answer = { error: known.code, safe: known.safe };
    }
    res.end(JSON.stringify(answer));
  });
  rmSync(path, { force: true });
  const mask = process.umask(0o177);
  try {
    await listening(server, path);
  } finally {
    process.umask(mask);
  }
  if (process.platform !== "win32") chmodSync(path, 0o600);
  return {
    [Symbol.asyncDispose]: async () => {
      await closed(server);
      rmSync(path, { force: true });
    },
  };
}

/** Asks the running node. Throws "not-running", or what the node itself said. */
export async function askNode(
  folder: string,
  call: keyof ControlCalls,
  ...given: string[]
): Promise<unknown> {
  const body = JSON.stringify({ call, with: given });
  const text = await exchange(controlPath(folder), body, call === "backup" ? LONGEST_BACKUP : PATIENCE);
  const answer: unknown = JSON.parse(text);
  if (typeof answer === "object" && answer !== null) {
    if ("ok" in answer) return answer.ok;
    if ("error" in answer && typeof answer.error === "string" && answer.error in errorSentences) {
      const safe = "safe" in answer && typeof answer.safe === "string" ? { safe: answer.safe } : {};
      throw new NodeError(answer.error as ErrorCode, "the running node said no", safe);
    }
  }
  throw new NodeError("internal", "odd answer on the control socket");
}

function exchange(socketPath: string, body: string, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method: "POST", path: "/", timeout }, (res) => {
      let text = "";
      res.setEncoding("utf8");
      res.on("data", (chunk: string) => {
        text += chunk;
      });
      res.on("end", () => resolve(text));
      res.on("error", reject);
    });
    call.on("timeout", () => call.destroy(new Error("timed out")));
    call.on("error", (cause) =>
      reject(new NodeError("not-running", "no node answers in this folder", { cause })),
    );
    call.end(body);
  });
}
