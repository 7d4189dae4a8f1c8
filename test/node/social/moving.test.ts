import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addAlias, removeAlias } from "../../../src/social/moving/aliases.ts";
import { followMove } from "../../../src/social/moving/follow-move.ts";
import { moveAway, takeMoveBack } from "../../../src/social/moving/move-away.ts";
import { moving } from "../../../src/social/moving/moving.ts";
import { mute, unmute } from "../../../src/social/muting/mute.ts";
import { listNotices } from "../../../src/social/notices/list.ts";
import { block } from "../../../src/social/people/block.ts";
import { receiveBlock } from "../../../src/social/people/receive-block.ts";
import { aliceAndBob, cardOf, type Owner } from "../../support/people.ts";

const DAY = 24 * 60 * 60_000;
let alice: Owner;
let bob: string;
let all: AsyncDisposable;

beforeEach(async () => {
  const both = await aliceAndBob();
  [alice, bob, all] = [both.alice, both.bob, both];
});
afterEach(() => all[Symbol.asyncDispose]());

const follow = (fromId: string, toId: string) =>
  alice.act((tx, now) => followMove(tx, alice.me, { fromId, toId }, now));
const moves = async () =>
  (await listNotices(alice.store.read, alice.me, { limit: 40 }, alice.clock.now)).items.filter(
    ({ kind }) => kind === "moved",
  );

describe("somebody who moves", () => {
  test("takes the subscription along when the new address names the old one, and the owner is told", async () => {
    const there = await alice.meet("Robert", { aliases: cardOf("Bob").uri });
    expect(await follow(bob, there)).toBe(true);
    expect((await alice.person(bob)).subscribed).toBe("no");
    expect((await alice.person(there)).subscribed).toBe("asked");
    expect((await alice.jobs()).map(({ kind, peer }) => `${kind} ${peer}`)).toEqual([
      "follow robert.example",
      "unfollow bob.example",
    ]);
    expect((await alice.person(bob)).moved?.id).toBe(there);
    const [notice] = await moves();
    expect([notice?.person.id, notice?.other?.id]).toEqual([bob, there]);
    expect((await alice.person(bob)).subscriber).toBe("accepted");
  });

  test("goes nowhere without a link back, to somebody blocked, or twenty times a day", async () => {
    const stranger = await alice.meet("Mallory", { aliases: "http://bob.example/people/bobby" });
    expect(await follow(bob, stranger)).toBe(false);
    expect(await alice.person(bob)).toMatchObject({ subscribed: "accepted", movedToUri: "", moved: null });
    const shut = await alice.meet("Shut", { aliases: cardOf("Bob").uri });
    await alice.act((tx, now) => block(tx, shut, now));
    expect(await follow(bob, shut)).toBe(false);
    expect(await alice.person(shut)).toMatchObject({ blocked: true, subscribed: "no" });
    expect(await moves()).toEqual([]);
    let from = bob;
    for (let hop = 0; hop < 20; hop++) {
      const to = await alice.meet(`Hop${hop}`, { aliases: (await alice.person(from)).uri });
      expect(await follow(from, to)).toBe(true);
      from = to;
    }
    const last = await alice.meet("Last", { aliases: (await alice.person(from)).uri });
    expect(await follow(from, last)).toBe(false);
    expect((await alice.person(from)).subscribed).toBe("asked");
  });

  test("A29: of somebody muted takes the mute along, for as long, and no further than it was given", async () => {
    const far = { lasting: 7 * DAY, notices: true };
    await alice.act((tx, now) => mute(tx, bob, far, now));
    const before = await alice.store.read.muted.findUniqueOrThrow({ where: { personId: bob } });
    const there = await alice.meet("Robert", { aliases: cardOf("Bob").uri });
    expect(await follow(bob, there)).toBe(true);
    expect(await alice.store.read.muted.findUnique({ where: { personId: there } })).toMatchObject({
      until: before.until,
      notices: true,
    });
    await alice.act((tx) => unmute(tx, there));
    const last = await alice.meet("Bobby", { aliases: cardOf("Robert").uri });
    expect(await follow(there, last)).toBe(true);
    expect(await alice.store.read.muted.count({ where: { personId: last } })).toBe(0);
  });

  test("is shown as unconfirmed while only the old address says so", async () => {
    const there = cardOf("Robert").uri;
    await alice.meet("Bob", { movedToUri: there });
    expect(await alice.person(bob)).toMatchObject({ movedToUri: there, moved: null });
    await alice.meet("Robert", { aliases: cardOf("Bob").uri });
    expect((await alice.person(bob)).moved?.uri).toBe(there);
  });
});

describe("the owner", () => {
  test("names an earlier address, which subscribers learn, and takes it back", async () => {
    const old = await alice.meet("Old");
    await alice.act((tx, now) => addAlias(tx, alice.me, old, now));
    await alice.act((tx, now) => addAlias(tx, alice.me, old, now));
    expect((await moving(alice.store.read, alice.me)).aliases.map(({ person }) => person?.id)).toEqual([old]);
    expect(await alice.jobs("profile")).toHaveLength(1);
    await alice.act((tx, now) => removeAlias(tx, alice.me, cardOf("Old").uri, now));
    expect((await moving(alice.store.read, alice.me)).aliases).toEqual([]);
    const self = alice.act((tx, now) => addAlias(tx, alice.me, alice.me.ownerId, now));
    await expect(self).rejects.toMatchObject({ code: "address-own" });
    for (let n = 0; n < 10; n++) {
      const id = await alice.meet(`Old${n}`);
      await alice.act((tx, now) => addAlias(tx, alice.me, id, now));
    }
    await expect(alice.act((tx, now) => addAlias(tx, alice.me, old, now))).rejects.toMatchObject({
      code: "too-many-addresses",
    });
  });

  test("moves away only to an address that names this one, once in seven days, and can take it back", async () => {
    const away = (id: string) => alice.act((tx, now) => moveAway(tx, alice.me, id, now));
    const stranger = await alice.meet("Stranger");
    await expect(away(stranger)).rejects.toMatchObject({ code: "move-not-named" });
    const there = await alice.meet("There", { aliases: alice.me.ownerUri });
    await away(there);
    expect((await alice.jobs()).map(({ kind, about }) => [kind, about["personId"]])).toEqual([
      ["profile", bob],
      ["move", bob],
    ]);
    expect((await alice.person(alice.me.ownerId)).moved?.id).toBe(there);
    await alice.act((tx, now) => takeMoveBack(tx, alice.me, now));
    expect((await alice.jobs()).map(({ kind }) => kind)).toEqual(["profile"]);
    expect((await alice.person(alice.me.ownerId)).movedToUri).toBe("");
    await expect(away(there)).rejects.toMatchObject({ code: "move-too-soon" });
    alice.clock.now += 7 * DAY;
    await away(there);
    expect(await alice.jobs("move")).toHaveLength(1);
  });
});

test("whoever blocks the owner is parted from them on both sides, without a word", async () => {
  await alice.hear(bob, { html: "<p>before</p>" });
  await alice.act((tx, now) => receiveBlock(tx, alice.me, bob, now));
  expect(await alice.person(bob)).toMatchObject({ subscribed: "no", subscriber: "no", blocked: false });
  expect(await alice.jobs()).toEqual([]);
  expect(await alice.home()).toEqual([]);
  const { items } = await listNotices(alice.store.read, alice.me, { limit: 9 });
  expect(items.filter(({ person }) => person.id === bob)).toEqual([]);
});
