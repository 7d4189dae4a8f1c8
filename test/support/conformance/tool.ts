import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { asRequest, readBody, sendResponse } from "../../../src/web/http-bridge.ts";

const run = promisify(execFile);
const HERE = import.meta.dirname;
const CACHE = resolve(".cache", "conformance");
const DONE = join(CACHE, "installed");

/** What the tool found about one of its tests. */
export type Finding = { slug: string; outcome: string; info: string };

/**
 * activitypub-testing, run as the program of somebody else that it is. It knows nothing of Tor: its requests to the
 * onion come to a port of this computer and go on through `fetch`.
 */
export async function testActor(actor: string, through: typeof fetch): Promise<Finding[]> {
  await install();
  const { origin } = new URL(actor);
  const server = createServer(async (req, res) => {
    const body = req.method === "POST" ? await readBody(req, 1 << 20) : null;
    const headers = {
      Accept: req.headers.accept ?? "*/*",
      "Content-Type": req.headers["content-type"] ?? "",
    };
    const asked = new Request(asRequest(req, origin, body), { headers });
    await sendResponse(await through(asked).catch(() => new Response(null, { status: 502 })), res);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const door = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const program = join(CACHE, "node_modules/activitypub-testing/src/cli.js");
    const given = [
      "--import",
      join(HERE, "into-the-onion.mjs"),
      program,
      "test",
      "actor",
      actor,
      "-o",
      "json-seq",
    ];
    const env = { ...process.env, TSSOP_ONION_ORIGIN: origin, TSSOP_ONION_DOOR: door };
    const { stdout } = await run(process.execPath, given, { env, maxBuffer: 1 << 26, timeout: 240_000 });
    return findingsIn(stdout);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

/** The packages of the lock file beside this, into the cache; nothing of them becomes a part of TSSOP. */
async function install(): Promise<void> {
  if (existsSync(DONE)) return;
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    copyFileSync(join(HERE, "packages", file), join(CACHE, file));
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: CACHE });
  writeFileSync(DONE, "");
}

type Assertion = {
  result?: { outcome?: string; info?: unknown; message?: unknown };
  test?: { slug?: string };
};

/** A JSON text sequence (RFC 7464): each text between a record separator and a line feed. */
function findingsIn(printed: string): Finding[] {
  const texts = printed.split("\u001e").filter((text) => text.trim() !== "");
  return texts.map((text) => {
    const { result, test }: Assertion = JSON.parse(text);
    const info = String(result?.info ?? result?.message ?? "");
    return { slug: test?.slug ?? "?", outcome: result?.outcome ?? "?", info };
  });
}
