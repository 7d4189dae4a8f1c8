import { createHash, createVerify, randomUUID } from "node:crypto";
import { homeTimeline } from "../src/social/posts/timelines.ts";
import { createFediverse, type Member } from "../test/support/federated.ts";
import type { Peer } from "../test/support/peer.ts";
import { bareFedify } from "./lib/bare-fedify.ts";
import { cpuOf, median, summary, timed } from "./lib/numbers.ts";
import { profiled } from "./lib/profile.ts";
import { atMost, type Bench, type Row } from "./lib/report.ts";
import { prepared, type Sending, startSender } from "./lib/sending.ts";
import { befriend, faceOf, inboxOf, listen, peersOf } from "./lib/site.ts";

const PEERS = 10;
const BATCH = 50;
const BATCHES = 6;
const WARM_UP = 100;
const SEEN = 50;
const TIMES = 1.3;
const ACTIVITYSTREAMS = "https://www.w3.org/ns/activitystreams";

type Site = { port: number; inbox: string };
type Found = { times: number[]; cpu: number[] };

/** A post as Mastodon sends it. */
function createOf(peer: Peer, to: string, text: string) {
  const id = `${peer.uri}/statuses/${randomUUID()}`;
  const published = new Date().toISOString();
  const shared = {
    published,
    to: [`${ACTIVITYSTREAMS}#Public`],
    cc: [`${peer.uri}/followers`, to],
  };
  return {
    "@context": [
      ACTIVITYSTREAMS,
      {
        ostatus: "http://ostatus.org#",
        atomUri: "ostatus:atomUri",
        sensitive: "as:sensitive",
        conversation: "ostatus:conversation",
      },
    ],
    ...{ id: `${id}/activity`, type: "Create", actor: peer.uri, ...shared },
    object: {
      ...{
        id,
        type: "Note",
        attributedTo: peer.uri,
        ...shared,
        sensitive: false,
        summary: null,
        inReplyTo: null,
      },
      ...{ url: id, atomUri: id, conversation: `tag:${peer.host},2026:objectId=1:objectType=Conversation` },
      content: `<p>${text} ${"The kettle is on, and the door is open. ".repeat(6)}</p>`,
      contentMap: { en: `<p>${text} ${"The kettle is on, and the door is open. ".repeat(6)}</p>` },
      attachment: [],
      tag: [],
      replies: {
        ...{ id: `${id}/replies`, type: "Collection" },
        first: {
          type: "CollectionPage",
          next: `${id}/replies?page=true`,
          partOf: `${id}/replies`,
          items: [],
        },
      },
    },
  };
}

function signedCreate(peers: Peer[], n: number, inbox: string, text = `post ${n}`): Request {
  const peer = peers[n % peers.length];
  if (peer === undefined) throw new Error("nobody sends");
  return peer.signed(inbox, createOf(peer, inbox, text));
}

async function batchFor(peers: Peer[], inbox: string, count: number) {
  return Promise.all(Array.from({ length: count }, (_, n) => prepared(signedCreate(peers, n, inbox))));
}

async function oneBatch(sending: Sending, peers: Peer[], site: Site, found: Found): Promise<void> {
  const requests = await batchFor(peers, site.inbox, BATCH);
  const { cpu } = await cpuOf(async () => {
    const { times } = await sending.send({ port: site.port, requests, atOnce: 1 }, 202);
    found.times.push(...times);
  });
  found.cpu.push(cpu / BATCH);
}

/** Digest, signature and parsing of the same bytes, by Node alone. */
async function rawTimes(peers: Peer[], inbox: string): Promise<{ times: number[]; cpu: number }> {
  const requests = await batchFor(peers, inbox, BATCH * BATCHES);
  const keys = new Map(
    peers.map((peer) => {
      const actor = peer.documents.get(new URL(peer.uri).pathname) as { publicKey: { publicKeyPem: string } };
      return [peer.keyId, actor.publicKey.publicKeyPem];
    }),
  );
  const { pathname } = new URL(inbox);
  let times: number[] = [];
  const { cpu } = await cpuOf(async () => {
    times = await timed(requests.length, (n) => {
      const { headers = {}, body = "" } = requests[n] ?? {};
      const digest = `SHA-256=${createHash("sha256").update(body).digest("base64")}`;
      const [, keyId = "", signature = ""] =
        /keyId="([^"]+)".*signature="([^"]+)"/.exec(headers["signature"] ?? "") ?? [];
      const lines = [
        `(request-target): post ${pathname}`,
        ...["host", "date", "digest"].map((name) => `${name}: ${headers[name]}`),
      ];
      const good = createVerify("sha256")
        .update(lines.join("\n"))
        .verify(keys.get(keyId) ?? "", signature, "base64");
      if (!good || digest !== headers["digest"]) throw new Error("the raw signature does not fit");
      JSON.parse(body);
    });
  });
  return { times, cpu: cpu / requests.length };
}

