/** Tries every way out with the guard in place, and prints what became of each. Run by guard.test.ts. */
import "../../../src/tor/guard-first.ts";
import { createSocket } from "node:dgram";
import dns, { lookup, resolve4 } from "node:dns";
import { lookup as lookupByPromise, Resolver } from "node:dns/promises";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import net, { type AddressInfo, connect, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { allowLoopbackPort, leaksPrevented } from "../../../src/tor/guard.ts";

const stopped: Record<string, string> = {};
const allowed: Record<string, string> = {};

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? error.cause : error;
  return "code" in inner ? String(inner.code) : `${error}`;
}
async function stops(what: string, attempt: () => Promise<unknown>): Promise<void> {
  stopped[what] = await attempt().then(() => "went through", codeOf);
}
const byCallback = (start: (done: (error: unknown) => void) => void) =>
  new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve(null))));
const connecting = (socket: Socket) =>
  new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
const NOWHERE = "192.0.2.1";

async function tryNames(): Promise<void> {
  await stops("dns.lookup", () => byCallback((done) => lookup("example.org", done)));
  await stops("dns.lookup of the module", () => byCallback((done) => dns.lookup("example.org", {}, done)));
  await stops("dns.resolve4", () => byCallback((done) => resolve4("example.org", done)));
  await stops("dns.reverse", () => byCallback((done) => dns.reverse(NOWHERE, done)));
  await stops("dns.lookupService", () => byCallback((done) => dns.lookupService(NOWHERE, 80, done)));
  await stops("dns.Resolver", () => byCallback((done) => new dns.Resolver().resolve4("example.org", done)));
  await stops("promised lookup", () => lookupByPromise("example.org"));
  await stops("promised Resolver", () => new Resolver().resolveTxt("example.org"));
  await stops("dns.promises", () => dns.promises.resolveMx("example.org"));
}

async function tryConnections(): Promise<void> {
  await stops("net.connect", () => connecting(connect(80, NOWHERE)));
  await stops("net.createConnection", () =>
    connecting(net.createConnection({ host: "example.org", port: 80 })),
  );
  await stops("Socket.connect", () => connecting(new Socket().connect(80, "::1")));
  await stops("a loopback port nobody allowed", () => connecting(connect({ port: 9 })));
  await stops("tls.connect", () => connecting(tls.connect(443, NOWHERE)));
  await stops("http", () => byCallback((done) => http.get("http://example.org/").on("error", done)));
  await stops("https", () => byCallback((done) => https.get(`https://${NOWHERE}/`).on("error", done)));
  await stops("http2", () => byCallback((done) => http2.connect(`http://${NOWHERE}`).on("error", done)));
  await stops("fetch", () => fetch(`http://${NOWHERE}/`));
  await stops("fetch of a name", () => fetch("https://example.org/"));
  await stops("dgram.send", async () => {
    const socket = createSocket("udp4");
    try {
      socket.send("a", 53, NOWHERE);
    } finally {
      socket.close();
    }
  });
  await stops("dgram.connect", async () => {
    const socket = createSocket("udp4");
    try {
      socket.connect(53, NOWHERE);
    } finally {
      socket.close();
    }
  });
  for (const name of ["WebSocket", "EventSource"]) stopped[name] = name in globalThis ? "is there" : "ELEAK";
}

async function tryAllowed(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "guard-probe-"));
  const path = join(folder, "own.sock");
  const server = net.createServer((socket) => socket.on("error", () => {}).end("hello"));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const readAll = async (socket: Socket) => String((await socket.setEncoding("utf8").toArray()).join(""));
  allowed["unix socket"] = await readAll(connect({ path }));
  server.close();
  const byName = net.createServer((socket) => socket.on("error", () => {}).end("hello"));
  await new Promise<void>((resolve) => byName.listen(0, "localhost", resolve));
  const { address, port } = byName.address() as AddressInfo;
  allowed["own server by name"] = address;
  allowLoopbackPort(port);
  allowed["allowed port"] = await readAll(connect({ port, host: "127.0.0.1" }));
  allowed["allowed port by name"] = await readAll(connect(port, "localhost"));
  allowed["address as name"] = (await lookupByPromise("127.0.0.1")).address;
  byName.close();
  rmSync(folder, { recursive: true });
}

/** Not at the top level: the bundle is CommonJS, which has no await there. */
async function probe(): Promise<void> {
  await tryNames();
  await tryConnections();
  await tryAllowed();
  process.stdout.write(JSON.stringify({ stopped, allowed, prevented: leaksPrevented() }));
}

void probe();
