import { fork } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createLog } from "../src/lib/log.ts";
import { quietServer } from "../src/listening.ts";
import { addWelcome } from "../src/social/gate/queries.ts";
import { createVisitorServer } from "../src/web/visitor/server.ts";
import { createFediverse, type Member } from "../test/support/federated.ts";
import { ownerBrowser } from "../test/support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../test/support/owner-desk.ts";
import { doorsOf } from "../test/support/public-face.ts";
import type { Asking } from "./lib/asker.ts";
import { type Author, createCrowd, mention } from "./lib/crowd.ts";
import { quantile, summary } from "./lib/numbers.ts";
import { atMost, type Bench, type Row } from "./lib/report.ts";
import type { Prepared } from "./lib/sender.ts";
import { prepared, startSender } from "./lib/sending.ts";

const ACTORS = 1_000;
const HOSTS = 20;
const DELIVERIES = 10_000;
const A_SLICE = 1_000;
const AT_ONCE = 16;
/** Slices until caches and the heap have the size that they keep. */
const WARM = 3;
const IDLE_MS = 10_000;
const PAGE_EVERY_MS = 100;
const FRIEND_EVERY_MS = 500;

type Site = { port: number; inbox: string; uri: string };

async function listenFor(member: Member, stack: AsyncDisposableStack): Promise<Site> {
  const visitor = createVisitorServer(
    {
      acting: () => member.acting,
      federation: (request) => member.federation.handle(request),
      wait: () => 0,
      media: async () => null,
      blob: async () => null,
      doors: doorsOf(member),
      log: createLog(() => {}, "silent"),
    },
    { publicFolder: join(import.meta.dirname, "../public") },
  );
  const server = quietServer({ connections: 512 }, visitor);
  stack.defer(() => server.closeAllConnections());
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { port: (server.address() as AddressInfo).port, inbox: `${member.uri}/inbox`, uri: member.uri };
}

/** How long the owner's home page takes while something else goes on, asked from outside. */
async function pageTimes(
  desk: OwnerDesk,
  cookie: string,
  meanwhile: () => Promise<unknown>,
): Promise<number[]> {
  const child = fork(join(import.meta.dirname, "lib", "asker.ts"), { execArgv: [] });
  try {
    const asking: Asking = { port: desk.port, path: "/", cookie, everyMs: PAGE_EVERY_MS };
    child.send(asking);
    await meanwhile();
    const answered = once(child, "message");
    child.send("end");
    const [times] = await answered;
    return times;
  } finally {
    child.disconnect();
  }
}

/** Somebody the owner knows writes now and then; how long each took until it was taken in. */
async function friendWrites(site: Site, friend: Author, until: Promise<unknown>): Promise<number[]> {
  using sending = startSender();
  const times: number[] = [];
  let over = false;
  void until.finally(() => {
    over = true;
  });
  for (let n = 0; !over; n += 1) {
    const requests = [await prepared(mention(friend, site, `tea at ${n}?`))];
    const { times: took } = await sending.send({ port: site.port, requests, atOnce: 1 }, 202);
    times.push(...took);
    await pause(FRIEND_EVERY_MS);
  }
  return times;
}

function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1e6;
}

export const bench: Bench = {
  title: "A flood",
  async run(say) {
    await using stack = new AsyncDisposableStack();
    const fediverse = stack.use(await createFediverse());
    const desk = stack.use(await openOwnerDesk());
    const member = await fediverse.join("Anna", () => desk.courtesy.turn());
    Object.assign(desk.acting, member.acting);
    const browser = ownerBrowser(desk);
    await browser.enter();
    const site = await listenFor(member, stack);
    const crowd = createCrowd(fediverse, { name: "crowd", actors: ACTORS, hosts: HOSTS });
    const [friend] = createCrowd(fediverse, { name: "friend", actors: 1, hosts: 1 });
    if (friend === undefined) throw new Error("nobody is a friend");
    const { personId } = await member.federation.lookUp(friend.uri);
    await member.acting.transact((tx) => addWelcome(tx, personId, member.acting.now()));
    const requests: Prepared[] = [];
    for (let n = 0; n < DELIVERIES; n += 1) {
      const author = crowd[n % ACTORS] ?? friend;
      requests.push(await prepared(mention(author, site, `hello ${n}`)));
    }
    say(`${DELIVERIES} posts are signed`);
    const sizes = [memory()];
    const began = performance.now();
    let friendTimes: number[] = [];
    using sending = startSender();
    const statuses = new Map<number, number>();
    const flooded = await pageTimes(desk, browser.cookie(), async () => {
      const flood = (async () => {
        for (let at = 0; at < DELIVERIES; at += A_SLICE) {
          const sent = await sending.ask({
            port: site.port,
            requests: requests.slice(at, at + A_SLICE),
            atOnce: AT_ONCE,
          });
          for (const status of sent.statuses) statuses.set(status, (statuses.get(status) ?? 0) + 1);
          sizes.push(memory());
          say(`${at + A_SLICE} sent, ${sizes.at(-1)?.toFixed(0)} MB`);
        }
      })();
      friendTimes = await friendWrites(site, friend, flood);
      await flood;
    });
    const seconds = (performance.now() - began) / 1000;
    await member.runner.idle();
    // Afterwards, so that the page has the same posts on it.
    const idle = await pageTimes(desk, browser.cookie(), () => pause(IDLE_MS));
    return report({ idle, flooded, friendTimes, sizes, seconds, statuses });
  },
};

type Found = {
  idle: number[];
  flooded: number[];
  friendTimes: number[];
  sizes: number[];
  seconds: number;
  statuses: Map<number, number>;
};

function report({ idle, flooded, friendTimes, sizes, seconds, statuses }: Found) {
  const p95 = (times: number[]) => ({ ...summary(times), median: quantile(times, 0.95) });
  const [quiet, loud] = [p95(idle), p95(flooded)];
  const [warm = Number.NaN, last = Number.NaN] = [sizes[WARM], sizes.at(-1)];
  const slowest = Math.max(...friendTimes) / 1000;
  const rows: Row[] = [
    { what: "owner's home page, p95, idle", unit: "ms", ...quiet },
    {
      what: "owner's home page, p95, during the flood",
      unit: "ms",
      ...loud,
      baseline: { what: "idle", value: quiet.median },
      target: atMost(loud.median / quiet.median, 2, "at most 2× idle"),
    },
    {
      what: "a friend's post until it is taken in, the slowest",
      unit: "s",
      ...summary(friendTimes.map((time) => time / 1000)),
      median: slowest,
      target: atMost(slowest, 5, "at most 5 s"),
    },
    {
      what: "memory after the last of them",
      unit: "MB",
      ...summary([last]),
      baseline: { what: `after the first ${WARM * A_SLICE}`, value: warm },
      target: atMost(last / warm, 1.15, "flat: at most 1.15×"),
    },
  ];
  const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(", ");
  return {
    how: `${DELIVERIES} signed posts from ${ACTORS} actors on ${HOSTS} hosts that were never heard of, ${AT_ONCE} at once, as fast as they are taken, each of which names the owner; the owner's page is asked for every ${PAGE_EVERY_MS} ms, and a friend writes every ${FRIEND_EVERY_MS} ms. Idle is afterwards, with the same posts on the page. Figures of pages are 95th percentiles.`,
    rows,
    notes: [`The flood took ${seconds.toFixed(0)} s; the answers were ${answers}.`],
  };
}