/** From the first byte until a look at the timeline shows it. */
async function untilSeen(sending: Sending, peers: Peer[], site: Site, member: Member): Promise<number[]> {
  const { acting, store } = member;
  return timed(SEEN, async (n) => {
    const text = `seen ${n} ${randomUUID()}`;
    const requests = [await prepared(signedCreate(peers, n, site.inbox, text))];
    await sending.send({ port: site.port, requests, atOnce: 1 }, 202);
    const { items } = await homeTimeline(store.read, acting.me, { limit: 20 });
    if (!items.some(({ html }) => html.includes(text))) throw new Error("it was accepted and not shown");
  });
}

export const bench: Bench = {
  title: "Taking in a signed post",
  async run(say) {
    await using stack = new AsyncDisposableStack();
    const fediverse = stack.use(await createFediverse());
    const member = await fediverse.join("Anna");
    const peers = peersOf(fediverse, PEERS);
    await befriend(member, peers);
    const bare = await bareFedify("http://bare.example");
    const [own, other] = [await listen(faceOf(member)), await listen(bare.app)];
    for (const { server } of [own, other]) stack.defer(() => server.closeAllConnections());
    const [site, bareSite] = [
      { port: own.port, inbox: inboxOf(member) },
      { port: other.port, inbox: bare.inbox },
    ];
    const sending = stack.use(startSender());
    for (const { port, inbox } of [site, bareSite]) {
      await sending.send({ port, requests: await batchFor(peers, inbox, WARM_UP), atOnce: 1 }, 202);
    }
    say("warm");
    const [found, bareFound]: [Found, Found] = [
      { times: [], cpu: [] },
      { times: [], cpu: [] },
    ];
    for (let n = 1; n <= BATCHES; n += 1) {
      // Turn about, so that whatever else the machine does falls on both.
      await oneBatch(sending, peers, site, found);
      await oneBatch(sending, peers, bareSite, bareFound);
      say(`${n * BATCH} of ${BATCHES * BATCH} posts`);
    }
    if (bare.taken() !== WARM_UP + BATCH * BATCHES) throw new Error("bare Fedify did not take every post");
    const seen = await untilSeen(sending, peers, site, member);
    const raw = await rawTimes(peers, site.inbox);
    const requests = await batchFor(peers, site.inbox, 200);
    const extras = await profiled("Taking in 200 posts", async () => {
      await sending.send({ port: site.port, requests, atOnce: 1 }, 202);
    });
    const kept = await member.store.read.post.count();
    const sent = WARM_UP + BATCH * BATCHES + SEEN + 200;
    if (kept !== sent) throw new Error(`${sent} posts were accepted, ${kept} are kept`);
    return { ...tableOf({ found, bareFound, seen, raw }), extras };
  },
};

type All = { found: Found; bareFound: Found; seen: number[]; raw: { times: number[]; cpu: number } };

function tableOf({ found, bareFound, seen, raw }: All) {
  const [time, bareTime] = [summary(found.times), summary(bareFound.times)];
  const [cpu, bareCpu] = [summary(found.cpu), summary(bareFound.cpu)];
  const wanted = "at most 1.3× bare Fedify";
  const rawTime = { what: "verify, digest and parse", value: median(raw.times) };
  const rawCpu = { what: "verify, digest and parse", value: raw.cpu };
  const rows: Row[] = [
    {
      what: "time until accepted",
      unit: "ms",
      ...time,
      baseline: { what: "bare Fedify", value: bareTime.median },
      target: atMost(time.median / bareTime.median, TIMES, wanted),
    },
    { what: "time until accepted by bare Fedify", unit: "ms", ...bareTime, baseline: rawTime },
    {
      what: "CPU until accepted",
      unit: "ms",
      ...cpu,
      baseline: { what: "bare Fedify", value: bareCpu.median },
      target: atMost(cpu.median / bareCpu.median, TIMES, wanted),
    },
    { what: "CPU until accepted by bare Fedify", unit: "ms", ...bareCpu, baseline: rawCpu },
    { what: "time until the timeline shows it", unit: "ms", ...summary(seen), baseline: rawTime },
  ];
  return {
    how: `${BATCHES * BATCH} Creates as Mastodon writes them, signed by ${PEERS} known actors, over HTTP on loopback, one after the other, from another process; in batches that take turns with bare Fedify and Express with an empty listener and a memory store. When the product answers 202 the post is stored, encrypted and flushed to the disk; bare Fedify keeps nothing.`,
    rows,
  };
}
