import { publish } from "../src/social/posts/publish.ts";
import { createFediverse, type Member } from "../test/support/federated.ts";
import type { Peer } from "../test/support/peer.ts";
import { type Kind, kinds, type Round } from "./lib/kinds.ts";
import { median, summary } from "./lib/numbers.ts";
import type { Bench, Row } from "./lib/report.ts";
import { prepared, type Sending, startSender } from "./lib/sending.ts";
import { befriend, faceOf, inboxOf, listen, peersOf } from "./lib/site.ts";

const PEERS = 10;
const ROUNDS = 10;
const WARM_UP = 2;
const DAY = 24 * 60 * 60_000;

/** The owner's posts that a round is about: new ones each time, so that every activity has something to do. */
async function staged({ acting }: Member, peers: Peer[], n: number): Promise<Round> {
  const poll = { options: ["Rye", "Oat"], multiple: false, endsIn: DAY };
  const [post, asked] = await acting.transact(async (tx) => {
    const say = (extra: object) =>
      publish(
        tx,
        acting.me,
        { text: "Soup at seven.", reach: "everyone", quotable: "everyone", ...extra },
        acting.now(),
        acting.random,
      );
    return [await say({}), await say({ poll })];
  });
  const uris = await acting.read.post.findMany({ where: { id: { in: [post ?? "", asked ?? ""] } } });
  const uriOf = (id: string | undefined) => uris.find((row) => row.id === id)?.uri ?? "";
  return { owner: acting.me.ownerUri, post: uriOf(post), poll: uriOf(asked), peers, n };
}

/** Sends one of a kind by each peer. Throws unless each of them changed something. */
async function sent(
  kind: Kind,
  { member, sending, port, round }: { member: Member; sending: Sending; port: number; round: Round },
): Promise<number[]> {
  const { store, runner } = member;
  // Else what the one before leaves to be done would count for this one.
  await runner.idle();
  const requests = await Promise.all(
    round.peers.map((peer) => prepared(peer.signed(inboxOf(member), kind.activity(peer, round)))),
  );
  const before = store.changes.head();
  const { times } = await sending.send({ port, requests, atOnce: 1 }, 202);
  const changes = store.changes.head() - before;
  if (changes < requests.length)
    throw new Error(`${kind.name}: ${requests.length} were sent, ${changes} rows changed`);
  return times;
}

export const bench: Bench = {
  title: "Taking in one of each kind",
  async run(say) {
    await using stack = new AsyncDisposableStack();
    const fediverse = stack.use(await createFediverse());
    const member = await fediverse.join("Anna");
    const peers = peersOf(fediverse, PEERS);
    await befriend(member, peers);
    const { server, port } = await listen(faceOf(member));
    stack.defer(() => server.closeAllConnections());
    const sending = stack.use(startSender());
    const times = new Map<string, number[]>();
    for (let n = 0; n < WARM_UP + ROUNDS; n += 1) {
      const round = await staged(member, peers, n);
      for (const kind of kinds) {
        const took = await sent(kind, { member, sending, port, round });
        if (n >= WARM_UP) times.set(kind.name, [...(times.get(kind.name) ?? []), ...took]);
      }
      // There is room for a hundred of them.
      await member.store.transact((tx) => tx.report.deleteMany());
      if (n >= WARM_UP) say(`${n - WARM_UP + 1} of ${ROUNDS} rounds`);
    }
    return {
      how: `Each kind ${PEERS * ROUNDS} times, by ${PEERS} people the owner subscribes to, over HTTP on loopback from another process, one after the other; the kinds take turns in rounds of ${PEERS}. Time is from the first byte to 202, when all that came of it is stored, encrypted and flushed; each one changes something. The baseline is the plain post of the same run.`,
      rows: rowsOf(times),
    };
  },
};

function rowsOf(times: ReadonlyMap<string, number[]>): Row[] {
  const [plain = ""] = times.keys();
  const baseline = { what: plain, value: median(times.get(plain) ?? []) };
  return [...times].map(([what, took]) => ({
    ...{ what, unit: "ms" as const, ...summary(took) },
    ...(what === plain ? {} : { baseline }),
  }));
}
