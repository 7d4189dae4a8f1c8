import { createServer } from "node:http";
import { join } from "node:path";
import { startStandInSocks } from "../../test/support/stand-in-socks.ts";

/**
 * Peers in a process of their own: behind a stand-in for Tor every onion it is told of answers 202 to everything.
 * Told `expect`, it says when so many requests have come in.
 */
export type PeersOrder = { onions: string[] } | { expect: number };
export type PeersSaid = { socks: string } | { ready: true } | { lastAt: number };

const socks = await startStandInSocks();
const path = join(socks.address.path, "..", "peers.sock");
let missing = 0;
const server = createServer((req, res) => {
  req.resume();
  req.on("end", () => {
    res.writeHead(202).end();
    missing -= 1;
    if (missing === 0) say({ lastAt: Date.now() });
  });
});
await new Promise<void>((resolve) => server.listen(path, resolve));

function say(what: PeersSaid): void {
  process.send?.(what);
}

process.on("message", (order: PeersOrder) => {
  if ("expect" in order) missing = order.expect;
  else for (const onion of order.onions) socks.put(onion, { path });
  say({ ready: true });
});
process.on("disconnect", async () => {
  server.closeAllConnections();
  server.close();
  await socks[Symbol.asyncDispose]();
  process.exit();
});
say({ socks: socks.address.path });
