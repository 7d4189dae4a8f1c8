/**
 * One connection pool per peer, each with SOCKS credentials of its own, so that Tor never puts two peers on one circuit.
 * The credentials stay while all is well (circuits are reused) and change when a peer does not answer: a device that
 * moved is only found on a new circuit.
 */
import type { Socket } from "node:net";
import { Agent, buildConnector, Dispatcher } from "undici";
import { NodeError } from "../lib/errors.ts";
import type { SocksAddress } from "./contract.ts";
import { connectThrough } from "./socks5.ts";

const PEERS_KEPT = 64;
const CONNECTIONS_PER_PEER = 4;

type Peer = { agent: Agent; ended: AbortController; connected: boolean };
export type Credentials = { user: string; password: string };

export class PeerAgents implements AsyncDisposable {
  readonly #socks: () => SocksAddress | null;
  readonly #peers = new Map<string, Peer>();
  readonly #turns = new Map<string, number>();
  readonly #tls = buildConnector({ allowH2: false });
  readonly #mark: string;

  /** `mark`: in all credentials; with one of its own a pool shares no circuit with any other. */
  constructor(socks: () => SocksAddress | null, mark = "") {
    this.#socks = socks;
    this.#mark = mark;
  }

  /** Stable per peer; `#n` grows with each time-out. */
  credentials(host: string): Credentials {
    return { user: host, password: `${this.#mark}#${this.#turns.get(host) ?? 0}` };
  }

  /** New credentials from now on; what is open to that peer is ended. */
  rotate(host: string): void {
    const turn = (this.#turns.get(host) ?? 0) + 1;
    this.#turns.delete(host);
    this.#turns.set(host, turn);
    forgetOldest(this.#turns, PEERS_KEPT * 16);
    const peer = this.#peers.get(host);
    if (peer === undefined) return;
    this.#peers.delete(host);
    endPeer(peer);
  }

  /** Whether a connection to that peer has ever stood with the credentials of now. */
  hasConnected(host: string): boolean {
    return this.#peers.get(host)?.connected ?? false;
  }

  agent(host: string): Agent {
    const known = this.#peers.get(host);
    this.#peers.delete(host);
    const peer = known ?? this.#create(host);
    this.#peers.set(host, peer);
    const crowdedOut = forgetOldest(this.#peers, PEERS_KEPT);
    // What it has under way still comes to its end.
    void crowdedOut?.agent.close().catch(() => {});
    return peer.agent;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const peer of this.#peers.values()) endPeer(peer);
    this.#peers.clear();
  }

  #create(host: string): Peer {
    const ended = new AbortController();
    const { user, password } = this.credentials(host);
    const peer: Peer = {
      ended,
      connected: false,
      agent: new Agent({
        connections: CONNECTIONS_PER_PEER,
        pipelining: 1,
        keepAliveTimeout: 60_000,
        headersTimeout: 120_000,
        bodyTimeout: 120_000,
        connect: (options, callback) => {
          const secure = options.protocol === "https:";
          const port = Number(options.port) || (secure ? 443 : 80);
          this.#open({ host: options.hostname, port, user, password }, ended.signal)
            .then((socket) => {
              peer.connected = true;
              if (secure) this.#tls({ ...options, httpSocket: socket }, callback);
              else callback(null, socket);
            })
            .catch((error: Error) => callback(error, null));
        },
      }),
    };
    return peer;
  }

  async #open(target: { host: string; port: number } & Credentials, signal: AbortSignal): Promise<Socket> {
    const proxy = this.#socks();
    if (proxy === null) throw new NodeError("tor-down", "no proxy");
    return await connectThrough(proxy, target, signal);
  }
}

function endPeer(peer: Peer): void {
  peer.ended.abort();
  void peer.agent.destroy().catch(() => {});
}

function forgetOldest<Value>(map: Map<string, Value>, most: number): Value | undefined {
  const oldest = map.size > most ? map.entries().next() : null;
  if (oldest === null || oldest.done) return undefined;
  map.delete(oldest.value[0]);
  return oldest.value[1];
}

/** Sends what reaches undici (and Node's own fetch below it) to the pool of its peer; `check` throws for what may not leave. */
export class OnlyThroughTor extends Dispatcher {
  readonly #agents: PeerAgents;
  readonly #check: (address: string) => URL;

  constructor(agents: PeerAgents, check: (address: string) => URL) {
    super();
    this.#agents = agents;
    this.#check = check;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const url = this.#check(String(options.origin ?? "") + options.path);
    return this.#agents.agent(url.hostname).dispatch({ ...options, origin: url.origin }, handler);
  }
}
