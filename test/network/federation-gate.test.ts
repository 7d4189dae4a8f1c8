import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { letIn } from "../../src/social/gate/let-in.ts";
import { listWaiting, waitingCount } from "../../src/social/gate/list.ts";
import { turnAllAway, turnAway } from "../../src/social/gate/turn-away.ts";
import { invite } from "../../src/social/invites/invites.ts";
import { blockHost, unblockHost } from "../../src/social/people/block-host.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import type { Peer } from "../support/peer.ts";

let at: Besieged;

beforeEach(async () => {
  at = await besiege();
});
afterEach(() => at[Symbol.asyncDispose]());

const anna = () => at.anna.acting;
const waiting = async () => (await listWaiting(anna().read, anna().me, { limit: 80 })).items;
const notices = () => anna().read.notice.count();
const mention = (by: Peer, values: object = {}) => at.note(by, { to: anna().me.ownerUri, ...values });
const write = (by: Peer, post: object) => at.send(by, at.activity(by, "Create", post));
const ask = (by: Peer, values: object = {}) => at.send(by, at.activity(by, "Follow", at.anna.uri, values));
const accept = (by: Peer) => anna().transact((tx) => letIn(tx, anna().me, idOf(by.uri), Date.now()));

describe("somebody unknown who writes", () => {
  test("waits with their words, without notice or post, and without a picture of theirs being fetched", async () => {
    const zoe = at.stranger("zoe");
    const post = mention(zoe, { content: "<p>hello <b>Anna</b></p><img src='http://zoe.example/x.png'>" });
    expect(await write(zoe, post)).toBe(202);
    expect(await waiting()).toMatchObject([
      { person: { uri: zoe.uri }, words: "hello Anna", wrote: true, asks: false },
    ]);
    expect(await at.stored(post.id)).toBeNull();
    expect(await notices()).toBe(2); // the two that Anna's own subscriptions made
    expect(zoe.asked.every((path) => path.startsWith("/users/"))).toBe(true);
  });

  test("is a post with its notice once let in, and whatever they write next arrives at once", async () => {
    const zoe = at.stranger("zoe");
    const [first, next] = [mention(zoe), mention(zoe)];
    await write(zoe, first);
    expect(await write(zoe, next)).toBe(503);
    await accept(zoe);
    await eventually("the first post is there", () => at.stored(first.id));
    expect(await anna().read.notice.count({ where: { kind: "mention" } })).toBe(1);
    expect(await waiting()).toEqual([]);
    expect(await write(zoe, next)).toBe(202);
    expect(await at.stored(next.id)).not.toBeNull();
  });

  test("who is turned away is told nothing, and a deleted post waits no more", async () => {
    const [zoe, kim] = [at.stranger("zoe"), at.stranger("kim")];
    await write(zoe, mention(zoe));
    await anna().transact((tx) => turnAway(tx, anna().me, idOf(zoe.uri), Date.now()));
    const post = mention(kim);
    await write(kim, post);
    expect(await at.send(kim, at.activity(kim, "Delete", post.id))).toBe(202);
    expect(await waiting()).toEqual([]);
    expect(zoe.received).toEqual([]);
  });

  test("A30: a long first letter is kept in 4 KiB, with its first words and the way to the rest", async () => {
    const zoe = at.stranger("zoe");
    const post = mention(zoe, { content: `<p>begin ${"\u{1f600}&amp;".repeat(9_000)}</p>` });
    expect(await write(zoe, post)).toBe(202);
    const knock = await anna().read.knock.findFirstOrThrow();
    expect(Buffer.byteLength(knock.activity)).toBeLessThanOrEqual(4096);
    await accept(zoe);
    const stored = await eventually("it is there", () => at.stored(post.id));
    expect(stored.html).toContain("begin");
    expect(stored.html).toContain(`href="${post.id}"`);
  });

  test("a request of the same person joins what they wrote, and both are answered together", async () => {
    const zoe = at.stranger("zoe");
    const post = mention(zoe);
    await write(zoe, post);
    expect(await ask(zoe)).toBe(202);
    expect(await waiting()).toMatchObject([{ asks: true, wrote: true }]);
    expect((await waitingCount(anna().read, anna().me)).people).toBe(1);
    await accept(zoe);
    await eventually("the post is there", () => at.stored(post.id));
    await eventually("zoe was told", () =>
      zoe.received.find(({ activity }) => activity["type"] === "Accept"),
    );
  });

  test("whom the owner asked to subscribe is not unknown", async () => {
    const zoe = at.stranger("zoe");
    const { personId } = await at.anna.federation.lookUp(zoe.uri);
    await anna().transact((tx) => askToSubscribe(tx, anna().me, personId, Date.now()));
    const post = mention(zoe);
    expect(await write(zoe, post)).toBe(202);
    expect(await at.stored(post.id)).not.toBeNull();
  });
});

