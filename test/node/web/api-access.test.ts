import request from "supertest";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type House, openHouse } from "../../support/api-house.ts";

let house: House;
let desk: Desk;

beforeAll(async () => {
  house = await openHouse("Anna");
});
beforeEach(() => {
  desk = openDesk(house.acting);
});
afterAll(() => house[Symbol.asyncDispose]());

const PATHS = [
  "/api/v1/instance",
  "/api/v2/instance",
  "/api/v1/accounts/verify_credentials",
  "/api/v1/timelines/home",
  "/api/v1/custom_emojis",
  "/api/v1/apps/verify_credentials",
  "/api/v1/nothing",
  "/api",
];

test("without a token, or with a wrong one, every path says the same and nothing else", async () => {
  const answers = new Set<string>();
  for (const path of PATHS) {
    const tries = [
      request(desk.app).get(path),
      request(desk.app).get(path).set("Authorization", "Bearer wrong"),
      request(desk.app).get(path).set("Authorization", "Basic YTpi"),
      request(desk.app).get(`${path}?access_token=${await desk.token()}`),
    ];
    for (const attempt of tries) {
      const answer = await attempt;
      expect(answer.status).toBe(401);
      answers.add(answer.text);
    }
  }
  expect(answers.size).toBe(1);
  expect([...answers].join()).not.toContain(house.acting.me.onion);
});

test("a token for reading never posts, and one for follows never reads the timeline", async () => {
  const reader = desk.as(await desk.token("read"));
  await reader.get("/api/v1/timelines/home").expect(200);
  const refused = await reader.post("/api/v1/statuses").send({ status: "no" }).expect(403);
  expect(refused.body.error).toContain("scopes");
  await desk
    .as(await desk.token("follow"))
    .get("/api/v1/timelines/home")
    .expect(403);
  const narrow = desk.as(await desk.token("read:accounts"));
  await narrow.get("/api/v1/accounts/verify_credentials").expect(200);
  await narrow.get("/api/v1/notifications").expect(403);
  expect((await reader.get("/api/v1/timelines/home")).body).toEqual([]);
});

test("while locked nothing is said, whatever the token", async () => {
  const app = desk.as(await desk.token());
  for (const phase of ["fresh", "sealed", "working", "screen-locked"] as const) {
    desk.phase = phase;
    const answer = await app.get("/api/v1/instance").expect(503);
    expect(answer.body).toEqual({ error: expect.stringContaining("Unlock it") });
    expect(answer.headers["retry-after"]).toBeDefined();
  }
});

test("an app that wants to sign in by itself is told how to get a token", async () => {
  const tries = [
    request(desk.app).post("/api/v1/apps").send({ client_name: "x" }),
    request(desk.app).post("/oauth/token"),
    request(desk.app).get("/oauth/authorize"),
  ];
  for (const attempt of tries) {
    const answer = await attempt.expect(422);
    expect(JSON.stringify(answer.body)).toContain("tssop token");
  }
});

test("an unknown path is 404 in JSON, and paths outside the API are left to the pages", async () => {
  const app = desk.as(await desk.token());
  expect((await app.get("/api/v1/nothing").expect(404)).body).toEqual({ error: "Record not found" });
  expect((await app.get("/people").expect(404)).text).toBe("a page");
});

test("a body too large or unreadable is refused in JSON, and the connection goes on", async () => {
  const app = desk.as(await desk.token());
  const large = await app.post("/api/v1/statuses").send({ status: "x".repeat(300_000) });
  expect(large.status).toBe(413);
  expect(large.body).toEqual({ error: expect.any(String) });
  const broken = await app.post("/api/v1/statuses").set("Content-Type", "application/json").send("{");
  expect(broken.status).toBe(422);
  expect(broken.body).toEqual({ error: expect.any(String) });
});

test("no other site may read an answer", async () => {
  const answer = await desk
    .as(await desk.token())
    .get("/api/v1/instance")
    .set("Origin", "https://evil.example");
  expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
});

test("what is said of this place is true", async () => {
  const app = desk.as(await desk.token());
  const { body: v2 } = await app.get("/api/v2/instance").expect(200);
  const { body: v1 } = await app.get("/api/v1/instance").expect(200);
  expect(v2.domain).toBe(house.acting.me.onion);
  expect(v1.uri).toBe(house.acting.me.onion);
  expect(v1.version).toContain("TSSOP 0.1.0");
  expect(v2.registrations.enabled).toBe(false);
  expect(v1.stats).toEqual({ user_count: 1, status_count: 0, domain_count: 0 });
  const { body: app1 } = await app.get("/api/v1/apps/verify_credentials").expect(200);
  expect(app1).toMatchObject({ name: "an app", scopes: ["read", "write", "follow"] });
});

test("nothing that apps send or get stands in the log", async () => {
  const token = await desk.token();
  const app = desk.as(token);
  await app.post("/api/v1/statuses").send({ status: "a secret word" }).expect(200);
  await app.get("/api/v1/accounts/search?q=secretname").expect(200);
  expect(desk.logged.join("\n")).not.toMatch(new RegExp(`secret|${token}|${house.acting.me.handle}`));
});
