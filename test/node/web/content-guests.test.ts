import { afterEach, beforeEach, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { guestOf } from "../../../src/social/guests/enter.ts";
import { guests } from "../../../src/social/guests/list.ts";
import { noteVisit } from "../../../src/social/guests/visit.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { type Answer, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";
const PAGE = "/people/guests";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

const make = async (name: string) => browser.send(await browser.get(PAGE), PAGE, { name });
const secretOn = ({ text }: Answer) => /\/guest\/([0-9a-f]{40})</.exec(text)?.[1] ?? "";
const onlyGuest = async () => {
  const [first] = (await guests(desk.acting.read, { limit: 9 })).items;
  if (first === undefined) throw new Error("no guest");
  return first;
};
const opens = async (secret: string) => (await guestOf(desk.acting.read, secret)) !== null;

test("without script, a guest is made, and the link is shown this once, as a code too", async () => {
  const made = await make("Oma Ruth");
  expect(made.status).toBe(200);
  expect(made.text).toContain("The link for <bdi>Oma Ruth</bdi>");
  expect(made.text).toContain(`${desk.acting.me.origin}/guest/${secretOn(made)}`);
  expect(made.text).toContain('class="qr"');
  expect(made.text).toContain('data-copy="secret-link"');
  expect(brokenBones(made.text)).toEqual([]);
  expect(await opens(secretOn(made))).toBe(true);
  const { id } = await onlyGuest();
  for (const path of [PAGE, `${PAGE}/${id}`, "/people?q=ruth", "/people"]) {
    const page = await browser.get(path);
    expect(page.text, path).not.toContain(secretOn(made));
    expect(brokenBones(page.text), path).toEqual([]);
  }
});

test("a guest without a name is not made, and what was typed stays", async () => {
  const answer = await make(" ");
  expect(answer.status).toBe(422);
  expect(answer.text).toContain("Type the name people will see.");
  expect((await guests(desk.acting.read, { limit: 9 })).items).toEqual([]);
});

test("the list says when a link was opened and what, and the guest's page says all of it", async () => {
  const { acting } = desk;
  await make("Oma <b>Ruth</b>");
  const { id } = await onlyGuest();
  expect(wordsOfPage((await browser.get(PAGE)).text)).toContain("Oma <b>Ruth</b>Not opened so far");
  const draft = { text: "Plums are ripe", reach: "everyone" as const };
  const postId = await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
  for (const opened of [
    { kind: "profile", postId: "" },
    { kind: "post", postId },
    { kind: "post", postId: "f".repeat(32) },
  ] as const) {
    await acting.transact((tx) => noteVisit(tx, id, opened, acting.now()));
  }
  expect(wordsOfPage((await browser.get(PAGE)).text)).toContain("Last opened now");
  const page = await browser.get(`${PAGE}/${id}`);
  expect(page.text).toContain("Plums are ripe</a>");
  for (const words of ["Your page", "A post that is gone"]) expect(page.text).toContain(words);
  expect(brokenBones(page.text)).toEqual([]);
});

test("a guest is renamed, gets a new link, and the link is ended", async () => {
  const first = secretOn(await make("Ruth"));
  const { id } = await onlyGuest();
  const path = `${PAGE}/${id}`;
  const press = async (what: string, fields: Record<string, string> = {}) =>
    browser.send(await browser.get(path), `${path}/${what}`, fields);
  const empty = await press("rename", { name: "" });
  expect([empty.status, brokenBones(empty.text)]).toEqual([422, []]);
  expect((await browser.follow(await press("rename", { name: "Grandma" }))).text).toContain("Grandma</h1>");
  const second = secretOn(await press("renew"));
  expect([await opens(first), await opens(second)]).toEqual([false, true]);
  const ended = await browser.follow(await press("end"));
  expect(ended.text).toContain("The link opens nothing any more.");
  expect(ended.text).not.toContain(`${path}/end`);
  expect(await opens(second)).toBe(false);
  expect(wordsOfPage((await browser.get(PAGE)).text)).toContain("GrandmaEnded now");
  expect(await opens(secretOn(await press("renew")))).toBe(true);
});

test("a guest has no page of a person, and no button that asks, blocks or reports does anything", async () => {
  await make("Ruth");
  const { id } = await onlyGuest();
  const moved = await browser.get(`/people/${id}`);
  expect([moved.status, moved.headers["location"]]).toEqual([303, `${PAGE}/${id}`]);
  const page = await browser.get(PAGE);
  const token = { form: /name="form" value="([^"]*)"/.exec(page.text)?.[1] ?? "" };
  for (const what of ["subscribe", "accept", "block", "mute"]) {
    expect((await browser.post(`/people/${id}`, { ...token, do: what })).status, what).toBe(400);
    expect((await browser.post(`/requests/${id}`, { ...token, do: what })).status, what).toBe(400);
  }
  expect((await browser.post(`/people/${id}/link`, token)).status).toBe(404);
  expect(await desk.acting.read.job.count()).toBe(0);
  const found = await browser.get("/people?q=ruth");
  expect(found.text).toContain('<span class="tag">Guest</span>');
  expect(found.text).not.toContain("@<");
  for (const odd of ["0".repeat(32), "x", desk.acting.me.ownerId]) {
    expect((await browser.get(`${PAGE}/${odd}`)).status, odd).toBe(404);
    expect((await browser.post(`${PAGE}/${odd}/end`, token)).status, odd).toBe(404);
  }
});

test("a person's own page is asked for by a button, and the link is shown with how long it is good", async () => {
  const mia = await desk.house.meet("mia", ONION);
  const path = `/people/${mia.id}`;
  const url = `http://${ONION}/enter/${"t".repeat(43)}`;
  desk.acting.askForPage = async (id) => {
    desk.asked.push(`askForPage ${id}`);
    return { url, seconds: 300 };
  };
  const page = await browser.get(path);
  expect(wordsOfPage(page.text)).toContain("Open mia’s page in Tor Browser".replace(/[\u2068\u2069]/g, ""));
  const answer = await browser.send(page, `${path}/link`, {});
  expect(desk.asked).toContain(`askForPage ${mia.id}`);
  expect(answer.text).toContain(url);
  expect(answer.text).not.toContain(`href="${url}"`);
  expect(answer.text).toContain("within 5 minutes");
  expect(answer.text).toContain("Tor Browser is needed");
  expect(brokenBones(answer.text)).toEqual([]);
});

test.each([
  ["link-not-now", "Their device is not on right now"],
  ["no-link-given", "Perhaps they do not use TSSOP"],
] as const)("when no link comes (%s), it is said in words", async (code, words) => {
  const mia = await desk.house.meet("mia", ONION);
  const path = `/people/${mia.id}`;
  desk.acting.askForPage = async () => {
    throw new NodeError(code, "no");
  };
  expect((await browser.send(await browser.get(path), `${path}/link`, {})).text).toContain(words);
});

test("nobody is asked for a link who has no node of their own", async () => {
  const ole = await desk.house.meet("ole", "mastodon.example");
  const page = await browser.get(`/people/${ole.id}`);
  expect(page.text).not.toContain("Tor Browser");
});
