/** Why does connecting not get on? Pure. */
import type { TorLimits } from "./limits.ts";
import type { TorFailure } from "./state.ts";

export type StuckFacts = {
  /** Milliseconds (steady clock) since the percentage last rose. */
  stuckMs: number;
  /** Tor's last reason for a failed connection, e.g. "NOROUTE", "TIMEOUT", "CONNECTREFUSED". */
  reason: string;
  /** Whether this device has any address but its own loopback. */
  hasNetwork: boolean;
};

export function diagnose(
  facts: StuckFacts,
  limits: Pick<TorLimits, "noNetworkMs" | "noRouteMs" | "blockedMs">,
): TorFailure | null {
  if (!facts.hasNetwork && facts.stuckMs > limits.noNetworkMs) return "no-network";
  if (facts.reason === "NOROUTE" && facts.stuckMs > limits.noRouteMs) return "no-network";
  return facts.stuckMs > limits.blockedMs ? "blocked" : null;
}
