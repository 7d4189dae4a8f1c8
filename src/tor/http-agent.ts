import type { Agent, ClientRequest } from "node:http";
import type { Socket } from "node:net";
import { SocksProxyAgent } from "socks-proxy-agent";
import { NodeError } from "../lib/errors.ts";
import type { SocksAddress } from "./contract.ts";
import type { PeerAgents } from "./peer-agents.ts";
import { checkTarget, type TargetRules } from "./target.ts";

type ConnectOptions = Parameters<SocksProxyAgent["connect"]>[1];

/** An agent for node:http and libraries built on it, with the same rules and credentials as fetch. */
export function createHttpAgent(
  rules: TargetRules,
  agents: PeerAgents,
  socks: () => SocksAddress | null,
): Agent {
  return new PeerHttpAgent(rules, agents, socks);
}

class PeerHttpAgent extends SocksProxyAgent {
  readonly #rules: TargetRules;
  readonly #agents: PeerAgents;
  readonly #socks: () => SocksAddress | null;

  constructor(rules: TargetRules, agents: PeerAgents, socks: () => SocksAddress | null) {
    // The real proxy is chosen for each connection; nothing listens on port 9 (discard) if that is ever forgotten.
    super("socks5h://127.0.0.1:9");
    this.#rules = rules;
    this.#agents = agents;
    this.#socks = socks;
  }

  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    const scheme = options.secureEndpoint ? "https" : "http";
    const { hostname } = checkTarget(
      `${scheme}://${options.host}:${options.port}${request.path}`,
      this.#rules,
    );
    const proxy = this.#socks();
    if (proxy === null) throw new NodeError("tor-down", "no connection without Tor");
    const { user, password } = this.#agents.credentials(hostname);
    const place = "path" in proxy ? "127.0.0.1:9" : `${proxy.host}:${proxy.port}`;
    const through = new SocksProxyAgent(
      `socks5h://${user}:${encodeURIComponent(password)}@${place}`,
      "path" in proxy ? { socketOptions: socketOptions(proxy.path) } : {},
    );
    return await through.connect(request, options);
  }
}

/** node:net takes a path before host and port, which the package always adds. */
function socketOptions(path: string): object {
  return { path };
}
