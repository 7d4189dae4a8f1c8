/** Where a request may go. Pure; the one gate of everything that leaves this device. */
import { NodeError } from "../lib/errors.ts";
import { isOnion } from "../lib/onion-name.ts";
import { isPublicName } from "../lib/public-name.ts";

export type TargetRules = {
  ownOnions: () => readonly string[];
  /** Our own onions may be asked for paths that begin so, and for nothing else. */
  selfTestPath?: string;
  /** Servers outside the onion network that the owner allowed, reached through a Tor exit. */
  allowClearnet: (host: string) => boolean;
};

/** The address to ask instead (https to an onion is http), or a NodeError. */
export function checkTarget(input: string, rules: TargetRules): URL {
  const url = parse(input);
  const onion = isOnion(url.hostname);
  if (!onion && url.hostname.endsWith(".onion")) {
    throw new NodeError("address-not-understood", "not a v3 onion name");
  }
  if (onion && url.protocol === "https:") url.protocol = "http:";
  if (url.port !== "" && url.port !== "80" && url.port !== "443") {
    throw new NodeError("clearnet-refused", "only ports 80 and 443");
  }
  if (onion) {
    const tested = rules.selfTestPath !== undefined && url.pathname.startsWith(rules.selfTestPath);
    if (!tested && rules.ownOnions().includes(url.hostname))
      throw new NodeError("address-own", "our own address");
    return url;
  }
  const host = url.hostname;
  if (!isPublicName(host) || url.protocol !== "https:" || !rules.allowClearnet(host)) {
    throw new NodeError("clearnet-refused", "not an onion, and not allowed by the owner");
  }
  return url;
}

function parse(input: string): URL {
  const url = URL.parse(input);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new NodeError("clearnet-refused", "not an http address");
  }
  if (url.username !== "" || url.password !== "") {
    throw new NodeError("address-not-understood", "credentials in an address");
  }
  return url;
}

export const REDIRECTS_MAX = 3;

/** The next address of a redirect: the same host only, at most three, never to another scheme than http and https. */
export function checkRedirect(from: URL, location: string, followed: number, rules: TargetRules): URL {
  if (followed >= REDIRECTS_MAX) throw new NodeError("peer-refused", "too many redirects");
  const next = URL.parse(location, from);
  if (next === null || next.hostname !== from.hostname) {
    throw new NodeError("peer-refused", "a redirect to another host");
  }
  return checkTarget(next.href, rules);
}
