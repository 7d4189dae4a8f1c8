import { NodeError } from "../lib/errors.ts";
import { isOnion } from "../lib/onion-name.ts";
import { isPublicName } from "../lib/public-name.ts";
import { askAbout } from "../social/outside/ask-about.ts";
import { outsideServer } from "../social/outside/queries.ts";
import { hostOf } from "./addresses.ts";
import type { Parts } from "./parts.ts";

/** The host of an address outside the onion network; null for an onion, and for what is no server's name. */
export function outsideHost(address: string | null): string | null {
  const host = hostOf(address);
  return host === null || isOnion(host) || !isPublicName(host) ? null : host;
}

/**
 * Before anything is fetched from a host. Throws "server-outside" while the owner has not decided about it, and asks;
 * with the host in it; "clearnet-refused" when the owner does not want it. Delivery needs no question: who is written to was met before.
 */
export async function mayGoTo(
  { store, allowsOutside, now }: Parts,
  host: string,
  by: "others" | "owner" = "others",
): Promise<void> {
  if (isOnion(host) || allowsOutside(host)) return;
  if (!isPublicName(host) || (await outsideServer(store.read, host)) === "refused")
    throw new NodeError("clearnet-refused", "not in the onion network");
  await store.transact((tx) => askAbout(tx, host, now(), by));
  throw new NodeError("server-outside", "the owner is asked", { host });
}
