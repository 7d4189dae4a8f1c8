import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, systemRandom } from "../../src/lib/ids.ts";
import { acceptFriend, declineFriend } from "../../src/social/friends/answer.ts";
import { askToBeFriends } from "../../src/social/friends/ask.ts";
import { endFriendship } from "../../src/social/friends/end.ts";
import { introduce } from "../../src/social/friends/introduce.ts";
import { bondWith, introductionsOf } from "../../src/social/friends/queries.ts";
import { withdrawOffer } from "../../src/social/friends/withdraw.ts";
import { invite } from "../../src/social/invites/invites.ts";
import { setInvitation } from "../../src/social/invites/queries.ts";
import { block } from "../../src/social/people/block.ts";
import { personById } from "../../src/social/people/find.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { endSubscription } from "../../src/social/subscriptions/end.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";

let fediverse: Fediverse;
let anna: Member;
let ben: Member;
beforeEach(async () => {
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
  await anna.federation.lookUp(ben.address);
  await ben.federation.lookUp(anna.address);
});
afterEach(async () => {
  expect([...anna.warnings, ...ben.warnings]).toEqual([]);
  await fediverse[Symbol.asyncDispose]();
});

const isSettled = (...all: Member[]) =>
  eventually("nothing waits", async () => {
    for (const { store } of all) if ((await store.read.job.count()) > 0) return false;
    return true;
  });
const state = async (who: Member, whom: Member) =>
  (await bondWith(who.store.read, idOf(whom.uri)))?.state ?? "none";
const both = async () => [await state(anna, ben), await state(ben, anna)];
const notices = async (who: Member) =>
  (await who.store.read.notice.findMany({ orderBy: { at: "asc" } })).map(({ kind }) => kind);

type Work = (
  tx: Parameters<Parameters<Member["acting"]["transact"]>[0]>[0],
  personId: string,
) => Promise<unknown>;
const does = (who: Member, whom: Member, work: Work) => who.acting.transact((tx) => work(tx, idOf(whom.uri)));
const asks = (who: Member, whom: Member, words = "") =>
  does(who, whom, (tx, id) => askToBeFriends(tx, who.acting.me, id, words, who.acting.now()));
const accepts = (who: Member, whom: Member) =>
  does(who, whom, (tx, id) => acceptFriend(tx, id, who.acting.now()));
const declines = (who: Member, whom: Member) =>
  does(who, whom, (tx, id) => declineFriend(tx, id, who.acting.now()));
const withdraws = (who: Member, whom: Member) =>
  does(who, whom, (tx, id) => withdrawOffer(tx, id, who.acting.now()));
const ends = (who: Member, whom: Member) =>
  does(who, whom, (tx, id) => endFriendship(tx, id, who.acting.now()));
const subscribes = (who: Member, whom: Member) =>
  does(who, whom, (tx, id) => askToSubscribe(tx, who.acting.me, id, who.acting.now()));

async function befriend(one: Member, other: Member): Promise<void> {
  await asks(one, other);
  await eventually("the question arrives", async () => (await state(other, one)) === "offered");
  await accepts(other, one);
  await eventually("the yes arrives", async () => (await state(one, other)) === "friends");
}

