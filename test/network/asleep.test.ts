import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { momentOf } from "../../src/federation/outbox/queries.ts";
import { idOf } from "../../src/lib/ids.ts";
import { changeSetting } from "../../src/social/settings/settings.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { besiege } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { ask, found, homeOf, say, subscribe } from "../support/neighbours.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let fediverse: Fediverse;
let anna: Member;
let ben: Member;

beforeEach(async () => {
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
});
afterEach(() => fediverse[Symbol.asyncDispose]());

const texts = async (who: Member) => (await homeOf(who)).map(({ html }) => html.replace(/<[^>]+>/g, ""));
const waits = (who: Member) => who.store.read.job.count();
const quiet = (who: Member) =>
  eventually(`nothing waits at ${who.name}`, async () => (await waits(who)) === 0);
const settled = (who: Member) => who.runner.idle();

describe("ten days asleep", () => {
  test("a node has every post it missed, its subscribers have all that it had queued, and nothing is there twice", async () => {
    await subscribe(ben, anna);
    await subscribe(anna, ben);
    // Ben writes while Anna is off and goes off before she is back; Anna wrote before she went, while Ben was off.
    ben.turn("off");
    for (let n = 0; n < 3; n++) await say(anna, `Anna before ${n}.`);
    await settled(anna);
    await anna.federation.noteUp(Date.now() + fediverse.later);
    anna.turn("off");
    ben.turn("on");
    for (let day = 0; day < 10; day++) {
      fediverse.later += DAY;
      await say(ben, `Ben on day ${day}.`);
      await ben.federation.noteUp(Date.now() + fediverse.later);
      ben.runner.resume();
      await settled(ben);
    }
    anna.turn("on");
    await anna.federation.comeBack(Date.now() + fediverse.later);
    anna.runner.wake();
    ben.runner.wake();
    await quiet(ben);
    await eventually("Ben has what Anna wrote", async () => (await texts(ben)).includes("Anna before 2."));
    const missed = Array.from({ length: 10 }, (_, day) => `Ben on day ${day}.`);
    await eventually("Anna has what Ben wrote", async () => {
      const there = await texts(anna);
      return missed.every((text) => there.includes(text));
    });
    const [atAnna, atBen] = [await texts(anna), await texts(ben)];
    for (const text of missed) expect(atAnna.filter((one) => one === text)).toHaveLength(1);
    for (let n = 0; n < 3; n++) expect(atBen.filter((one) => one === `Anna before ${n}.`)).toHaveLength(1);
    expect(atAnna).toHaveLength(13);
    expect(atBen).toHaveLength(13);
  });

  test("what was never queued for it, because the other had given up, comes by the outbox, in order and without bells", async () => {
    await subscribe(anna, ben);
    await anna.federation.noteUp(Date.now() + fediverse.later);
    anna.turn("off");
    for (let n = 0; n < 45; n++) await say(ben, `Missed ${n}.`);
    await settled(ben);
    await ben.store.transact((tx) => tx.job.deleteMany());
    fediverse.later += 3 * DAY;
    anna.turn("on");
    await anna.federation.comeBack(Date.now() + fediverse.later);
    await eventually("all of it is there", async () => (await anna.store.read.post.count()) === 45);
    expect((await texts(anna))[0]).toBe("Missed 44.");
    expect(await anna.store.read.notice.count({ where: { kind: { not: "accepted" } } })).toBe(0);
    await anna.federation.catchUp(Date.now() + fediverse.later);
    await eventually(
      "all is read once more",
      async () => (await anna.store.read.job.count({ where: { kind: "catch-up" } })) === 0,
    );
    expect(await anna.store.read.post.count()).toBe(45);
  });
});

describe("what was missed is read to where it begins", () => {
  async function missing(): Promise<void> {
    await subscribe(anna, ben);
    await say(ben, "Before.");
    await found(anna, "Before.");
    await anna.federation.noteUp(Date.now() + fediverse.later);
    fediverse.later += MINUTE;
    anna.turn("off");
    for (let n = 0; n < 3; n++) await say(ben, `Missed ${n}.`);
    await settled(ben);
    await ben.store.transact((tx) => tx.job.deleteMany());
    fediverse.later += 3 * DAY;
    anna.turn("on");
  }
  const comesBack = async () => {
    await anna.federation.comeBack(Date.now() + fediverse.later);
    await settled(anna);
    await eventually(
      "it was read",
      async () => (await anna.store.read.job.count({ where: { kind: "catch-up" } })) === 0,
    );
  };
  const all = ["Live.", "Missed 2.", "Missed 1.", "Missed 0.", "Before."];

  test("though something newer was delivered before it was read", async () => {
    await missing();
    await say(ben, "Live.");
    ben.runner.wake();
    await found(anna, "Live.");
    await comesBack();
    expect(await texts(anna)).toEqual(all);
  });

  test("and what was read once is not read again", async () => {
    await missing();
    await say(ben, "Live.");
    ben.runner.wake();
    await found(anna, "Live.");
    await comesBack();
    await anna.store.transact((tx) => tx.post.deleteMany({ where: { html: { contains: "Missed 0" } } }));
    fediverse.later += 2 * DAY;
    await comesBack();
    expect(await texts(anna)).toEqual(all.filter((text) => text !== "Missed 0."));
  });
});

