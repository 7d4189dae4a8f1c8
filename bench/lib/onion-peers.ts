import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { onionFromSeed } from "../../src/tor/onion-key.ts";
import { createTorFetch } from "../../src/tor/tor-fetch.ts";
import { runTor, type TorRun } from "../../src/tor/tor-run.ts";
import { asRequest, readBody, sendResponse } from "../../src/web/http-bridge.ts";
import { eventually } from "../../test/support/eventually.ts";
import { createPeer, type Peer } from "../../test/support/peer.ts";
import type { Person } from "../../test/support/person.ts";

const AS = "https://www.w3.org/ns/activitystreams";

/** Peers made by hand, each behind an onion address of its own; one tor has published them all. */
export interface OnionPeers extends AsyncDisposable {
  /** Each asks that person to be let in. */
  ask(person: Person): Promise<void>;
  /** Once all of them have been. */
  letIn(): Promise<void>;
  /** When each of them got a post with these words: milliseconds since 1970. */
  got(words: string): Promise<number[]>;
}

type Got = { at: number; text: string };
type Site = { path: string; peers: Map<string, Peer>; received: Map<string, Got[]> };

export async function openOnionPeers(o: { torrc: string[]; count: number }): Promise<OnionPeers> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "onion-peers-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const site: Site = { path: join(folder, "peers.sock"), peers: new Map(), received: new Map() };
  stack.use(await listen(site));
  const run = await publish(site, { ...o, folder: join(folder, "tor") });
  stack.defer(() => run.stop());
  const torFetch = stack.use(
    createTorFetch({
      socks: () => run.socks,
      onTimeout: async () => {},
      ownOnions: () => [],
      selfTestPath: "/self-test",
      allowClearnet: () => false,
      log: createLog(() => {}, "silent"),
    }),
  );
  const closing = stack.move();
  return {
    ask: (person) => askAll([...site.peers.values()], person, torFetch.fetch),
    async letIn() {
      await everybody(site, "all are let in", '"Accept"');
    },
    got: (words) => everybody(site, "everybody has the post", words),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** One server for all of them: whose it is stands in the Host header. */
async function listen({ path, peers, received }: Site): Promise<Disposable> {
  const server = createServer(async (request, response) => {
    const peer = peers.get(request.headers.host ?? "");
    const body = request.method === "POST" ? await readBody(request, 1 << 20) : null;
    if (peer === undefined) {
      response.writeHead(404).end();
      return;
    }
    if (body !== null) received.get(peer.host)?.push({ at: Date.now(), text: body.toString("utf8") });
    await sendResponse(await peer.handle(asRequest(request, peer.origin, body)), response);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function publish(site: Site, o: { torrc: string[]; count: number; folder: string }): Promise<TorRun> {
  const published = new Set<string>();
  const run = await runTor({
    binary: process.env["TSSOP_TOR"] ?? "tor",
    libraryPath: process.env["TSSOP_TOR_LIBRARIES"],
    folder: o.folder,
    bridges: [],
    extra: o.torrc,
    random: systemRandom,
    onEvent: (event) => {
      const onion = /^HS_DESC UPLOADED ([a-z2-7]{56}) /.exec(event)?.[1];
      if (onion !== undefined) published.add(onion);
    },
  });
  await eventually("tor is connected", async () =>
    (await run.control.info("status/bootstrap-phase")).includes("PROGRESS=100"),
  );
  for (let n = 0; n < o.count; n += 1) {
    const { onion, addOnionKey } = onionFromSeed(systemRandom(32));
    site.peers.set(onion, createPeer(onion, `standin${n}`));
    site.received.set(onion, []);
    await run.control.send(`ADD_ONION ${addOnionKey} Flags=DiscardPK Port=80,unix:${site.path}`);
  }
  await eventually("all addresses are published", () => published.size === o.count);
  return run;
}

async function askAll(peers: Peer[], person: Person, fetch: typeof globalThis.fetch): Promise<void> {
  const finger = `http://${person.onion}/.well-known/webfinger?resource=acct:${person.address}`;
  const found = await (await fetch(finger)).json();
  const object = found.links.find((link: { rel: string }) => link.rel === "self").href;
  for (const peer of peers) {
    const follow = { "@context": AS, id: `${peer.uri}/follow`, type: "Follow", actor: peer.uri, object };
    await eventually("the request is taken", async () => {
      const response = await fetch(peer.signed(`http://${person.onion}/inbox`, follow));
      await response.body?.cancel();
      return response.status === 202;
    });
  }
}

/** When each of them got something with these words in it, once all have. */
function everybody({ received }: Site, what: string, words: string): Promise<number[]> {
  return eventually(what, () => {
    const times = [...received.values()].map((all) => all.find(({ text }) => text.includes(words))?.at ?? 0);
    return times.every((at) => at > 0) ? times : null;
  });
}
