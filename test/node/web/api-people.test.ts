import { afterAll, beforeAll, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type House, openHouse } from "../../support/api-house.ts";

const BERT = `${"b".repeat(56)}.onion`;
const CARLA = `${"c".repeat(56)}.onion`;
const OFF = `${"f".repeat(56)}.onion`;

let house: House;
let app: ReturnType<Desk["as"]>;
let bert: PersonView;
const asked: string[] = [];

beforeAll(async () => {
  house = await openHouse("Anna");
  bert = await house.meet("bert", BERT);
  const desk = openDesk(house.acting, {
    lookUp: async (address) => {
      asked.push(address);
      if (address.includes(OFF)) throw new NodeError("peer-off", "off");
      if (!address.includes(CARLA)) throw new NodeError("person-not-found", "nobody");
      return { personId: (await house.meet("carla", CARLA)).id };
    },
    lookUpPost: async (address) => {
      asked.push(address);
      return null;
    },
  });
  app = desk.as(await desk.token());
});
afterAll(() => house[Symbol.asyncDispose]());

const relation = async (id: string) =>
  (
    await app
      .get("/api/v1/accounts/relationships")
      .query({ "id[]": [id] })
      .expect(200)
  ).body[0];

test("verify_credentials is the owner, with a source", async () => {
  const { body } = await app.get("/api/v1/accounts/verify_credentials").expect(200);
  expect(body).toMatchObject({
    id: expect.stringMatching(/^\d{21}$/),
    acct: house.acting.me.handle,
    display_name: "Anna",
    url: expect.stringContaining(house.acting.me.onion),
    avatar: expect.stringMatching(/^http:\/\/127\.0\.0\.1:7777\//),
    source: { note: "", privacy: "public", fields: [], follow_requests_count: 0 },
    emojis: [],
    fields: [],
  });
});

test("lookup knows the owner by handle and others by address, and asks nobody", async () => {
  asked.length = 0;
  const find = (acct: string) => app.get("/api/v1/accounts/lookup").query({ acct });
  expect((await find(house.acting.me.handle).expect(200)).body.display_name).toBe("Anna");
  expect((await find(`@${bert.address.toUpperCase()}`).expect(200)).body.id).toBe(bert.sortKey);
  await find(`nobody@${CARLA}`).expect(404);
  await find("").expect(404);
  expect(asked).toEqual([]);
});

test("an account that is not there is 404, whatever the id looks like", async () => {
  for (const id of ["1", "x", `${"9".repeat(21)}`, "..", "%00"]) {
    expect((await app.get(`/api/v1/accounts/${id}`)).status).toBe(404);
  }
});

test("search with resolve asks the network only for addresses not known yet", async () => {
  const search = async (q: string) =>
    (await app.get("/api/v2/search").query({ q, resolve: "True", type: "accounts" }).expect(200)).body;
  asked.length = 0;
  expect((await search(`@${bert.address}`)).accounts[0].id).toBe(bert.sortKey);
  expect((await search(bert.uri)).accounts[0].id).toBe(bert.sortKey);
  expect((await search(house.acting.me.handle)).accounts[0].acct).toBe(house.acting.me.handle);
  expect((await search("bert")).accounts).toHaveLength(1);
  expect(asked).toEqual([]);
  expect((await search(`carla@${CARLA}`)).accounts[0].acct).toBe(`carla@${CARLA}`);
  expect(await search(`nobody@${"d".repeat(56)}.onion`)).toEqual({
    accounts: [],
    statuses: [],
    hashtags: [],
  });
  expect(asked).toHaveLength(2);
});

test("without resolve nobody is asked, and an app that is typing sends nothing out", async () => {
  asked.length = 0;
  await app
    .get("/api/v2/search")
    .query({ q: `new@${OFF}` })
    .expect(200);
  await app.get("/api/v2/search").query({ q: "new@ab", resolve: "true" }).expect(200);
  await app.get("/api/v1/accounts/search").query({ q: "http", resolve: "true" }).expect(200);
  expect(asked).toEqual([]);
});

test("a device that is off is told in a sentence, not as an empty list", async () => {
  const answer = await app
    .get("/api/v2/search")
    .query({ q: `x@${OFF}`, resolve: "true" })
    .expect(503);
  expect(answer.body.error).toContain("not on right now");
});

test("follow asks once, unfollow ends it, and the jobs are written with it", async () => {
  const jobs = () => house.acting.read.job.count();
  const before = await jobs();
  const first = await app.post(`/api/v1/accounts/${bert.sortKey}/follow`).expect(200);
  expect(first.body).toMatchObject({ id: bert.sortKey, following: false, requested: true });
  await app.post(`/api/v1/accounts/${bert.sortKey}/follow`).expect(200);
  expect(await jobs()).toBe(before + 1);
  expect(await relation(bert.sortKey)).toMatchObject({ requested: true, followed_by: false });
  await app.post(`/api/v1/accounts/${bert.sortKey}/unfollow`).expect(200);
  expect(await relation(bert.sortKey)).toMatchObject({ following: false, requested: false });
});

test("nobody can follow or block themselves", async () => {
  const { body } = await app.get("/api/v1/accounts/verify_credentials");
  for (const act of ["follow", "block"]) {
    await app.post(`/api/v1/accounts/${body.id}/${act}`).expect(422);
  }
});

test("a request is listed until it is answered, and only then", async () => {
  const requests = async () =>
    (await app.get("/api/v1/follow_requests").expect(200)).body.map((one: { id: string }) => one.id);
  await app.post(`/api/v1/follow_requests/${bert.sortKey}/authorize`).expect(404);
  await house.isAsked(bert);
  expect(await requests()).toEqual([bert.sortKey]);
  const { body } = await app.post(`/api/v1/follow_requests/${bert.sortKey}/authorize`).expect(200);
  expect(body).toMatchObject({ followed_by: true, requested_by: false });
  expect(await requests()).toEqual([]);
  const own = (await app.get("/api/v1/accounts/verify_credentials")).body.id;
  const followers = await app.get(`/api/v1/accounts/${own}/followers`).expect(200);
  expect(followers.body.map((one: { acct: string }) => one.acct)).toEqual([bert.address]);
  expect((await app.get(`/api/v1/accounts/${bert.sortKey}/followers`).expect(200)).body).toEqual([]);
  await app.post(`/api/v1/accounts/${bert.sortKey}/remove_from_followers`).expect(200);
  expect(await relation(bert.sortKey)).toMatchObject({ followed_by: false });
});

test("a declined request is gone and does not follow", async () => {
  const doro = await house.meet("doro", `${"d".repeat(56)}.onion`);
  await house.isAsked(doro);
  const { body } = await app.post(`/api/v1/follow_requests/${doro.sortKey}/reject`).expect(200);
  expect(body).toMatchObject({ followed_by: false, requested_by: false });
  expect((await app.get("/api/v1/follow_requests")).body).toEqual([]);
});

test("block shows in the relationship and in the list of blocks, unblock takes it away", async () => {
  const emil = await house.meet("emil", `${"e".repeat(56)}.onion`);
  expect((await app.post(`/api/v1/accounts/${emil.sortKey}/block`).expect(200)).body.blocking).toBe(true);
  expect((await app.get("/api/v1/blocks").expect(200)).body).toMatchObject([{ id: emil.sortKey }]);
  expect((await app.post(`/api/v1/accounts/${emil.sortKey}/unblock`).expect(200)).body.blocking).toBe(false);
  expect((await app.get("/api/v1/blocks").expect(200)).body).toEqual([]);
});

test("relationships come for several at once, and ids nobody has are left out", async () => {
  const answer = await app.get(
    `/api/v1/accounts/relationships?id[]=${bert.sortKey}&id[]=1&id[]=${bert.sortKey}`,
  );
  expect(answer.body.map((one: { id: string }) => one.id)).toEqual([bert.sortKey]);
});
