import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { acceptFriend, declineFriend } from "../../../src/social/friends/answer.ts";
import { askToBeFriends } from "../../../src/social/friends/ask.ts";
import { changeRole } from "../../../src/social/friends/change-role.ts";
import { confirmFriend } from "../../../src/social/friends/confirm.ts";
import { endFriendship } from "../../../src/social/friends/end.ts";
import { friendshipUndone, offerWithdrawn } from "../../../src/social/friends/friendship-undone.ts";
import { introduce } from "../../../src/social/friends/introduce.ts";
import { offerAnswered } from "../../../src/social/friends/offer-answered.ts";
import { bondWith, introductionsOf } from "../../../src/social/friends/queries.ts";
import { receiveIntroduction } from "../../../src/social/friends/receive-introduction.ts";
import { receiveOffer } from "../../../src/social/friends/receive-offer.ts";
import { atGate } from "../../../src/social/gate/gate.ts";
import { turnAllAway } from "../../../src/social/gate/turn-away.ts";
import { followMove } from "../../../src/social/moving/follow-move.ts";
import { mute } from "../../../src/social/muting/mute.ts";
import { listNotices } from "../../../src/social/notices/list.ts";
import { unreadCounts } from "../../../src/social/notices/notices.ts";
import { blankPerson } from "../../../src/social/people/blank-person.ts";
import { block, removeSubscriber, unblock } from "../../../src/social/people/block.ts";
import { blockHost } from "../../../src/social/people/block-host.ts";
import { listPeople } from "../../../src/social/people/list.ts";
import { receiveBlock } from "../../../src/social/people/receive-block.ts";
import { endSubscription } from "../../../src/social/subscriptions/end.ts";
import { requestDeclined } from "../../../src/social/subscriptions/request-declined.ts";
import { requestWithdrawn } from "../../../src/social/subscriptions/request-withdrawn.ts";
import { createOwner, type Owner } from "../../support/people.ts";

let alice: Owner;
let bob: string;
beforeEach(async () => {
  alice = await createOwner("Alice");
  bob = await alice.meet("Bob");
});
afterEach(() => alice[Symbol.asyncDispose]());

const THEIRS = "http://bob.example/acts/1#offer";
const offers = (id = bob, words = "hello", uri = THEIRS) =>
  alice.act((tx, now) => receiveOffer(tx, alice.me, id, { uri, words }, now));
const asks = (id = bob) => alice.act((tx, now) => askToBeFriends(tx, alice.me, id, "hello", now));
const accepts = (id = bob) => alice.act((tx, now) => acceptFriend(tx, id, now));
const bond = (id = bob) => bondWith(alice.store.read, id);
const kinds = async () =>
  (await listNotices(alice.store.read, alice.me, { limit: 20 })).items.map(({ kind }) => kind);
const sent = async () => (await alice.jobs()).map(({ kind }) => kind);
async function befriend(id = bob): Promise<void> {
  await offers(id);
  await accepts(id);
  await alice.sendAll();
}

describe("somebody who asks to be friends", () => {
  test("A30: waits quietly when unknown, counts among the requests, and stands there with their words", async () => {
    expect(await offers()).toBe("offered");
    expect(await kinds()).toEqual([]);
    expect(await unreadCounts(alice.store.read)).toEqual({ notices: 0, requests: 1 });
    expect(await atGate(alice.store.read, alice.me, bob)).toBe("waits");
    expect((await alice.person(bob)).friend).toMatchObject({ state: "offered", words: "hello" });
    expect(await sent()).toEqual([]);
  });

  test("is told of once when the owner knows them, also when their notices are muted", async () => {
    await alice.subscribeTo(bob);
    await alice.act((tx, now) => mute(tx, bob, { lasting: 0, notices: true }, now));
    await offers();
    await offers(bob, "again", "http://bob.example/acts/2#offer");
    expect((await kinds()).filter((kind) => kind === "friend-request")).toHaveLength(1);
    expect(await bond()).toMatchObject({ words: "again", theirUri: "http://bob.example/acts/2#offer" });
  });

  test("is answered: the notice goes, the answer waits to be sent, and they are in the list of friends", async () => {
    await alice.subscribeTo(bob);
    await offers();
    await accepts();
    expect(await kinds()).toEqual(["accepted"]);
    expect(await alice.jobs("offer-accept")).toMatchObject([{ about: { personId: bob, uri: THEIRS } }]);
    const { items } = await listPeople(alice.store.read, "friends", { limit: 20 });
    expect(items.map(({ id }) => id)).toEqual([bob]);
    expect(await atGate(alice.store.read, alice.me, bob)).toBe("known");
  });

  test("is declined without a word to anybody, and may ask again", async () => {
    await offers();
    await alice.act((tx, now) => declineFriend(tx, bob, now));
    expect(await bond()).toBeNull();
    expect(await sent()).toEqual([]);
    expect(await offers(bob, "please", "http://bob.example/acts/2#offer")).toBe("offered");
    expect(await alice.act((tx, now) => turnAllAway(tx, alice.me, now))).toBe(1);
    expect([await bond(), await sent()]).toEqual([null, []]);
  });

  test("who is blocked is not heard; who was never there is no friend", async () => {
    await alice.act((tx, now) => block(tx, bob, now));
    expect(await offers()).toBe("ignored");
    await expect(accepts()).rejects.toMatchObject({ code: "person-not-found" });
    expect(await offers(alice.me.ownerId)).toBe("ignored");
  });
});

