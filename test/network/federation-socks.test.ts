import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../src/lib/log.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { createTorFetch } from "../../src/tor/tor-fetch.ts";
import { createVisitorServer } from "../../src/web/visitor/server.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { doorsOf } from "../support/public-face.ts";
import { type StandInSocks, startStandInSocks } from "../support/stand-in-socks.ts";

/** The same, but by the real way out and the real public face: HTTP over SOCKS to a unix socket. */
const stack = new AsyncDisposableStack();
let fediverse: Fediverse;
let socks: StandInSocks;

beforeAll(async () => {
  fediverse = stack.use(await createFediverse());
  socks = stack.use(await startStandInSocks());
  const torFetch = stack.use(
    createTorFetch({
      socks: () => socks.address,
      onTimeout: async () => {},
      ownOnions: () => [],
      allowClearnet: () => false,
      log: createLog(() => {}, "silent"),
    }),
  );
  globalThis.fetch = torFetch.fetch;
});
afterAll(() => stack.disposeAsync());

async function joinPublicly(name: string): Promise<Member> {
  const member = await fediverse.join(name);
  const app = createVisitorServer(
    {
      acting: () => member.acting,
      federation: (request) => member.federation.handle(request),
      wait: () => 0,
      media: async () => null,
      blob: async () => null,
      doors: doorsOf(member),
      log: createLog(() => {}, "silent"),
    },
    { publicFolder: "public" },
  );
  const path = join(fediverse.folder, `${name}.sock`);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  stack.defer(() => void server.close());
  stack.defer(() => server.closeAllConnections());
  socks.put(member.host, { path });
  return member;
}

test("D5, D6: two people subscribe and read each other through the public face and the one way out", async () => {
  const [anna, ben] = [await joinPublicly("Anna"), await joinPublicly("Ben")];
  const { personId } = await ben.federation.lookUp(anna.address);
  await ben.acting.transact((tx) => askToSubscribe(tx, ben.acting.me, personId, Date.now()));
  const request = await eventually("the request arrives", () =>
    anna.store.read.subscription.findFirst({ where: { personId: anna.acting.me.ownerId } }),
  );
  await anna.acting.transact((tx) => acceptRequest(tx, anna.acting.me, request.subscriberId, Date.now()));
  await eventually("the answer arrives", () =>
    ben.store.read.subscription.findFirst({ where: { state: "accepted" } }),
  );
  const { acting } = anna;
  const draft = { text: "for subscribers", reach: "subscribers" as const };
  await acting.transact((tx) => publish(tx, acting.me, draft, Date.now(), acting.random));
  const post = await eventually("the post arrives", () => ben.store.read.post.findFirst());
  expect(post).toMatchObject({ reach: "subscribers", html: expect.stringContaining("for subscribers") });
  // By name only, and nobody but the two: no clock, no update, no statistics is ever asked for.
  expect(socks.addresses).toEqual([]);
  expect(new Set(socks.asked.map(({ host }) => host))).toEqual(new Set([anna.host, ben.host]));
  expect(socks.asked.filter(({ host, user }) => host !== user)).toEqual([]);

  const cleo = await joinPublicly("Cleo");
  socks.remove(cleo.host);
  await expect(ben.federation.lookUp(cleo.address)).rejects.toMatchObject({ code: "peer-off" });
  expect([...anna.warnings, ...ben.warnings]).toEqual([]);
});
