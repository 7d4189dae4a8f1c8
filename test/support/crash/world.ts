import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onionFromSeed } from "../../../src/tor/onion-key.ts";
import { createPeer, type Peer } from "../peer.ts";
import { type StandInSocks, startStandInSocks } from "../stand-in-socks.ts";
import type { CrashNode, Life } from "./node.ts";
import { relayTor } from "./relay-tor.ts";

/** A small network for one real node: peers made by hand, that it reaches over SOCKS and that send to its public socket. */
export interface World extends AsyncDisposable {
  readonly tor: string;
  readonly peer: Peer;
  /** How long the peer thinks about each activity before it answers, milliseconds. */
  answerAfter(milliseconds: number): void;
  /** Called once the node's address is known. */
  knows(onion: string, node: CrashNode): void;
  /** Sends signed to the node's inbox; the status. Rejects when the node is gone. */
  send(node: CrashNode, onion: string, activity: unknown): Promise<number>;
}

export async function createWorld(folder: string, o: { clockWrong?: boolean } = {}): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const socks: StandInSocks = stack.use(await startStandInSocks());
  const { onion: host } = onionFromSeed(randomBytes(32));
  const peer = createPeer(host, "paula");
  const path = join(folder, "paula.sock");
  const wait = { milliseconds: 0 };
  const server = createServer((req, res) => void serve(peer, wait, req, res));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
    rmSync(path, { force: true });
  });
  socks.put(host, { path });
  const tor = relayTor({ folder: join(folder, "tor"), socks: socks.address.path, ...o });
  const closing = stack.move();
  return {
    tor,
    peer,
    answerAfter(milliseconds) {
      wait.milliseconds = milliseconds;
    },
    knows(onion, node) {
      writeFileSync(`${tor}.onion`, onion.slice(0, -".onion".length));
      socks.put(onion, { path: publicSocket(node) });
    },
    send: (node, onion, activity) =>
      deliver(peer.signed(`http://${onion}/inbox`, activity), publicSocket(node)),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

const publicSocket = (node: CrashNode) => join(node.folder, "run", "public.sock");

/** A node of ours as this peer sees it. */
export async function addressOf(life: Life): Promise<{ onion: string; uri: string; id: string }> {
  const me = await life.api<{ id: string; url: string; uri?: string }>(
    "GET",
    "/api/v1/accounts/verify_credentials",
  );
  const { host, origin, pathname } = new URL(me.url);
  return { onion: host, uri: `${origin}/people/${pathname.slice(2)}`, id: me.id };
}

async function serve(
  peer: Peer,
  wait: { milliseconds: number },
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part);
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) headers.set(name, String(value));
  const url = `${peer.origin}${req.url}`;
  const body = req.method === "POST" ? { body: Buffer.concat(parts) } : {};
  const answer = await peer.handle(new Request(url, { method: req.method ?? "GET", headers, ...body }));
  if (req.method === "POST") await pause(wait.milliseconds);
  res.writeHead(answer.status, Object.fromEntries(answer.headers));
  res.end(Buffer.from(await answer.arrayBuffer()));
}

async function deliver(signed: Request, socketPath: string): Promise<number> {
  const body = Buffer.from(await signed.arrayBuffer());
  const { pathname } = new URL(signed.url);
  return new Promise((resolve, reject) => {
    const headers = { ...Object.fromEntries(signed.headers), "content-length": body.byteLength };
    const sent = ask({ socketPath, method: "POST", path: pathname, headers, timeout: 30_000 }, (res) => {
      res.resume();
      res.on("end", () => resolve(res.statusCode ?? 0));
      res.on("error", reject);
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer")));
    sent.on("error", reject);
    sent.end(body);
  });
}