describe("the owner's question", () => {
  test("is asked once, lets somebody blocked in again, and goes to nobody unknown or oneself", async () => {
    await alice.act((tx, now) => block(tx, bob, now));
    for (let times = 0; times < 2; times++) await asks();
    expect(await sent()).toEqual(["offer"]);
    expect(await alice.person(bob)).toMatchObject({ blocked: false, friend: { state: "asked" } });
    await expect(asks("nobody")).rejects.toMatchObject({ code: "person-not-found" });
    await expect(asks(alice.me.ownerId)).rejects.toMatchObject({ code: "address-own" });
    await alice.act((tx, now) => blockHost(tx, "bob.example", now));
    await expect(asks()).rejects.toMatchObject({ code: "host-blocked" });
  });

  test("is answered with yes, and the notice goes when the friendship does", async () => {
    await asks();
    const { uri = "" } = (await bond()) ?? {};
    const yes = { personId: bob, uri, answer: "accepted" as const };
    expect(await alice.act((tx, now) => offerAnswered(tx, alice.me, yes, now))).toBe(true);
    expect(await kinds()).toEqual(["friends"]);
    expect(await alice.act((tx, now) => friendshipUndone(tx, bob, now))).toBe(true);
    expect(await kinds()).toEqual([]);
    expect(await alice.act((tx, now) => friendshipUndone(tx, bob, now))).toBe(false);
  });

  test("to somebody who asked already is a yes", async () => {
    await offers();
    await asks();
    expect((await bond())?.state).toBe("friends");
    expect(await sent()).toEqual(["offer-accept"]);
  });

  test("keeps the owner's words when they ask meanwhile, and stands when they take that back", async () => {
    await asks();
    await offers(bob, "me too");
    expect(await bond()).toMatchObject({ state: "friends", words: "hello" });
    expect(await alice.act((tx, now) => offerWithdrawn(tx, bob, THEIRS, now))).toBe(true);
    expect(await bond()).toMatchObject({ state: "asked", words: "hello" });
    expect(await kinds()).toEqual([]);
  });
});

