import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { MOST_ASKED } from "../../src/social/outside/outside.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import type { Peer } from "../support/peer.ts";

/** Anna's node lives in the onion network; Otto's server does not. */
let fediverse: Fediverse;
let anna: Member;
let otto: Peer;
let allowed: string[];

beforeAll(async () => {
  fediverse = await createFediverse();
  fediverse.outside = (host) => allowed.includes(host);
  anna = await fediverse.join("Anna");
  otto = fediverse.peer("mastodon.example", "otto");
});
afterAll(() => fediverse[Symbol.asyncDispose]());
beforeEach(async () => {
  allowed = [];
  fediverse.requests.length = 0;
  await anna.store.transact((tx) => tx.outsideServer.deleteMany());
});

const servers = () => anna.store.read.outsideServer.findMany({ select: { host: true, state: true } });
const decided = (state: string) =>
  anna.store.transact((tx) => tx.outsideServer.create({ data: { host: otto.host, state, at: new Date() } }));
const follow = () => ({
  "@context": "https://www.w3.org/ns/activitystreams",
  id: `${otto.origin}/follows/1`,
  type: "Follow",
  actor: otto.uri,
  object: anna.uri,
});
const inbox = () => `http://${anna.host}/inbox`;

test("looking for somebody outside asks the owner first, once, and sends nothing", async () => {
  for (let twice = 0; twice < 2; twice++)
    await expect(anna.federation.lookUp(otto.uri)).rejects.toMatchObject({
      code: "server-outside",
    });
  expect(fediverse.requests).toEqual([]);
  expect(await servers()).toEqual([{ host: otto.host, state: "asked" }]);
});

test("what the owner refused is not asked again, and nothing is sent", async () => {
  await decided("refused");
  await expect(anna.federation.lookUp(otto.uri)).rejects.toMatchObject({ code: "clearnet-refused" });
  expect(fediverse.requests).toEqual([]);
  expect(await servers()).toEqual([{ host: otto.host, state: "refused" }]);
});

test("what the owner allowed is found", async () => {
  await decided("allowed");
  allowed = [otto.host];
  const { personId } = await anna.federation.lookUp(otto.uri);
  expect(await anna.store.read.person.findUnique({ where: { id: personId } })).toMatchObject({
    host: otto.host,
  });
});

test("who says to come from outside waits until the owner has decided, and no key is fetched", async () => {
  const waiting = await fediverse.ask(otto.signed(inbox(), follow()));
  expect(waiting.status).toBe(503);
  expect(waiting.headers.get("Retry-After")).toBe("3600");
  expect(fediverse.requests).toEqual([]);
  expect(await servers()).toEqual([{ host: otto.host, state: "asked" }]);
  allowed = [otto.host];
  expect((await fediverse.ask(otto.signed(inbox(), follow()))).status).toBe(202);
  expect(await anna.store.read.subscription.count({ where: { subscriber: { uri: otto.uri } } })).toBe(1);
});

test("whom the owner refused finds nobody here", async () => {
  await decided("refused");
  expect((await fediverse.ask(otto.signed(inbox(), follow()))).status).toBe(404);
  expect(fediverse.requests).toEqual([]);
});

test("claims to come from many servers do not fill the list of questions", async () => {
  for (let n = 0; n < MOST_ASKED + 15; n++) {
    const keyId = `https://s${n}.mastodon.example/users/a#main-key`;
    expect((await fediverse.ask(otto.signed(inbox(), follow(), { keyId }))).status).toBe(503);
  }
  expect(await servers()).toHaveLength(MOST_ASKED);
  expect(fediverse.requests).toEqual([]);
});

test("whom the owner looks for is asked about even when strangers filled the list of questions", async () => {
  await anna.store.transact((tx) =>
    tx.outsideServer.createMany({
      data: Array.from({ length: MOST_ASKED }, (_, n) => ({
        host: `s${n}.mastodon.example`,
        state: "asked",
        at: new Date(Date.now() - 1_000 * (MOST_ASKED - n)),
      })),
    }),
  );
  await expect(anna.federation.lookUp(otto.uri)).rejects.toMatchObject({
    code: "server-outside",
    host: otto.host,
  });
  const hosts = (await servers()).map(({ host }) => host);
  expect(hosts).toContain(otto.host);
  expect(hosts).not.toContain("s0.mastodon.example");
  expect(hosts).toHaveLength(MOST_ASKED);
});

test("a key on an address of numbers, or a name of the local network, is no question for the owner", async () => {
  for (const host of ["127.0.0.1", "printer.local", "[::1]", "localhost"]) {
    const status = (await fediverse.ask(otto.signed(inbox(), follow(), { keyId: `https://${host}/k` })))
      .status;
    expect(status, host).toBe(401);
    await expect(anna.federation.lookUp(`https://${host}/users/a`)).rejects.toThrow();
  }
  expect(await servers()).toEqual([]);
});

test("a server with an onion address whose people have an address outside: the owner is asked about that one", async () => {
  const bob = await fediverse.join("Bob");
  fediverse.interfere(bob.host, async () =>
    Response.json({
      subject: "acct:otto@mastodon.example",
      links: [{ rel: "self", type: "application/activity+json", href: otto.uri }],
    }),
  );
  await expect(anna.federation.lookUp(`otto@${bob.host}`)).rejects.toMatchObject({ code: "server-outside" });
  expect(await servers()).toEqual([{ host: otto.host, state: "asked" }]);
  allowed = [otto.host];
  const { personId } = await anna.federation.lookUp(`otto@${bob.host}`);
  expect(await anna.store.read.person.findUnique({ where: { id: personId } })).toMatchObject({
    uri: otto.uri,
  });
});
