import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeAudience } from "../../src/social/audiences/make.ts";
import { putIn } from "../../src/social/audiences/put-in.ts";
import { takeOut } from "../../src/social/audiences/take-out.ts";
import { edit } from "../../src/social/posts/edit.ts";
import { remove } from "../../src/social/posts/remove.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { found, say, subscribe } from "../support/neighbours.ts";

/** Anna's Family are Ben and Cleo, who know nothing of each other; Jonas is left out. */
let world: Fediverse;
let anna: Member;
let ben: Member;
let cleo: Member;
let jonas: Member;
let family: string;
beforeEach(async () => {
  world = await createFediverse();
  [anna, ben, cleo, jonas] = [
    await world.join("Anna"),
    await world.join("Ben"),
    await world.join("Cleo"),
    await world.join("Jonas"),
  ];
  for (const who of [ben, cleo, jonas]) await subscribe(who, anna);
  const { acting } = anna;
  family = await acting.transact((tx) => makeAudience(tx, "Family", acting.now(), acting.random));
  const ids = [await idAt(anna, ben), await idAt(anna, cleo), await idAt(anna, jonas)];
  await acting.transact((tx) => putIn(tx, acting.me, family, ids, acting.now()));
  await say(anna, "Cake at the mill", {
    reach: "chosen",
    audiences: [family],
    without: [await idAt(anna, jonas)],
  });
});
afterEach(() => world[Symbol.asyncDispose]());

async function idAt(where: Member, who: Member): Promise<string> {
  return (await where.federation.lookUp(`@${who.address}`)).personId;
}
const postAt = (who: Member, text: string) =>
  who.store.read.post.findFirst({ where: { html: { contains: text } }, include: { author: true } });
const seen = (who: Member, text: string) => eventually(`${who.name} has “${text}”`, () => postAt(who, text));
const answer = async (who: Member, to: string, text: string) =>
  say(who, text, { replyToId: (await seen(who, to)).id });
const idle = () => Promise.all([anna, ben, cleo, jonas].map(({ runner }) => runner.idle()));

describe("a thread for the family", () => {
  test("is one conversation: who answers reaches all of it, by the device of who began it, and nobody else", async () => {
    await found(ben, "Cake at the mill");
    await answer(ben, "Cake at the mill", "I bring candles");
    const passed = await seen(cleo, "I bring candles");
    expect(passed.author.uri).toBe(ben.uri);
    expect(passed).toMatchObject({ reach: "chosen", inHome: false, passedById: await idAt(cleo, anna) });
    await answer(cleo, "I bring candles", "And I matches");
    expect((await seen(ben, "And I matches")).author.uri).toBe(cleo.uri);
    await answer(anna, "And I matches", "Then all is well");
    await seen(ben, "Then all is well");
    await seen(cleo, "Then all is well");
    await idle();
    expect(await jonas.store.read.post.count()).toBe(0);
    // Ben and Cleo never wrote to each other: only their keys are asked for, which prove who said what.
    for (const [who, other] of [
      [ben, cleo],
      [cleo, ben],
    ] as const) {
      expect(await who.store.read.job.count({ where: { peer: other.host } })).toBe(0);
      expect(await who.store.read.delivery.count({ where: { person: { uri: other.uri } } })).toBe(0);
    }
    expect(await cleo.store.read.notice.count({ where: { person: { uri: ben.uri } } })).toBe(0);
    expect(await ben.store.read.notice.count({ where: { kind: "reply", person: { uri: cleo.uri } } })).toBe(
      1,
    );
  });

  test("follows what is changed and deleted", async () => {
    await answer(ben, "Cake at the mill", "I bring candels");
    const typo = await seen(cleo, "candels");
    const { acting } = ben;
    const own = await seen(ben, "candels");
    await acting.transact((tx) => edit(tx, acting.me, own.id, "I bring candles", "", acting.now()));
    expect((await seen(cleo, "candles")).id).toBe(typo.id);
    await acting.transact((tx) => remove(tx, acting.me, own.id, acting.now()));
    await eventually("it is gone at Cleo’s", async () => (await postAt(cleo, "candles")) === null);
    expect(await postAt(anna, "candles")).toBeNull();
  });

  test("does not go on to whoever was taken out meanwhile", async () => {
    await seen(cleo, "Cake at the mill");
    const { acting } = anna;
    await acting.transact(async (tx) => takeOut(tx, acting.me, family, await idAt(anna, cleo), acting.now()));
    await answer(ben, "Cake at the mill", "Only us now");
    await seen(anna, "Only us now");
    await idle();
    expect(await postAt(cleo, "Only us now")).toBeNull();
  });

  test("waits for the author's key while that is off, and holds up nothing else meanwhile", async () => {
    cleo.turn("off");
    await answer(ben, "Cake at the mill", "I bring candles");
    await seen(anna, "I bring candles");
    await idle();
    ben.turn("off");
    cleo.turn("on");
    anna.runner.wake(cleo.host);
    await eventually("it came to Cleo", async () => (await cleo.store.read.passedAnswer.count()) === 1);
    await say(anna, "And who brings plates?", { reach: "chosen", audiences: [family] });
    await seen(cleo, "And who brings plates?");
    await cleo.runner.idle();
    expect(await postAt(cleo, "I bring candles")).toBeNull();
    ben.turn("on");
    cleo.runner.wake(ben.host);
    await seen(cleo, "I bring candles");
    expect(await cleo.store.read.passedAnswer.count()).toBe(0);
  });

  test("does not tell who answers who else is in it, also when their device refuses who does not say who asks", async () => {
    const signed: string[] = [];
    world.interfere(ben.host, async (request, go) => {
      if (request.method !== "GET" || request.headers.has("Signature")) {
        if (request.method === "GET") signed.push(request.headers.get("Signature") ?? "");
        return go();
      }
      return new Response(null, { status: 401 });
    });
    await answer(ben, "Cake at the mill", "I bring candles");
    await eventually("it came to Cleo and was forgotten", async () => {
      const asked = world.requests.some((line) => line === `GET ${ben.host} ${new URL(ben.uri).pathname}`);
      return asked && (await cleo.store.read.job.count({ where: { kind: "check-passed" } })) === 0;
    });
    await idle();
    expect(signed.filter((one) => one.includes(cleo.host))).toEqual([]);
    expect(await postAt(cleo, "I bring candles")).toBeNull();
  });

  test("is closed to answers where somebody wants none, also by those it is passed on to", async () => {
    const none = { reach: "me", people: [], audiences: [], without: [] };
    const { id } = await seen(ben, "Cake at the mill");
    await say(ben, "Surprise, so no answers", { replyToId: id, answerable: none });
    const passed = await seen(cleo, "Surprise, so no answers");
    await expect(say(cleo, "But", { replyToId: passed.id })).rejects.toMatchObject({
      code: "answers-closed",
    });
  });
});
