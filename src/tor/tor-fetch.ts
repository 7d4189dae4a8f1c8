/**
 * The only way out of this device. Names go to Tor as names; one circuit per peer; whatever is not allowed is refused
 * before a socket is opened; while Tor is down nothing is sent at all.
 *
 * A request gets one attempt of 20 s. When it times out the peer may have moved to another device, which Tor would not
 * notice for minutes: its descriptor is looked up anew and fresh credentials make a new circuit. What may be repeated
 * (reads, and what was never sent because no connection stood) is tried once more.
 */
import { randomBytes } from "node:crypto";
import type { Agent as HttpAgent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type Dispatcher, setGlobalDispatcher } from "undici";
import { NodeError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { boundedResponse } from "./bounded-response.ts";
import type { SocksAddress } from "./contract.ts";
import { createHttpAgent } from "./http-agent.ts";
import { OnlyThroughTor, PeerAgents } from "./peer-agents.ts";
import { isStaleOnion, SocksError } from "./socks5.ts";
import { checkRedirect, checkTarget, type TargetRules } from "./target.ts";

export type TorFetchOptions = TargetRules & {
  socks: () => SocksAddress | null;
  /** A peer did not answer in time; resolves when its descriptor was looked up anew. */
  onTimeout: (host: string) => Promise<void>;
  log: Log;
  limits?: Partial<TorFetchLimits>;
  /** On circuits of its own, that it shares with no other. */
  apart?: boolean;
};

export type TorFetchLimits = { attemptMs: number; deadlineMs: number; lookUpMs: number; maxBytes: number };

const LIMITS: TorFetchLimits = { attemptMs: 20_000, deadlineMs: 60_000, lookUpMs: 8_000, maxBytes: 1 << 20 };

export interface TorFetch extends AsyncDisposable {
  /** Throws NodeError: "tor-down", "peer-off", "peer-refused", "clearnet-refused", "address-own", "response-too-large". */
  fetch: typeof fetch;
  /** The same on circuits and connections that serve this request alone: nobody can link it to any other. */
  fetchOnce: typeof fetch;
  /** From now on every `fetch` of this process is this one. */
  install(): void;
  /** For node:http. It knows nothing of caps and deadlines. */
  agent: HttpAgent;
}

/** Kept before anybody can replace it. */
const nativeFetch = globalThis.fetch;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS"]);

type Way = {
  rules: TargetRules;
  limits: TorFetchLimits;
  agents: PeerAgents;
  dispatcher: Dispatcher;
  socks: () => SocksAddress | null;
  onTimeout: (host: string) => Promise<void>;
};

export function createTorFetch(options: TorFetchOptions): TorFetch {
  const limits = { ...LIMITS, ...options.limits };
  let closed = false;
  const socks = () => (closed ? null : options.socks());
  const mark = () => randomBytes(16).toString("hex");
  const agents = new PeerAgents(socks, options.apart === true ? mark() : "");
  const dispatcher = new OnlyThroughTor(agents, (address) => checkTarget(address, options));
  const way: Way = { rules: options, limits, agents, dispatcher, socks, onTimeout: options.onTimeout };
  const torFetch: typeof fetch = (input, init) => request(way, new Request(input, init));
  const fetchOnce: typeof fetch = (input, init) => {
    const alone = new PeerAgents(socks, mark());
    const own = new OnlyThroughTor(alone, (address) => checkTarget(address, options));
    const end = () => void alone[Symbol.asyncDispose]();
    return request({ ...way, agents: alone, dispatcher: own }, new Request(input, init), end);
  };
  return {
    fetch: torFetch,
    fetchOnce,
    install: () => {
      setGlobalDispatcher(dispatcher);
      globalThis.fetch = torFetch;
    },
    agent: createHttpAgent(options, agents, socks),
    [Symbol.asyncDispose]: async () => {
      closed = true;
      await agents[Symbol.asyncDispose]();
    },
  };
}

/** `end` is called once nothing of the answer is under way any more. */
async function request(way: Way, asked: Request, end: () => void = () => {}): Promise<Response> {
  let url = checkTarget(asked.url, way.rules);
  const whole = new AbortController();
  const giveUp = () => whole.abort(new NodeError("peer-off", "no complete answer in time"));
  const timer = setTimeout(giveUp, way.limits.deadlineMs);
  timer.unref();
  const abort = () => whole.abort(asked.signal.reason);
  asked.signal.addEventListener("abort", abort, { once: true });
  const finished = () => {
    clearTimeout(timer);
    asked.signal.removeEventListener("abort", abort);
    end();
  };
  if (asked.signal.aborted) abort();
  try {
    const body = asked.body === null ? null : await asked.arrayBuffer();
    for (let followed = 0; ; followed++) {
      const response = await answerOf(way, url, asked, body, whole.signal);
      const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
      if (location === null || asked.redirect === "manual") {
        return await boundedResponse(
          response,
          { url, redirected: followed > 0 },
          way.limits.maxBytes,
          finished,
        );
      }
      await response.body?.cancel();
      if (asked.redirect === "error" || !REPEATABLE.has(asked.method)) {
        throw new NodeError("peer-refused", "a redirect where none is followed");
      }
      url = checkRedirect(url, location, followed, way.rules);
    }
  } catch (error) {
    finished();
    throw error;
  }
}

/** Up to two attempts; the answer is the headers, the body may still be under way. */
async function answerOf(
  way: Way,
  url: URL,
  asked: Request,
  body: ArrayBuffer | null,
  whole: AbortSignal,
): Promise<Response> {
  const { agents, limits } = way;
  const host = url.hostname;
  for (let again = false; ; again = true) {
    whole.throwIfAborted();
    if (way.socks() === null) throw new NodeError("tor-down", "no request without Tor");
    const { password: turn } = agents.credentials(host);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), limits.attemptMs);
    try {
      return await once(way, url, asked, body, AbortSignal.any([whole, late.signal]));
    } catch (error) {
      whole.throwIfAborted();
      // Another request to the same peer may have run out of time first, and changed the credentials under this one.
      const changed = agents.credentials(host).password !== turn;
      if (!late.signal.aborted && !changed && !isStale(error)) throw asPeerError(error);
      const neverSent = !changed && !agents.hasConnected(host);
      const more = !again && (neverSent || REPEATABLE.has(asked.method));
      if (!changed) {
        agents.rotate(host);
        const lookedUp = again ? null : way.onTimeout(host).catch(() => {});
        if (more) await Promise.race([lookedUp, pause(limits.lookUpMs, undefined, { ref: false })]);
      }
      if (!more) throw new NodeError("peer-off", "no answer in time", { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

async function once(
  way: Way,
  url: URL,
  asked: Request,
  body: ArrayBuffer | null,
  signal: AbortSignal,
): Promise<Response> {
  const init: RequestInit & { dispatcher: Dispatcher } = {
    method: asked.method,
    headers: asked.headers,
    body,
    redirect: "manual",
    signal,
    dispatcher: way.dispatcher,
  };
  return await nativeFetch(url, init);
}

function causeOf(error: unknown): unknown {
  return error instanceof TypeError && error.cause !== undefined ? error.cause : error;
}

function isStale(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof SocksError && isStaleOnion(cause);
}

/** Everything a network can do to a request is "peer-off"; a mistake in the request itself stays what it is. */
function asPeerError(error: unknown): unknown {
  const cause = causeOf(error);
  if (cause instanceof NodeError || cause === error) return cause;
  const what = cause instanceof SocksError ? `SOCKS ${cause.code}` : "the connection failed";
  return new NodeError("peer-off", what, { cause });
}