describe("friendship between two nodes", () => {
  test("is asked with words, waits at the gate without a notice, and begins with a yes; nobody subscribes by it", async () => {
    await asks(anna, ben, "We <b>met</b> at the lake & talked.\u202e");
    await eventually("it arrives", async () => (await state(ben, anna)) === "offered");
    const seen = await personById(ben.store.read, idOf(anna.uri));
    expect(seen).toMatchObject({ friendly: true, subscribed: "no", subscriber: "no" });
    expect(seen?.friend).toMatchObject({ state: "offered", words: "We <b>met</b> at the lake & talked." });
    expect(await notices(ben)).toEqual([]);
    await accepts(ben, anna);
    await eventually("the yes arrives", async () => (await state(anna, ben)) === "friends");
    expect(await both()).toEqual(["friends", "friends"]);
    expect(await notices(anna)).toEqual(["friends"]);
    expect(await notices(ben)).toEqual([]);
    expect(await anna.store.read.subscription.count()).toBe(0);
    expect(await ben.store.read.subscription.count()).toBe(0);
  });

  test("declined: nobody is told, the question stands there and can be taken back; asked again, it is asked again", async () => {
    await asks(anna, ben);
    await eventually("it arrives", async () => (await state(ben, anna)) === "offered");
    await isSettled(anna, ben);
    fediverse.requests.length = 0;
    await declines(ben, anna);
    await isSettled(anna, ben);
    expect(fediverse.requests).toEqual([]);
    expect(await both()).toEqual(["asked", "none"]);
    await withdraws(anna, ben);
    await isSettled(anna, ben);
    expect(await both()).toEqual(["none", "none"]);
    await asks(anna, ben);
    await eventually("it is asked again", async () => (await state(ben, anna)) === "offered");
  });

  test("taken back before the answer disappears there; ended by one, it is over for both, without a notice", async () => {
    await asks(anna, ben);
    await eventually("it arrives", async () => (await state(ben, anna)) === "offered");
    await withdraws(anna, ben);
    await eventually("it disappears", async () => (await state(ben, anna)) === "none");
    await befriend(anna, ben);
    await ends(ben, anna);
    await eventually("it is over there", async () => (await state(anna, ben)) === "none");
    expect(await both()).toEqual(["none", "none"]);
    expect(await notices(anna)).toEqual([]);
    expect(await notices(ben)).toEqual([]);
  });

  test("both ask at once, and are friends", async () => {
    for (const member of [anna, ben]) member.turn("off");
    await asks(anna, ben, "from Anna");
    await asks(ben, anna, "from Ben");
    for (const member of [anna, ben]) member.turn("on");
    await eventually("both are", async () => (await both()).every((one) => one === "friends"));
    await isSettled(anna, ben);
    expect(await both()).toEqual(["friends", "friends"]);
  });

  test("while one is off: what was asked, taken back and asked again arrives in order", async () => {
    ben.turn("off");
    await asks(anna, ben, "first");
    await withdraws(anna, ben);
    await asks(anna, ben, "second");
    expect(await both()).toEqual(["asked", "none"]);
    ben.turn("on");
    anna.runner.wake(ben.host);
    await eventually("it arrives", async () => (await state(ben, anna)) === "offered");
    await isSettled(anna, ben);
    expect((await bondWith(ben.store.read, idOf(anna.uri)))?.words).toBe("second");
    ben.turn("off");
    await accepts(ben, anna);
    await ends(ben, anna);
    await asks(ben, anna, "sorry");
    ben.turn("on");
    await isSettled(anna, ben);
    // She never heard of his yes: her own question stood, so his is one.
    expect(await both()).toEqual(["friends", "friends"]);
  });

  test("a yes that crosses the withdrawal makes friends of nobody", async () => {
    await asks(anna, ben);
    await eventually("it arrives", async () => (await state(ben, anna)) === "offered");
    await isSettled(anna, ben);
    for (const member of [anna, ben]) member.runner.pause();
    await withdraws(anna, ben);
    await accepts(ben, anna);
    for (const member of [anna, ben]) member.runner.resume();
    await isSettled(anna, ben);
    expect(await both()).toEqual(["none", "none"]);
  });

  test("and subscription are two things: each can be there without the other, and ends without it", async () => {
    await subscribes(anna, ben);
    await asks(anna, ben);
    await eventually("both arrive", async () => {
      const seen = await personById(ben.store.read, idOf(anna.uri));
      return seen?.subscriber === "asked" && seen.friend?.state === "offered";
    });
    await does(ben, anna, (tx, id) => acceptRequest(tx, ben.acting.me, id, ben.acting.now()));
    await accepts(ben, anna);
    await eventually("both are answered", async () => {
      const seen = await personById(anna.store.read, idOf(ben.uri));
      return seen?.subscribed === "accepted" && seen.friend?.state === "friends";
    });
    await does(anna, ben, (tx, id) => endSubscription(tx, anna.acting.me, id, anna.acting.now()));
    await isSettled(anna, ben);
    expect(await both()).toEqual(["friends", "friends"]);
    expect(await ben.store.read.subscription.count()).toBe(0);
    await subscribes(anna, ben);
    await isSettled(anna, ben);
    await ends(anna, ben);
    await isSettled(anna, ben);
    expect(await both()).toEqual(["none", "none"]);
    // A friend until a moment ago: the request waits for Ben.
    expect((await personById(ben.store.read, idOf(anna.uri)))?.subscriber).toBe("asked");
  });

  test("blocked: it is over for both, and no notice tells of it", async () => {
    await befriend(anna, ben);
    await does(anna, ben, (tx, id) => block(tx, id, anna.acting.now()));
    await eventually("Ben's list is right", async () => (await state(ben, anna)) === "none");
    expect(await state(anna, ben)).toBe("none");
    expect(await notices(ben)).toEqual([]);
  });

  test("an invitation leads the question past the gate, once, and still the owner decides", async () => {
    const token = await ben.acting.transact((tx) => invite(tx, ben.acting.now(), ben.acting.random));
    await does(anna, ben, (tx, id) => setInvitation(tx, id, token));
    await asks(anna, ben, "You gave me this.");
    await eventually("it arrives", async () => (await state(ben, anna)) === "offered");
    expect(await notices(ben)).toEqual(["friend-request"]);
    expect(await ben.store.read.invite.count()).toBe(0);
  });
});

test("a friend introduces two friends: each is told once, and the introduced come past the gate", async () => {
  const cleo = await fediverse.join("Cleo");
  await cleo.federation.lookUp(anna.address);
  await anna.federation.lookUp(cleo.address);
  await befriend(anna, ben);
  await befriend(anna, cleo);
  for (let times = 0; times < 2; times++)
    await anna.acting.transact((tx) =>
      introduce(
        tx,
        anna.acting.me,
        { one: idOf(ben.uri), other: idOf(cleo.uri), words: "You both row." },
        anna.acting.now(),
        systemRandom,
      ),
    );
  await isSettled(anna, ben, cleo);
  expect(await anna.store.read.introduction.count()).toBe(0);
  for (const [one, other] of [
    [ben, cleo],
    [cleo, ben],
  ] as const) {
    const id = idOf(other.uri);
    expect(await introductionsOf(one.store.read, id, 5)).toMatchObject([
      { name: "Anna", words: "You both row." },
    ]);
    expect(await personById(one.store.read, id)).toMatchObject({ name: other.name, friendly: true });
    expect((await notices(one)).filter((kind) => kind === "introduced")).toEqual(["introduced"]);
  }
  await asks(ben, cleo, "Shall we?");
  await eventually("it arrives", async () => (await state(cleo, ben)) === "offered");
  expect(await notices(cleo)).toContain("friend-request");
  expect(cleo.warnings).toEqual([]);
});
