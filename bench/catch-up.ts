import { askForMissed } from "../src/federation/outbox/absence.ts";
import { createFediverse, type Member } from "../test/support/federated.ts";
import type { Peer } from "../test/support/peer.ts";
import { cpuOf, median, summary } from "./lib/numbers.ts";
import type { Bench, Row } from "./lib/report.ts";
import type { Prepared } from "./lib/sender.ts";
import { prepared, type Sending, startSender } from "./lib/sending.ts";
import { befriend, faceOf, inboxOf, listen, peersOf } from "./lib/site.ts";

/** Of one outbox 200 posts are read, so a thousand that were missed are those of five people. */
const PEERS = 5;
const EACH = 200;
const MISSED = PEERS * EACH;
const A_PAGE = 40;
const ONE_BY_ONE = 50;
const AS = "https://www.w3.org/ns/activitystreams";
const WORDS = "The kettle is on, and the door is open. ".repeat(6);

function createOf(peer: Peer, n: number) {
  const id = `${peer.uri}/statuses/${n}`;
  const shared = {
    published: new Date(Date.now() - (MISSED - n) * 60_000).toISOString(),
    to: [`${AS}#Public`],
    cc: [`${peer.uri}/followers`],
  };
  const object = { id, type: "Note", attributedTo: peer.uri, ...shared, content: `<p>${n} ${WORDS}</p>` };
  return { "@context": AS, id: `${id}/activity`, type: "Create", actor: peer.uri, ...shared, object };
}

/** Pages of an outbox, newest first. */
function fill(peer: Peer): void {
  const path = `${new URL(peer.uri).pathname}/outbox`;
  const at = `${peer.uri}/outbox`;
  peer.documents.set(path, { "@context": AS, id: at, type: "OrderedCollection", first: `${at}/0` });
  const items = Array.from({ length: EACH }, (_, n) => createOf(peer, EACH - 1 - n));
  for (let page = 0; page * A_PAGE < EACH; page += 1) {
    const isLast = (page + 1) * A_PAGE >= EACH;
    peer.documents.set(`${path}/${page}`, {
      ...{ "@context": AS, id: `${at}/${page}`, type: "OrderedCollectionPage" },
      ...(isLast ? {} : { next: `${at}/${page + 1}` }),
      orderedItems: items.slice(page * A_PAGE, (page + 1) * A_PAGE),
    });
  }
}

async function kept(member: Member, expected: number): Promise<void> {
  const found = await member.store.read.post.count();
  if (found !== expected) throw new Error(`${expected} posts were to be here, and ${found} are`);
}

type Took = { wall: number; cpu: number };

/** Reads all outboxes; the jobs for it are written and done in this time. */
async function readOutboxes({ store, acting, runner }: Member): Promise<Took> {
  return cpuOf(async () => {
    await store.transact((tx) => askForMissed(tx, acting.me.ownerId, acting.now()));
    await runner.idle();
  });
}

type Site = { member: Member; port: number; sending: Sending };

async function deliver({ member, port, sending }: Site, peers: Peer[], from: number, to: number) {
  const requests: Prepared[] = [];
  for (let n = from; n < to; n += 1)
    for (const peer of peers) requests.push(await prepared(peer.signed(inboxOf(member), createOf(peer, n))));
  return { requests, send: (atOnce: number) => sending.send({ port, requests, atOnce }, 202) };
}

export const bench: Bench = {
  title: "Catching up on 1,000 missed posts",
  async run(say) {
    await using stack = new AsyncDisposableStack();
    const fediverse = stack.use(await createFediverse());
    const peers = peersOf(fediverse, PEERS);
    const [reader, receiver] = [await fediverse.join("Anna"), await fediverse.join("Ben")];
    for (const member of [reader, receiver]) await befriend(member, peers);
    const { server, port } = await listen(faceOf(receiver));
    stack.defer(() => server.closeAllConnections());
    const site = { member: receiver, port, sending: stack.use(startSender()) };

    const one = await deliver(site, peers, MISSED, MISSED + ONE_BY_ONE / PEERS);
    const { times } = await one.send(1);
    await receiver.store.transact((tx) => tx.post.deleteMany());
    say(`one post: ${median(times).toFixed(1)} ms`);

    const queued = await deliver(site, peers, 0, EACH);
    const came = await cpuOf(() => queued.send(PEERS));
    await receiver.runner.idle();
    await kept(receiver, MISSED);
    say(`${MISSED} queued posts came in`);
    for (const peer of peers) fill(peer);
    const read = await readOutboxes(reader);
    await kept(reader, MISSED);
    say(`${MISSED} posts were read from ${PEERS} outboxes`);

    // What came by both ways, and what comes again, is there once.
    const again = await readOutboxes(receiver);
    const twice = await readOutboxes(reader);
    await queued.send(PEERS);
    for (const member of [reader, receiver]) await kept(member, MISSED);
    return {
      how: `${PEERS} people wrote ${EACH} posts each while the owner was away; no more than ${EACH} are read of one outbox. Deliveries: ${MISSED} signed ones from another process over HTTP on loopback, ${PEERS} at once as from ${PEERS} devices. Outboxes: in pages of ${A_PAGE}, signed requests, the network is a table in the same process. The baseline is the median of ${ONE_BY_ONE} posts delivered one after the other in the same run. Afterwards all of it is sent and read again: nothing is there twice, or the bench fails.`,
      rows: rowsOf(times, { came, read, again, twice }),
    };
  },
};

type All = Record<"came" | "read" | "again" | "twice", Took>;

function rowsOf(times: number[], { came, read, again, twice }: All): Row[] {
  const one = { what: "one post", value: median(times) };
  const whole = (what: string, wall: number): Row => ({ what, unit: "s", ...summary([wall / 1000]) });
  const each = (what: string, { wall, cpu }: Took): Row[] => [
    whole(`${what}, all ${MISSED}`, wall),
    { what: `${what}, per post`, unit: "ms", ...summary([wall / MISSED]), baseline: one },
    { what: `${what}, per post: CPU`, unit: "ms", ...summary([cpu / MISSED]) },
  ];
  return [
    { what: "one post, delivered alone", unit: "ms", ...summary(times) },
    ...each("deliveries that waited", came),
    ...each("outboxes", read),
    whole("outboxes, when all of it was delivered", again.wall),
    whole("outboxes, a second time", twice.wall),
  ];
}