test("two nodes that are on in turns, twenty minutes a day together, subscribe and read each other", async () => {
  ben.turn("on");
  const benId = await ask(anna, ben);
  expect(benId).not.toBe("");
  anna.turn("off");
  const together = async (doing: () => Promise<unknown>) => {
    anna.turn("on");
    ben.turn("on");
    anna.runner.wake();
    ben.runner.wake();
    await doing();
    fediverse.later += 20 * MINUTE;
  };
  const alone = async (who: Member, other: Member, doing: () => Promise<unknown>) => {
    other.turn("off");
    who.turn("on");
    await doing();
    who.runner.wake();
    await settled(who);
    fediverse.later += 11 * HOUR + 50 * MINUTE;
  };
  for (let day = 0; day < 5; day++) {
    await together(async () => {
      if (day === 0) await subscribe(anna, ben);
      if (day === 1) await subscribe(ben, anna);
      for (let before = 1; before < day; before++) {
        await found(ben, `Anna alone on day ${before}.`);
        await found(anna, `Ben alone on day ${before}.`);
      }
    });
    await alone(anna, ben, () => say(anna, `Anna alone on day ${day}.`));
    await alone(ben, anna, () => say(ben, `Ben alone on day ${day}.`));
  }
  await together(() => Promise.all([found(anna, "Ben alone on day 4."), found(ben, "Anna alone on day 4.")]));
  for (const who of [anna, ben]) {
    const all = await texts(who);
    expect(new Set(all).size).toBe(all.length);
  }
});

describe("coming back", () => {
  const helloes = (who: Member) => who.store.read.job.findMany({ where: { kind: "profile" } });

  test("after more than a day away one person at each host is told, within an hour, and not before", async () => {
    await subscribe(ben, anna);
    anna.runner.pause();
    const now = Date.now();
    await anna.federation.noteUp(now);
    await anna.federation.comeBack(now + 23 * HOUR);
    expect(await helloes(anna)).toEqual([]);
    await anna.federation.comeBack(now + 23 * HOUR + 25 * HOUR);
    const [job, ...others] = await helloes(anna);
    expect(others).toEqual([]);
    expect(JSON.parse(job?.about ?? "{}")).toEqual({ personId: idOf(ben.uri) });
    const at = await anna.store.read.jobTry.findUnique({ where: { jobId: job?.id ?? "" } });
    const wait = (at?.nextAt.getTime() ?? 0) - (now + 48 * HOUR);
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(wait).toBeLessThanOrEqual(HOUR);
  });

  test("nobody is told when the owner does not want it, nor at the first start", async () => {
    await subscribe(ben, anna);
    anna.runner.pause();
    await anna.federation.comeBack(Date.now());
    expect(await helloes(anna)).toEqual([]);
    await anna.store.transact((tx) => changeSetting(tx, "hello", "no"));
    await anna.federation.comeBack(Date.now() + 3 * DAY);
    expect(await helloes(anna)).toEqual([]);
    expect(await momentOf(anna.store.read, "up")).toBeGreaterThan(Date.now() + 2 * DAY);
  });
});

describe("nobody there any more", () => {
  async function saysGone(peerSays: number, actorToo: boolean) {
    const at = await besiege();
    const { anna: owner, friend } = at;
    await at.send(friend, at.activity(friend, "Follow", owner.uri));
    const { subscriberId } = await owner.store.read.subscription.findFirstOrThrow({
      where: { personId: owner.acting.me.ownerId },
    });
    await owner.acting.transact((tx) => acceptRequest(tx, owner.acting.me, subscriberId, owner.acting.now()));
    await quiet(owner);
    friend.answers.push(...Array.from({ length: 50 }, () => peerSays));
    if (actorToo) friend.documents.delete(new URL(friend.uri).pathname);
    const id = await say(owner, "Is anybody there?");
    await settled(owner);
    const state = async () =>
      (await owner.store.read.delivery.findFirstOrThrow({ where: { postId: id } })) as {
        state: string;
        why: string;
      };
    return { at, owner, friend, subscriberId, state };
  }

  test.each([404, 410])(
    "%i at the inbox and at the person, a day apart: nothing more is sent until they are heard of",
    async (status) => {
      const { at, owner, friend, subscriberId, state } = await saysGone(status, true);
      await using _ = at;
      expect(await state()).toMatchObject({ state: "waiting" });
      expect(await owner.store.read.moment.count({ where: { name: { startsWith: "gone " } } })).toBe(1);
      at.fediverse.later += 25 * HOUR;
      owner.runner.wake();
      await eventually("it is given up", async () => (await state()).state === "stopped");
      expect(await state()).toMatchObject({ why: "gone" });
      const before = await owner.store.read.delivery.count();
      await say(owner, "Not for them");
      expect(await owner.store.read.delivery.count()).toBe(before);
      expect((await owner.store.read.person.findUniqueOrThrow({ where: { id: subscriberId } })).gone).toBe(
        true,
      );
      expect(friend.received.length).toBeGreaterThan(0);
    },
  );

  test("an inbox that says so while the person is there is tried on", async () => {
    const { at, owner, state } = await saysGone(404, false);
    await using _ = at;
    at.fediverse.later += 25 * HOUR;
    owner.runner.wake();
    await settled(owner);
    expect(await state()).toMatchObject({ state: "waiting" });
  });
});