describe("a whole address that is blocked", () => {
  test("gets 404 for everybody there, also for friends, until that is undone", async () => {
    const { friend, neighbour } = at;
    expect(await write(friend, at.note(friend))).toBe(202);
    await anna().transact((tx) => blockHost(tx, friend.host, Date.now()));
    expect(await write(friend, mention(friend))).toBe(404);
    expect(await ask(neighbour)).toBe(404);
    const read = await at.fediverse.ask(neighbour.signedGet(at.anna.uri));
    expect(read.status).toBe(404);
    expect(await anna().read.subscription.count({ where: { person: { host: friend.host } } })).toBe(0);
    expect(await anna().read.post.count({ where: { author: { host: friend.host }, inHome: true } })).toBe(0);
    await anna().transact((tx) => unblockHost(tx, friend.host));
    expect(await ask(neighbour)).toBe(202);
  });
});

describe("an invitation", () => {
  test("is the way past the gate, once", async () => {
    const token = await anna().transact((tx) => invite(tx, Date.now(), anna().random));
    const [zoe, kim] = [at.stranger("zoe"), at.stranger("kim")];
    expect(await ask(zoe, { invite: token })).toBe(202);
    expect(await ask(kim, { invite: token })).toBe(202);
    const states = await anna().read.subscription.findMany({ where: { personId: anna().me.ownerId } });
    expect(states.map(({ state }) => state).sort()).toEqual(["accepted", "asked"]);
    expect(await anna().read.notice.count({ where: { kind: "subscribed" } })).toBe(1);
  });

  test("travels with the address that was pasted to the Follow", async () => {
    const ben = await at.fediverse.join("Ben");
    const token = await anna().transact((tx) => invite(tx, Date.now(), anna().random));
    const { personId } = await ben.federation.lookUp(`http://${at.anna.host}/@anna?invite=${token}`);
    await ben.acting.transact((tx) => askToSubscribe(tx, ben.acting.me, personId, Date.now()));
    await eventually("Ben was let in", () =>
      ben.store.read.subscription.findFirst({ where: { state: "accepted" } }),
    );
    expect(await waiting()).toEqual([]);
    expect(await anna().read.invite.count()).toBe(0);
  });

  test("that has run out is none", async () => {
    const past = Date.now() - 8 * 24 * 60 * 60_000;
    const token = await anna().transact((tx) => invite(tx, past, anna().random));
    const zoe = at.stranger("zoe");
    await ask(zoe, { invite: token });
    expect(await waiting()).toMatchObject([{ asks: true }]);
  });
});

test("A30: when 200 wait the next is told to come again, nobody is sent away, and then gets in", async () => {
  const first = at.stranger("first");
  await ask(first);
  await anna().transact(async (tx) => {
    for (let n = 1; n < 200; n++) {
      const id = idOf(`person ${n}`);
      const person = { id, uri: `http://p${n}.example/p`, sortKey: String(n).padStart(21, "0") };
      await tx.person.create({ data: { ...person, host: `p${n}.example`, seenAt: new Date() } });
      await tx.knock.create({ data: { personId: id, at: new Date() } });
    }
  });
  const late = at.stranger("late");
  const follow = at.activity(late, "Follow", at.anna.uri);
  const refused = await at.fediverse.ask(late.signed(at.inbox, follow));
  expect([refused.status, Number(refused.headers.get("Retry-After")) > 0]).toEqual([503, true]);
  expect(late.asked).toEqual([]);
  expect(await anna().read.person.count({ where: { uri: late.uri } })).toBe(0);
  expect(await at.asks(first)).toBe(true);
  expect((await waitingCount(anna().read, anna().me)).full).toBe(true);
  const token = await anna().transact((tx) => invite(tx, Date.now(), anna().random));
  expect(await ask(at.stranger("guest"), { invite: token })).toBe(202);
  await anna().transact((tx) => turnAllAway(tx, anna().me, Date.now()));
  expect(await at.send(late, follow)).toBe(202);
  expect(await at.asks(late)).toBe(true);
});
