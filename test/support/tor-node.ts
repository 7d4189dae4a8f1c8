import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../src/lib/clock.ts";
import { createLog } from "../../src/lib/log.ts";
import type { TorLimits } from "../../src/tor/limits.ts";
import { onionFromSeed } from "../../src/tor/onion-key.ts";
import type { TorState } from "../../src/tor/state.ts";
import { createTor, type Tor } from "../../src/tor/tor.ts";
import { createTorFetch, type TorFetch, type TorFetchLimits } from "../../src/tor/tor-fetch.ts";

/** A device as far as Tor goes: its own tor, its address, a small site behind it, its way out. */
export interface TorNode extends AsyncDisposable {
  tor: Tor;
  torFetch: TorFetch;
  folder: string;
  stateKey: Buffer;
  seed: Buffer;
  onion: string;
  /** Every state since the start. */
  states: TorState[];
  publish(): void;
}

export type TorNodeOptions = {
  torrc: string[];
  site?: RequestListener;
  limits?: Partial<TorLimits>;
  fetchLimits?: Partial<TorFetchLimits>;
  folder?: string;
  stateKey?: Buffer;
  now?: Clock;
};

const SELF_TEST = "/self-test";

export async function createTorNode(options: TorNodeOptions): Promise<TorNode> {
  const base = await mkdtemp(join(tmpdir(), "tor-node-"));
  const folder = options.folder ?? join(base, "tor");
  const stateKey = options.stateKey ?? randomBytes(32);
  const seed = randomBytes(32);
  const { onion } = onionFromSeed(seed);
  const place = join(base, "public.sock");
  const site: Server = createServer((request, response) => {
    if (request.url === SELF_TEST || options.site === undefined) response.end(`this is ${onion}`);
    else options.site(request, response);
  });
  await new Promise<void>((resolve) => site.listen(place, resolve));
  const log = createLog(() => {}, "silent");
  const tor = createTor(
    {
      binary: process.env["TSSOP_TOR"] ?? "tor",
      libraryPath: process.env["TSSOP_TOR_LIBRARIES"],
      folder,
      stateKey,
      extraTorrc: options.torrc,
      bridges: [],
      selfTest: async (name, signal) => {
        const response = await torFetch.fetch(`http://${name}${SELF_TEST}`, { signal });
        return (await response.text()) === `this is ${name}`;
      },
      now: options.now ?? Date.now,
      log,
    },
    options.limits,
  );
  const torFetch = createTorFetch({
    socks: () => tor.socks(),
    onTimeout: (host) => tor.forgetCircuit(host),
    ownOnions: () => [onion],
    selfTestPath: SELF_TEST,
    allowClearnet: () => false,
    log,
    ...(options.fetchLimits === undefined ? {} : { limits: options.fetchLimits }),
  });
  const states: TorState[] = [];
  tor.onState((state) => states.push(state));
  return {
    tor,
    torFetch,
    folder,
    stateKey,
    seed,
    onion,
    states,
    publish: () => tor.publish({ seed, target: { path: place }, virtualPort: 80 }),
    [Symbol.asyncDispose]: async () => {
      await torFetch[Symbol.asyncDispose]();
      await tor[Symbol.asyncDispose]();
      site.closeAllConnections();
      await new Promise((resolve) => site.close(resolve));
      await rm(base, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
