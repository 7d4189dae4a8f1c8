import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createLog } from "../src/lib/log.ts";
import { onionFromSeed } from "../src/tor/onion-key.ts";
import { createTorFetch, type TorFetch } from "../src/tor/tor-fetch.ts";
import { eventually } from "../test/support/eventually.ts";
import { startStandInSocks } from "../test/support/stand-in-socks.ts";
import { createTorNode } from "../test/support/tor-node.ts";
import { clientTorrc } from "./lib/client-torrc.ts";
import { median, summary, timed } from "./lib/numbers.ts";
import type { Bench, Row } from "./lib/report.ts";

const CLIENTS = 5;
const AGAIN = 20;
const TEXT = "hello over there";

type Times = { connected: number; first: number; again: number[] };

/** A device that was never on this network before: nothing of what it asks for can be known to it. */
async function oneClient(onion: string): Promise<Times> {
  await using client = await createTorNode({ torrc: clientTorrc() });
  let began = performance.now();
  await client.tor.start();
  await eventually("the client is connected", () => client.tor.state().at === "connected");
  const connected = performance.now() - began;
  began = performance.now();
  await get(client.torFetch, onion);
  const first = performance.now() - began;
  return { connected, first, again: await timed(AGAIN, () => get(client.torFetch, onion)) };
}

async function get(torFetch: Pick<TorFetch, "fetch">, onion: string): Promise<void> {
  const response = await torFetch.fetch(`http://${onion}/`);
  if ((await response.text()) !== TEXT) throw new Error(`answered with ${response.status}`);
}

/** The same requests by the same way out, but with a stand-in for Tor that goes to the server at once. */
async function withoutTor(): Promise<{ first: number[]; again: number[] }> {
  await using socks = await startStandInSocks();
  const server = createServer((_request, response) => response.end(TEXT));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = { port: (server.address() as AddressInfo).port };
  await using torFetch = createTorFetch({
    socks: () => socks.address,
    onTimeout: async () => {},
    ownOnions: () => [],
    selfTestPath: "/self-test",
    allowClearnet: () => false,
    log: createLog(() => {}, "silent"),
  });
  const first: number[] = [];
  const again: number[] = [];
  for (let n = 0; n < CLIENTS; n += 1) {
    const { onion } = onionFromSeed(randomBytes(32));
    socks.put(onion, place);
    first.push(...(await timed(1, () => get(torFetch, onion))));
    again.push(...(await timed(AGAIN, () => get(torFetch, onion))));
  }
  server.closeAllConnections();
  server.close();
  return { first, again };
}

export const bench: Bench = {
  title: "First contact over Tor",
  async run(say) {
    const plain = await withoutTor();
    await using host = await createTorNode({
      torrc: clientTorrc(),
      site: (_request, response) => response.end(TEXT),
    });
    const began = performance.now();
    await host.tor.start();
    host.publish();
    await eventually("the other device is reachable", () => host.tor.state().at === "reachable");
    const reachable = performance.now() - began;
    say("the other device is reachable");
    const times: Times[] = [];
    for (let n = 1; n <= CLIENTS; n += 1) {
      times.push(await oneClient(host.onion));
      say(`client ${n} of ${CLIENTS}`);
    }
    const rows: Row[] = [
      {
        what: "tor's start until connected, a new device",
        unit: "ms",
        ...summary(times.map((one) => one.connected)),
      },
      { what: "tor's start until people can reach it", unit: "ms", ...summary([reachable]) },
      {
        what: "first request to an onion",
        unit: "ms",
        ...summary(times.map((one) => one.first)),
        baseline: { what: "without Tor", value: median(plain.first) },
      },
      {
        what: "each further request",
        unit: "ms",
        ...summary(times.flatMap((one) => one.again)),
        baseline: { what: "without Tor", value: median(plain.again) },
      },
    ];
    return {
      how: "Two devices with the product's tor and its way out, on a private Tor network of five relays on this computer. Five new clients, one after the other: the first request looks up the descriptor and builds the circuits, the further ones use the connection. On the live network the ways are longer: these figures are the floor.",
      rows,
    };
  },
};
