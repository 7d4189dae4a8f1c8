import { idOf } from "../../src/lib/ids.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import type { Besieged } from "./besieged.ts";
import { eventually } from "./eventually.ts";
import { createPeer, type Peer } from "./peer.ts";

/** What the friend's host does as a server of many people, as Mastodon is. */

/** The server itself, which signs most of what is fetched; nobody's account. */
export function instanceActor({ friend }: Besieged): Peer {
  const peer = createPeer(friend.host, "itself");
  for (const [path, document] of peer.documents)
    friend.documents.set(path, { ...(document as object), type: "Application" });
  return peer;
}

/** They ask to subscribe to Anna, who lets them. */
export async function letIn(at: Besieged, ...peers: Peer[]): Promise<void> {
  const { acting, uri } = at.anna;
  for (const peer of peers) {
    await at.send(peer, at.activity(peer, "Follow", uri));
    await acting.transact((tx) => acceptRequest(tx, acting.me, idOf(peer.uri), acting.now()));
  }
}

/** What came to this peer's server with these words in it. */
export async function arrived(peer: Peer, words: string, times = 1): Promise<Peer["received"]> {
  return eventually(`“${words}” arrives`, async () => {
    const found = peer.received.filter(({ activity }) => JSON.stringify(activity).includes(words));
    return found.length >= times ? found : undefined;
  });
}
