import { afterEach, beforeEach, expect, test } from "vitest";
import { keepKnock } from "../../../src/social/gate/knock.ts";
import { personById } from "../../../src/social/people/find.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";

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

const gate = () => browser.get("/requests");
const press = async (what: string) =>
  browser.follow(await browser.send(await gate(), `/requests/${mia.id}`, { do: what }));
const write = (personId: string, words: string) =>
  desk.acting.transact((tx) => keepKnock(tx, { personId, activity: "{}", words }, desk.acting.now()));
const now = async () => {
  const person = await personById(desk.acting.read, mia.id);
  if (person === null) throw new Error("nobody");
  return person;
};

test("a request waits on the gate's page until it is accepted", async () => {
  await desk.house.isAsked(mia);
  const page = await gate();
  expect(wordsOfPage(page.text)).toContain("Would like to subscribe to you");
  expect(brokenBones(page.text)).toEqual([]);
  expect((await browser.get("/people")).text).toMatch(/href="\/requests".*?class="n".*?1/s);
  expect((await browser.get("/people/requests")).headers["location"]).toBe("/requests");
  expect((await press("accept")).text).toContain("Nobody is waiting.");
  expect(await now()).toMatchObject({ subscriber: "accepted", blocked: false });
});

test("A30: what somebody unknown wrote stands there as words only, 500 letters first, with no picture", async () => {
  await write(mia.id, `<b>hello</b> <img src=x> ${"a".repeat(600)} end`);
  const { text } = await gate();
  expect(brokenBones(text)).toEqual([]);
  expect(text).toContain("&lt;b>hello&lt;/b>");
  expect(text).not.toContain("<img");
  const [first = "", whole = ""] = [...text.matchAll(/<p class="hello"[^>]*>(.*?)<\/p>/gs)].map(
    ([, words = ""]) => words,
  );
  expect(first).not.toContain("end");
  expect(whole).toContain("end");
  expect(wordsOfPage(text)).toContain("Show it all");
});

test("accepting what was written welcomes them and leaves the rest to the queue", async () => {
  await write(mia.id, "hello");
  await press("accept");
  expect(await desk.acting.read.welcome.count({ where: { personId: mia.id } })).toBe(1);
  expect(await desk.acting.read.job.count({ where: { kind: "let-in" } })).toBe(1);
  expect(await now()).toMatchObject({ subscriber: "no" });
});

test("declining drops it, blocking does so for good", async () => {
  await write(mia.id, "hello");
  await press("decline");
  expect(await desk.acting.read.knock.count()).toBe(0);
  expect(await desk.acting.read.job.count()).toBe(0);
  await write(mia.id, "hello again");
  await press("block");
  expect(await desk.acting.read.knock.count()).toBe(0);
  expect(await now()).toMatchObject({ blocked: true });
});

test("a whole address is blocked, stands among the blocked, and is let in again", async () => {
  await write(mia.id, "hello");
  await press("block-host");
  expect(await now()).toMatchObject({ blocked: true });
  const list = await browser.get("/people?tab=blocked");
  expect(wordsOfPage(list.text)).toContain(ONION);
  expect(brokenBones(list.text)).toEqual([]);
  await browser.send(list, "/people/hosts/unblock", { host: ONION });
  expect(await now()).toMatchObject({ blocked: false });
});

test("all are declined at once", async () => {
  await write(mia.id, "hello");
  await desk.house.isAsked(await desk.house.meet("kim", ONION));
  const after = await browser.follow(await browser.send(await gate(), "/requests/decline-all", {}));
  expect(wordsOfPage(after.text)).toContain("Declined: 2 people.");
  expect(after.text).toContain("Nobody is waiting.");
});

test("no button does what no button says", async () => {
  await write(mia.id, "hello");
  for (const odd of ["promote", "constructor", ""]) expect((await press(odd)).status, odd).toBe(400);
});

test("an invitation is shown once, with its code; only its mark is kept", async () => {
  const page = await browser.get("/connect");
  const made = await browser.send(page, "/connect/invite", {});
  const token = /\?invite=([0-9a-f]{32})/.exec(made.text)?.[1] ?? "";
  expect(token).not.toBe("");
  expect(made.text).toContain("<svg");
  expect(brokenBones(made.text)).toEqual([]);
  const kept = await desk.acting.read.invite.findMany();
  expect(kept).toHaveLength(1);
  expect(JSON.stringify(kept)).not.toContain(token);
});
