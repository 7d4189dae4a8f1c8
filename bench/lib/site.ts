import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ownRequest } from "../../src/federation/queries.ts";
import { createLog } from "../../src/lib/log.ts";
import { quietServer } from "../../src/listening.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { createVisitorServer } from "../../src/web/visitor/server.ts";
import type { Fediverse, Member } from "../../test/support/federated.ts";
import { type Peer, showFirstPosts } from "../../test/support/peer.ts";
import { doorsOf } from "../../test/support/public-face.ts";

/** A member's public face on a port of this computer, and people whom the member knows. */

const ACTIVITYSTREAMS = "https://www.w3.org/ns/activitystreams";

export const inboxOf = ({ uri }: Member) => `${uri}/inbox`;

export function faceOf(member: Member): RequestListener {
  const { acting, federation } = member;
  return createVisitorServer(
    {
      acting: () => acting,
      federation: (request) => federation.handle(request),
      wait: () => 0,
      media: async () => null,
      blob: async () => null,
      doors: doorsOf(member),
      log: createLog(() => {}, "silent"),
    },
    { publicFolder: join(import.meta.dirname, "../../public") },
  );
}

export async function listen(handler: RequestListener): Promise<{ server: Server; port: number }> {
  const server = quietServer({ connections: 64 }, handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** Servers made by hand, each with one person who has an address for their first posts. */
export function peersOf(fediverse: Fediverse, count: number): Peer[] {
  return Array.from({ length: count }, (_, n) => {
    const peer = fediverse.peer(`peer${n}.example`, `peer${n}`);
    showFirstPosts(peer, `${peer.uri}/featured`);
    return peer;
  });
}

/** The member knows them all, and subscribes to them. */
export async function befriend(member: Member, peers: readonly Peer[]): Promise<void> {
  const { acting, federation } = member;
  for (const peer of peers) {
    const { personId } = await federation.lookUp(peer.uri);
    await acting.transact((tx) => askToSubscribe(tx, acting.me, personId, acting.now()));
    const asked = await ownRequest(member.store.read, acting.me.ownerId, peer.uri);
    const accept = {
      "@context": ACTIVITYSTREAMS,
      id: `${peer.uri}/accepts/${member.name}`,
      type: "Accept",
      actor: peer.uri,
    };
    await federation.handle(peer.signed(inboxOf(member), { ...accept, object: asked?.uri }));
    const answered = await ownRequest(member.store.read, acting.me.ownerId, peer.uri);
    if (answered?.state !== "accepted") throw new Error("the subscription was not accepted");
  }
  await member.runner.idle();
}
