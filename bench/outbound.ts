import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { createLog } from "../src/lib/log.ts";
import { savePerson } from "../src/social/people/save-person.ts";
import { publish } from "../src/social/posts/publish.ts";
import { onionFromSeed } from "../src/tor/onion-key.ts";
import { createTorFetch } from "../src/tor/tor-fetch.ts";
import { createFediverse, type Member } from "../test/support/federated.ts";
import { cpuOf, summary, timed } from "./lib/numbers.ts";
import { type StandInPeers, startPeers } from "./lib/peers.ts";
import { profiled } from "./lib/profile.ts";
import { type Bench, figure, type Row } from "./lib/report.ts";

const SUBSCRIBERS = 1_000;
const RUNS = 3;

type Sent = { accepted: number; cpu: number; last: number };

/** Everybody lives on a host of their own, as over Tor they do. */
async function subscribeAll({ acting }: Member, onions: string[]): Promise<void> {
  const now = acting.now();
  await acting.transact(async (tx) => {
    for (const [n, host] of onions.entries()) {
      const uri = `http://${host}/people/person${n}`;
      const subscriberId = await savePerson(
        tx,
        {
          ...{ uri, host, handle: `person${n}`, name: `Person ${n}`, aboutHtml: "", url: uri },
          ...{ inbox: `${uri}/inbox`, sharedInbox: `http://${host}/inbox`, followersUri: `${uri}/followers` },
          ...{
            outboxUri: `${uri}/outbox`,
            featuredUri: "",
            pictureUrl: "",
            approves: true,
            automated: false,
          },
        },
        now,
      );
      const askedAt = new Date(now);
      const data = {
        subscriberId,
        personId: acting.me.ownerId,
        state: "accepted",
        uri: `${uri}/follow`,
        askedAt,
      };
      await tx.subscription.create({ data });
    }
  });
}

/** One post, until everybody has it and the queue is empty. */
async function sendOne(member: Member, peers: StandInPeers, text: string): Promise<Sent> {
  const { acting, runner, store } = member;
  const { last } = await peers.expect(SUBSCRIBERS);
  const began = Date.now();
  let accepted = 0;
  const { cpu } = await cpuOf(async () => {
    const draft = { text, reach: "everyone" as const };
    await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
    accepted = Date.now() - began;
    await last;
    await runner.idle();
  });
  const left = await store.read.job.count();
  if (left > 0) throw new Error(`${left} deliveries are left: ${member.warnings[0] ?? "no warning"}`);
  return { accepted, cpu: cpu / SUBSCRIBERS, last: (await last) - began };
}

/** As many signatures of a request's few lines as there are subscribers. */
async function rawSignatures(): Promise<{ cpu: number; wall: number }> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const text = "(request-target): post /people/anna/inbox\nhost: x\ndate: y\ndigest: z";
  const sign = () => timed(SUBSCRIBERS, () => createSign("sha256").update(text).sign(privateKey));
  await sign();
  const { cpu, wall } = await cpuOf(sign);
  return { cpu: cpu / SUBSCRIBERS, wall };
}

export const bench: Bench = {
  title: "Sending a post to 1,000 subscribers",
  async run(say) {
    await using stack = new AsyncDisposableStack();
    const peers = stack.use(await startPeers());
    const fediverse = stack.use(await createFediverse());
    const member = await fediverse.join("Anna");
    const onions = Array.from({ length: SUBSCRIBERS }, () => onionFromSeed(randomBytes(32)).onion);
    await peers.know(onions);
    await subscribeAll(member, onions);
    say("1,000 subscribers");
    const torFetch = stack.use(
      createTorFetch({
        socks: () => ({ path: peers.socks }),
        onTimeout: async () => {},
        ownOnions: () => [member.host],
        selfTestPath: "/self-test",
        allowClearnet: () => false,
        log: createLog(() => {}, "silent"),
      }),
    );
    torFetch.install();
    const sent: Sent[] = [];
    for (let run = 1; run <= RUNS; run += 1) {
      sent.push(await sendOne(member, peers, `The kettle is on, number ${run}.`));
      say(`post ${run} of ${RUNS}: ${figure((sent.at(-1)?.last ?? 0) / 1000)} s to the last`);
    }
    const raw = await rawSignatures();
    const extras = await profiled("Sending to 1,000", async () => {
      await sendOne(member, peers, "The kettle is off.");
    });
    return { ...tableOf(sent, raw), extras };
  },
};

function tableOf(sent: Sent[], raw: { cpu: number; wall: number }) {
  const rows: Row[] = [
    {
      what: "until the post is accepted and queued",
      unit: "ms",
      ...summary(sent.map(({ accepted }) => accepted)),
    },
    {
      what: "CPU for each subscriber",
      unit: "ms",
      ...summary(sent.map(({ cpu }) => cpu)),
      baseline: { what: "one RSA-2048 signature", value: raw.cpu },
    },
    {
      what: "until the last has it",
      unit: "ms",
      ...summary(sent.map(({ last }) => last)),
      baseline: { what: "1,000 signatures", value: raw.wall },
    },
  ];
  return {
    how: "Every subscriber lives on an onion of their own; a stand-in for Tor's SOCKS port brings each connection to a server in another process that answers 202. Signing, the queue, the way out and all writing are the product's. Over Tor the circuits come on top.",
    rows,
  };
}
