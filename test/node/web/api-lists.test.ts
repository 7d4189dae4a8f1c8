import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type House, openHouse } from "../../support/api-house.ts";

let house: House;
let app: ReturnType<Desk["as"]>;
let bert: PersonView;
let own: string[];
let heard: string[];

type Item = { id: string; type?: string };

/** Twelve posts of the owner, every third a reply; seven of Bert that name her; two people who ask. */
beforeAll(async () => {
  house = await openHouse("Anna");
  const desk = openDesk(house.acting);
  app = desk.as(await desk.token());
  own = [];
  for (let n = 0; n < 12; n++) {
    const reply = n % 3 === 2 ? { in_reply_to_id: own.at(-1) } : {};
    const { body } = await app
      .post("/api/v1/statuses")
      .send({ status: `post ${n}`, ...reply })
      .expect(200);
    own.push(body.id);
  }
  bert = await house.meet("bert", `${"b".repeat(56)}.onion`);
  heard = [];
  for (let n = 0; n < 7; n++) heard.push(await house.hear(bert, { html: `<p>${n}</p>`, mentionsMe: true }));
  await house.welcome(bert);
  await house.isAsked(bert);
  const carla = await house.meet("carla", `${"c".repeat(56)}.onion`);
  await house.welcome(carla);
  await house.isAsked(carla);
});
afterAll(() => house[Symbol.asyncDispose]());

/** Follows the Link headers as an app does. */
async function walk(path: string, rel: "next" | "prev"): Promise<Item[][]> {
  const pages: Item[][] = [];
  for (let next: string | undefined = path; next !== undefined && pages.length < 60; ) {
    const answer = await app.get(next).expect(200);
    pages.push(answer.body);
    if (rel === "prev" && answer.body.length === 0) break;
    const link: string = answer.headers["link"] ?? "";
    const found: string | undefined = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(link)?.[1];
    if (found !== undefined) expect(found).toMatch(/^http:\/\/127\.0\.0\.1:7777\/api\//);
    next = found === undefined ? undefined : found.slice("http://127.0.0.1:7777".length);
  }
  return pages;
}

const ids = (items: Item[]) => items.map((item) => item.id);
const newestFirst = (list: string[]) => list.toSorted().toReversed();

test("paging the home timeline down and up covers everything exactly once, newest first", async () => {
  const all = newestFirst([...own, ...heard]);
  for (const limit of [1, 4, 5, 40]) {
    const down = await walk(`/api/v1/timelines/home?limit=${limit}`, "next");
    expect(ids(down.flat())).toEqual(all);
    const up = await walk(`/api/v1/timelines/home?limit=${limit}&min_id=0`, "prev");
    expect(ids(up.toReversed().flat())).toEqual(all);
  }
});

test("since_id is the newest above it, min_id the next above it, max_id what lies below", async () => {
  const all = newestFirst([...own, ...heard]);
  const get = async (query: string) =>
    ids((await app.get(`/api/v1/timelines/home?${query}`).expect(200)).body);
  expect(await get(`limit=3&since_id=${all[8]}`)).toEqual(all.slice(0, 3));
  expect(await get(`limit=3&min_id=${all[8]}`)).toEqual(all.slice(5, 8));
  expect(await get(`limit=3&max_id=${all[8]}`)).toEqual(all.slice(9, 12));
  expect(await get(`since_id=${all[2]}`)).toEqual(all.slice(0, 2));
});

test("a person's page shows their posts only, without replies if asked, page by page", async () => {
  const { body: me } = await app.get("/api/v1/accounts/verify_credentials");
  const withReplies = await walk(`/api/v1/accounts/${me.id}/statuses?limit=5`, "next");
  expect(ids(withReplies.flat())).toEqual(newestFirst(own));
  const without = await walk(`/api/v1/accounts/${me.id}/statuses?limit=3&exclude_replies=true`, "next");
  expect(ids(without.flat())).toEqual(newestFirst(own.filter((_, n) => n % 3 !== 2)));
  expect(without[0]).toHaveLength(3);
  const theirs = await walk(`/api/v1/accounts/${bert.sortKey}/statuses`, "next");
  expect(ids(theirs.flat())).toEqual(newestFirst(heard));
  expect((await app.get(`/api/v1/accounts/${me.id}/statuses?pinned=true`).expect(200)).body).toEqual([]);
});

test("notifications are mentions, follows and requests, paged and filtered without a gap", async () => {
  const all = (await walk("/api/v1/notifications?limit=2", "next")).flat();
  expect(all.filter((one) => one.type === "mention")).toHaveLength(7);
  expect(all.filter((one) => one.type === "follow_request")).toHaveLength(2);
  expect(ids(all)).toEqual(newestFirst(ids(all)));
  expect(new Set(ids(all)).size).toBe(9);
  const requests = (await walk("/api/v1/notifications?limit=1&types[]=follow_request", "next")).flat();
  expect(requests.map((one) => one.type)).toEqual(["follow_request", "follow_request"]);
  const rest = (await walk("/api/v1/notifications?limit=2&exclude_types[]=mention", "next")).flat();
  expect(ids(rest)).toEqual(ids(requests));
});

test("one notification is found by its id, with the post it is about", async () => {
  const { body: list } = await app.get("/api/v1/notifications?types[]=mention&limit=3");
  const { body } = await app.get(`/api/v1/notifications/${list[1].id}`).expect(200);
  expect(body).toEqual(list[1]);
  expect(body).toMatchObject({
    account: { acct: bert.address },
    status: { content: expect.any(String), mentions: [{ acct: house.acting.me.handle }] },
    created_at: expect.any(String),
  });
  await app.get("/api/v1/notifications/1").expect(404);
});

test("clearing marks all as read", async () => {
  const unread = async () => (await app.get("/api/v1/notifications/unread_count").expect(200)).body.count;
  expect(await unread()).toBeGreaterThan(0);
  await app.post("/api/v1/notifications/clear").expect(200);
  expect(await unread()).toBe(0);
});

test("the public timeline holds what the owner shows everybody, and nothing of others", async () => {
  await app.post("/api/v1/statuses").send({ status: "private", visibility: "private" }).expect(200);
  const shown = (await walk("/api/v1/timelines/public?limit=5&local=true", "next")).flat();
  expect(ids(shown)).toEqual(newestFirst(own));
});

test("lists that a node does not have are empty lists", async () => {
  for (const path of ["custom_emojis", "filters", "lists", "mutes", "bookmarks", "announcements"]) {
    expect((await app.get(`/api/v1/${path}`).expect(200)).body).toEqual([]);
  }
  expect((await app.get("/api/v1/preferences").expect(200)).body).toHaveProperty(
    "posting:default:visibility",
  );
});
