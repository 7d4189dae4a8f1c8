import { afterAll, beforeAll, expect, test } from "vitest";
import { keepKnock } from "../../../src/social/gate/knock.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type House, openHouse } from "../../support/api-house.ts";

const BERT = `${"b".repeat(56)}.onion`;

let house: House;
let app: ReturnType<Desk["as"]>;
let bert: PersonView;
let carla: PersonView;

beforeAll(async () => {
  house = await openHouse("Anna");
  [bert, carla] = [await house.meet("bert", BERT), await house.meet("carla", `${"c".repeat(56)}.onion`)];
  const desk = openDesk(house.acting);
  app = desk.as(await desk.token());
});
afterAll(() => house[Symbol.asyncDispose]());

const at = "/api/v1/notifications/requests";
const write = ({ id }: PersonView) =>
  house.acting.transact((tx) =>
    keepKnock(tx, { personId: id, activity: "{}", words: "hello" }, house.acting.now()),
  );
const ids = async () => (await app.get(at).expect(200)).body.map((one: { id: string }) => one.id);

test("who wrote is a notification request, who asks to subscribe is not", async () => {
  await write(bert);
  await house.isAsked(carla);
  const { body } = await app.get(at).expect(200);
  expect(body).toMatchObject([
    { id: bert.sortKey, notifications_count: "1", account: { acct: bert.address } },
  ]);
  expect((await app.get(`${at}/${bert.sortKey}`).expect(200)).body.id).toBe(bert.sortKey);
  await app.get(`${at}/${carla.sortKey}`).expect(404);
  expect((await app.get("/api/v1/follow_requests")).body).toMatchObject([{ id: carla.sortKey }]);
});

test("accepting and dismissing work for one and for several, and only for who waits", async () => {
  await app.post(`${at}/${bert.sortKey}/dismiss`).expect(200);
  expect(await ids()).toEqual([]);
  await app.post(`${at}/${bert.sortKey}/dismiss`).expect(404);
  await app.post(`${at}/${bert.sortKey}/accept`).expect(404);
  await write(bert);
  await write(carla);
  expect((await ids()).sort()).toEqual([bert.sortKey, carla.sortKey].sort());
  await app
    .post(`${at}/accept`)
    .send({ id: [bert.sortKey, carla.sortKey] })
    .expect(200);
  expect(await ids()).toEqual([]);
  expect(await house.acting.read.welcome.count()).toBe(2);
  // What they wrote is one thing, the subscription another.
  expect((await app.get("/api/v1/follow_requests")).body).toMatchObject([{ id: carla.sortKey }]);
  expect((await app.get(`${at}/merged`).expect(200)).body).toEqual({ merged: true });
});

test("a domain is blocked and let in again", async () => {
  await app.post("/api/v1/domain_blocks").send({ domain: BERT.toUpperCase() }).expect(200);
  expect((await app.get("/api/v1/domain_blocks").expect(200)).body).toEqual([BERT]);
  const relation = await app.get(`/api/v1/accounts/relationships?id[]=${bert.sortKey}`);
  expect(relation.body[0].blocking).toBe(true);
  await app.post(`/api/v1/accounts/${bert.sortKey}/follow`).expect(422);
  for (const domain of ["", "x", "http://x.example/", house.acting.me.onion])
    expect((await app.post("/api/v1/domain_blocks").send({ domain })).status, domain).toBeGreaterThan(399);
  await app.delete("/api/v1/domain_blocks").query({ domain: BERT }).expect(200);
  expect((await app.get("/api/v1/domain_blocks")).body).toEqual([]);
});
