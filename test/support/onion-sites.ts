import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "../../src/lib/log.ts";
import { onionFromSeed } from "../../src/tor/onion-key.ts";
import { createTorFetch, type TorFetchLimits } from "../../src/tor/tor-fetch.ts";
import { asRequest, readBody, sendResponse } from "../../src/web/http-bridge.ts";
import { createPeer, type Peer } from "./peer.ts";
import { type StandInSocks, startStandInSocks } from "./stand-in-socks.ts";

/** Onion sites over real HTTP, behind a stand-in for Tor, and the real way out as the `fetch` of this process. */
export interface OnionSites extends AsyncDisposable {
  readonly socks: StandInSocks;
  /** Connections that a site got, by its onion. */
  readonly connections: Map<string, number>;
  serve(onion: string, listener: RequestListener): Promise<void>;
  /** A peer made by hand on an onion of its own. `spoil`: answers in the peer's place when it returns true. */
  peer(name: string, spoil?: (path: string, ...args: Parameters<RequestListener>) => boolean): Promise<Peer>;
}

export async function openOnionSites(limits: Partial<TorFetchLimits> = {}): Promise<OnionSites> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "sites-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const socks = stack.use(await startStandInSocks());
  const torFetch = stack.use(
    createTorFetch({
      socks: () => socks.address,
      onTimeout: async () => {},
      ownOnions: () => [],
      allowClearnet: () => false,
      log: createLog(() => {}, "silent"),
      limits,
    }),
  );
  const before = globalThis.fetch;
  globalThis.fetch = torFetch.fetch;
  stack.defer(() => {
    globalThis.fetch = before;
  });
  const connections = new Map<string, number>();
  const servers: Server[] = [];
  stack.defer(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  const serve = async (onion: string, listener: RequestListener) => {
    const server = createServer(listener);
    server.on("connection", () => void connections.set(onion, (connections.get(onion) ?? 0) + 1));
    const path = join(folder, `${servers.length}.sock`);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    socks.put(onion, { path });
  };
  let count = 0;
  const closing = stack.move();
  return {
    socks,
    connections,
    serve,
    async peer(name, spoil = () => false) {
      const peer = createPeer(onionFromSeed(Buffer.alloc(32, 100 + ++count)).onion, name);
      await serve(peer.host, (request, response) => {
        if (!spoil(request.url ?? "/", request, response)) void answer(peer, request, response);
      });
      return peer;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

async function answer(peer: Peer, ...[request, response]: Parameters<RequestListener>): Promise<void> {
  const body = request.method === "POST" ? await readBody(request, 1 << 20) : null;
  await sendResponse(await peer.handle(asRequest(request, peer.origin, body)), response);
}
