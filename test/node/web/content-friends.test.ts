import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { receiveIntroduction } from "../../../src/social/friends/receive-introduction.ts";
import { receiveOffer } from "../../../src/social/friends/receive-offer.ts";
import { personById } from "../../../src/social/people/find.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { requestAccepted } from "../../../src/social/subscriptions/request-accepted.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";
const OTHER = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let mia: PersonView;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = await desk.house.meet("mia", ONION);
});
afterEach(() => desk[Symbol.asyncDispose]());

const page = async (person = mia) => {
  const got = await browser.get(`/people/${person.id}`);
  expect(got.status).toBe(200);
  expect(brokenBones(got.text)).toEqual([]);
  return got;
};
const press = async (what: string, more: Record<string, string> = {}, person = mia) =>
  browser.follow(await browser.send(await page(person), `/people/${person.id}`, { do: what, ...more }));
const friend = async (person = mia) => (await personById(desk.acting.read, person.id))?.friend ?? null;
const isFriendly = (person = mia) =>
  desk.acting.transact((tx) => tx.person.update({ where: { id: person.id }, data: { friendly: true } }));
const offers = (words: string, person = mia) =>
  desk.acting.transact((tx) =>
    receiveOffer(tx, desk.acting.me, person.id, { uri: `${person.uri}#offer`, words }, desk.acting.now()),
  );
async function befriend(person = mia): Promise<void> {
  await isFriendly(person);
  await offers("", person);
  await press("friend-accept", {}, person);
}

describe("on a person's page", () => {
  test("they are asked with some words, and the question is taken back", async () => {
    await isFriendly();
    expect((await page()).text).toContain('maxlength="300"');
    const asked = await press("friend-ask", { words: "<b>hello</b> from the lake" });
    expect(wordsOfPage(asked.text)).toContain("You asked to be friends");
    expect(asked.text).toContain("&lt;b>hello&lt;/b> from the lake");
    expect(brokenBones(asked.text)).toEqual([]);
    await press("friend-withdraw");
    expect(await friend()).toBeNull();
  });

  test("their question stands with its words, and is answered with yes or without a word", async () => {
    await offers("<i>We met</i>");
    const { text } = await page();
    expect(text).toContain("&lt;i>We met&lt;/i>");
    expect(wordsOfPage(text)).toContain("Nobody is told when you decline.");
    await press("friend-decline");
    expect(await friend()).toBeNull();
    await offers("Again");
    const yes = await press("friend-accept");
    expect(wordsOfPage(yes.text)).toMatch(/Friends\s*since .* agreed by both/);
    expect(wordsOfPage((await browser.get("/people?tab=friends")).text)).toContain("mia");
    await press("friend-end");
    expect(await friend()).toBeNull();
    expect((await browser.get("/people?tab=friends")).text).toContain('class="card empty"');
  });

  test("a friend's role is chosen, with what it means", async () => {
    await befriend();
    expect((await page()).text).toMatch(/<option value="friend" selected/);
    const kept = await press("friend-role", { role: "acquaintance" });
    expect(await friend()).toMatchObject({ role: "acquaintance" });
    expect(wordsOfPage(kept.text)).toContain("does not share or quote");
    expect(wordsOfPage(kept.text)).toContain("Nobody is told.");
    expect(
      (await browser.send(await page(), `/people/${mia.id}`, { do: "friend-role", role: "x" })).status,
    ).toBe(400);
  });

  test("who cannot be asked is confirmed once both subscribe, and the page says what holds", async () => {
    expect(wordsOfPage((await page()).text)).toContain("Once you subscribe to each other");
    expect((await page()).text).not.toContain('value="friend-confirm"');
    await desk.house.isAsked(mia);
    await press("accept");
    await press("subscribe");
    await desk.acting.transact((tx) => requestAccepted(tx, desk.acting.me, mia.id, desk.acting.now()));
    const confirmed = await press("friend-confirm");
    expect(wordsOfPage(confirmed.text)).toContain("confirmed by you");
    expect(confirmed.text).not.toContain("/introduce");
    expect((await browser.get(`/people/${mia.id}/introduce`)).status).toBe(404);
  });
});

test("a request stands at the gate with its words, counts once, and is answered apart from the subscription", async () => {
  await desk.house.isAsked(mia);
  await offers("hello <b>there</b>");
  expect((await browser.get("/people")).text).toMatch(/href="\/requests".*?class="n".*?1/s);
  const gate = await browser.get("/requests");
  expect(brokenBones(gate.text)).toEqual([]);
  expect(gate.text).toContain("hello &lt;b>there&lt;/b>");
  expect(wordsOfPage(gate.text)).toContain("Would like to be friends");
  const after = await browser.follow(
    await browser.send(gate, `/requests/${mia.id}`, { do: "friend-accept" }),
  );
  expect(wordsOfPage(after.text)).toContain("You and mia are friends.");
  expect(wordsOfPage(after.text)).toContain("Would like to subscribe to you");
  expect(await personById(desk.acting.read, mia.id)).toMatchObject({
    ...{ subscriber: "asked", friend: { state: "friends" } },
  });
});

test("notices tell of a request, of a yes and of an introduction, and lead there", async () => {
  await desk.house.welcome(mia);
  await offers("hello");
  const first = await browser.get("/notices");
  expect(first.text).toContain('href="/requests">would like to be friends</a>');
  await press("friend-accept");
  const { acting } = desk;
  await acting.transact((tx) =>
    receiveIntroduction(
      tx,
      acting.me,
      { byId: mia.id, uri: `http://${OTHER}/people/nora`, host: OTHER, words: "You both row." },
      acting.now(),
    ),
  );
  const second = await browser.get("/notices");
  expect(brokenBones(second.text)).toEqual([]);
  expect(wordsOfPage(second.text)).toContain("mia introduces somebody to you: nora");
  const [, id = ""] = /href="\/people\/(\w+)">introduces/.exec(second.text) ?? [];
  const nora = await browser.get(`/people/${id}`);
  expect(wordsOfPage(nora.text)).toContain("mia introduced you");
  expect(wordsOfPage(nora.text)).toContain("You both row.");
});

test("a friend is introduced to another, who is chosen from the friends", async () => {
  const nora = await desk.house.meet("nora", OTHER);
  await befriend();
  const path = `/people/${mia.id}/introduce`;
  expect(wordsOfPage((await browser.get(path)).text)).toContain("no other friend");
  await befriend(nora);
  expect((await page()).text).toContain(path);
  const form = await browser.get(path);
  expect(brokenBones(form.text)).toEqual([]);
  expect(form.text).toContain(`value="${nora.id}"`);
  expect(form.text).not.toContain(`value="${mia.id}"`);
  const wrong = await browser.send(form, path, { words: "keep this" });
  expect([wrong.status, wrong.text.includes("keep this")]).toEqual([422, true]);
  const done = await browser.follow(await browser.send(form, path, { to: nora.id, words: "Meet" }));
  expect(wordsOfPage(done.text)).toContain("mia and nora are being told.");
  expect(await desk.acting.read.job.count({ where: { kind: "introduce" } })).toBe(2);
  expect((await browser.send(form, path, { to: mia.id })).status).not.toBe(303);
});
