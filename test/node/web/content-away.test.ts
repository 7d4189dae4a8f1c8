import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { askForMissed, comeBack, noteUp } from "../../../src/federation/outbox/absence.ts";
import { systemRandom } from "../../../src/lib/ids.ts";
import { acceptRequest } from "../../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../../src/social/subscriptions/ask.ts";
import { requestAccepted } from "../../../src/social/subscriptions/request-accepted.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

const PATH = "/settings/away";
const DAY = 24 * 60 * 60 * 1000;
const chosen = (text: string) => /<input[^>]*name="hello"[^>]*checked[^>]*>/.exec(text)?.[0] ?? "";

async function choose(hello: "yes" | "no"): Promise<string> {
  const after = await browser.follow(await browser.send(await browser.get(PATH), PATH, { hello }));
  expect(wordsOfPage(after.text)).toContain("Saved");
  return after.text;
}

/** Hellos that go out when the device is back after two days. */
async function helloes(): Promise<number> {
  const { store, acting } = desk.house;
  const now = acting.now() + 10 * DAY;
  await noteUp(store, now);
  await comeBack(store, { ownerId: acting.me.ownerId, now: now + 2 * DAY, random: systemRandom });
  return store.read.job.count({ where: { kind: "profile" } });
}

describe("after an absence", () => {
  beforeEach(async () => {
    const { acting } = desk.house;
    const mia = await desk.house.meet("mia", "mia.example");
    await desk.house.isAsked(mia);
    await acting.transact((tx) => acceptRequest(tx, acting.me, mia.id, acting.now()));
  });

  test("others are told, until the owner says otherwise", async () => {
    const { text } = await browser.get(PATH);
    expect(chosen(text)).toContain('value="yes"');
    expect(brokenBones(text)).toEqual([]);
    expect(await helloes()).toBe(1);
  });

  test("nobody is told when the owner chose so, and the choice is kept", async () => {
    expect(chosen(await choose("no"))).toContain('value="no"');
    expect(chosen((await browser.get(PATH)).text)).toContain('value="no"');
    expect(await helloes()).toBe(0);
  });

  test("the choice can be taken back", async () => {
    await choose("no");
    expect(chosen(await choose("yes"))).toContain('value="yes"');
    expect(await helloes()).toBe(1);
  });
});

describe("looking for what was missed", () => {
  const look = async () => {
    const page = await browser.get(PATH);
    return wordsOfPage((await browser.follow(await browser.send(page, `${PATH}/missed`, {}))).text);
  };

  test.each([
    [0, "Everybody has been asked already."],
    [1, "1 person is asked."],
    [12, "12 people are asked."],
  ])("says how many are asked: %i", async (count, words) => {
    desk.acting.catchUp = async () => count;
    expect(await look()).toContain(words);
  });

  test("asks each of those subscribed to once, and shows how many are left", async () => {
    const { acting, store } = desk.house;
    for (const handle of ["mia", "otto"]) {
      const { id } = await desk.house.meet(handle, `${handle}.example`);
      await acting.transact(async (tx) => {
        await tx.person.update({ where: { id }, data: { outboxUri: `http://${handle}.example/outbox` } });
        await askToSubscribe(tx, acting.me, id, acting.now());
        await requestAccepted(tx, acting.me, id, acting.now());
      });
    }
    desk.acting.catchUp = () => acting.transact((tx) => askForMissed(tx, acting.me.ownerId, acting.now()));
    expect(wordsOfPage((await browser.get(PATH)).text)).not.toContain("Catching up");
    const first = await look();
    expect(first).toContain("2 people are asked.");
    expect(first).toContain("Catching up: 2 people are still to be asked");
    expect(await look()).toContain("Everybody has been asked already.");
    const [done] = await store.read.job.findMany({ where: { kind: "catch-up" } });
    await acting.transact((tx) => tx.job.deleteMany({ where: { id: done?.id ?? "" } }));
    expect(wordsOfPage((await browser.get(PATH)).text)).toContain(
      "Catching up: 1 person is still to be asked",
    );
  });
});
