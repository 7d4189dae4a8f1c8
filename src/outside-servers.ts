import type { Clock } from "./lib/clock.ts";
import { decide } from "./social/outside/decide.ts";
import { allowedHosts } from "./social/outside/queries.ts";
import type { Store } from "./store/store.ts";

/** What the owner decided about servers outside, at hand for each request that wants to go out. */
export type OutsideServers = {
  allows(host: string): boolean;
  decide(host: string, state: "allowed" | "refused"): Promise<void>;
};

export async function openOutsideServers(store: Store, now: Clock): Promise<OutsideServers> {
  const allowed = new Set(await allowedHosts(store.read));
  return {
    allows: (host) => allowed.has(host),
    async decide(host, state) {
      // What is taken back ends before it is written down; what is allowed begins after.
      if (state === "refused") allowed.delete(host);
      await store.transact((tx) => decide(tx, { host, state }, now()));
      if (state === "allowed") allowed.add(host);
    },
  };
}