describe("friends", () => {
  beforeEach(() => befriend());

  test("end it: the other's list is put right, subscriptions stay", async () => {
    await alice.subscribeTo(bob);
    await alice.letIn(bob);
    await alice.sendAll();
    await alice.act((tx, now) => endFriendship(tx, bob, now));
    expect(await sent()).toEqual(["friendship-end"]);
    expect(await alice.person(bob)).toMatchObject({
      ...{ friend: null, subscribed: "accepted", subscriber: "accepted" },
    });
  });

  test("stay friends when subscriptions end, on either side", async () => {
    await alice.subscribeTo(bob);
    await alice.letIn(bob);
    await alice.act((tx, now) => endSubscription(tx, alice.me, bob, now));
    await alice.act((tx, now) => removeSubscriber(tx, bob, now));
    expect((await bond())?.state).toBe("friends");
  });

  test("have a role, which nobody is told", async () => {
    expect((await alice.person(bob)).friend?.role).toBe("friend");
    await alice.act((tx) => changeRole(tx, bob, "close"));
    expect((await alice.person(bob)).friend?.role).toBe("close");
    expect(await sent()).toEqual([]);
    await expect(alice.act((tx) => changeRole(tx, bob, "king"))).rejects.toMatchObject({
      code: "bad-request",
    });
    const cleo = await alice.meet("Cleo");
    await expect(alice.act((tx) => changeRole(tx, cleo, "close"))).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  test.each([
    ["a person", (tx, now) => block(tx, bob, now)],
    ["a whole address", (tx, now) => blockHost(tx, "bob.example", now)],
  ] as [string, Parameters<Owner["act"]>[0]][])(
    "blocking %s ends it, and brings nothing back",
    async (_, blocks) => {
      await alice.act(blocks);
      expect(await bond()).toBeNull();
      expect(await sent()).toEqual(["friendship-end"]);
      await alice.act((tx) => unblock(tx, bob));
      expect((await alice.person(bob)).friend).toBeNull();
    },
  );

  test("who blocks the owner, or deletes themselves, is one no more; nothing is sent", async () => {
    await alice.act((tx, now) => receiveBlock(tx, alice.me, bob, now));
    expect([await bond(), await sent()]).toEqual([null, []]);
    await befriend();
    await alice.act((tx, now) => blankPerson(tx, bob, now));
    expect([await bond(), await sent()]).toEqual([null, []]);
  });

  test("A29: a friend who moves takes the subscription along, not the friendship", async () => {
    await alice.subscribeTo(bob);
    const before = await alice.person(bob);
    const there = await alice.meet("Bobby", { aliases: before.uri });
    expect(await alice.act((tx, now) => followMove(tx, alice.me, { fromId: bob, toId: there }, now))).toBe(
      true,
    );
    expect((await alice.person(there)).friend).toBeNull();
    expect((await alice.person(bob)).friend?.state).toBe("friends");
  });
});

describe("somebody who cannot be asked", () => {
  const confirms = () => alice.act((tx, now) => confirmFriend(tx, alice.me, bob, now));
  beforeEach(async () => {
    await alice.subscribeTo(bob);
  });

  test("is confirmed as a friend once both subscribe, without a word to them", async () => {
    await expect(confirms()).rejects.toMatchObject({ code: "not-allowed" });
    await alice.letIn(bob);
    await alice.sendAll();
    await confirms();
    expect((await alice.person(bob)).friend).toMatchObject({ state: "friends", confirmed: true });
    await alice.act((tx, now) => endFriendship(tx, bob, now));
    expect([await bond(), await sent()]).toEqual([null, []]);
  });

  test.each([
    ["the owner's", (tx, now) => endSubscription(tx, alice.me, bob, now)],
    ["theirs, by the owner,", (tx, now) => removeSubscriber(tx, bob, now)],
    ["theirs, by them,", (tx, now) => requestWithdrawn(tx, alice.me, bob, now)],
    ["the owner's, by them,", (tx, now) => requestDeclined(tx, alice.me, bob, now)],
  ] as [string, Parameters<Owner["act"]>[0]][])("is no friend once %s subscription ends", async (_, ends) => {
    await alice.letIn(bob);
    await confirms();
    await alice.act(ends);
    expect(await bond()).toBeNull();
  });
});

describe("introductions", () => {
  let cleo: string;
  beforeEach(async () => {
    cleo = await alice.meet("Cleo");
    await befriend();
  });
  const introduces = () =>
    alice.act((tx, now) =>
      introduce(tx, alice.me, { one: bob, other: cleo, words: "You both row." }, now, systemRandom),
    );
  const hears = (uri = "http://dora.example/people/dora", byId = bob) =>
    alice.act((tx, now) =>
      receiveIntroduction(tx, alice.me, { byId, uri, host: new URL(uri).host, words: "Meet" }, now),
    );

  test("are made between two friends only, one message to each", async () => {
    await expect(introduces()).rejects.toMatchObject({ code: "not-allowed" });
    await befriend(cleo);
    await introduces();
    expect(await alice.jobs("introduce")).toMatchObject([
      { about: { personId: bob, introducedId: cleo } },
      { about: { personId: cleo, introducedId: bob } },
    ]);
    // What the owner said to others is nothing that was said to the owner.
    expect(await introductionsOf(alice.store.read, cleo, 5)).toEqual([]);
    await expect(
      alice.act((tx, now) => introduce(tx, alice.me, { one: bob, other: bob, words: "" }, now, systemRandom)),
    ).rejects.toMatchObject({ code: "not-allowed" });
  });

  test("of the owner to the owner are nothing, whatever address at the owner's onion is named", async () => {
    for (const uri of [alice.me.ownerUri, `http://${alice.me.onion}/`, `http://${alice.me.onion}/people/x`])
      expect(await hears(uri)).toBe("ignored");
    expect(await alice.store.read.person.count({ where: { host: alice.me.onion } })).toBe(1);
  });

  test("by a friend bring somebody past the gate, and a notice that names both", async () => {
    expect(await hears("http://dora.example/people/dora", cleo)).toBe("ignored");
    expect(await hears()).toBe("unknown");
    const [notice] = (await listNotices(alice.store.read, alice.me, { limit: 20 })).items;
    expect(notice).toMatchObject({ kind: "introduced", person: { id: bob }, other: { name: "dora" } });
    const id = notice?.other?.id ?? "";
    expect(await introductionsOf(alice.store.read, id, 5)).toEqual([
      { byId: bob, name: "Bob", words: "Meet" },
    ]);
    expect(await atGate(alice.store.read, alice.me, id)).toBe("known");
    await alice.act((tx, now) => block(tx, id, now));
    await alice.act((tx) => unblock(tx, id));
    expect(await atGate(alice.store.read, alice.me, id)).toBe("room");
  });
});
