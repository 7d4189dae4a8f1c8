import type { Messages } from "../messages/en.ts";
import type { NetworkView } from "../ports.ts";

/** The state of the connection in a few words. */
export function networkWords(t: Messages, network: NetworkView): string {
  return network.at === "connecting" ? t.network.connecting(network.percent) : t.network[network.at];
}
