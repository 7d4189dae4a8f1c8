import { afterAll, beforeAll, expect, test } from "vitest";
import { LONGEST_POST } from "../../../src/social/posts/limits.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { receivePost } from "../../../src/social/posts/receive-post.ts";
import { leaveGiven } from "../../../src/social/quotes/answered.ts";
import { receiveQuoteRequest } from "../../../src/social/quotes/receive-request.ts";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type House, openHouse } from "../../support/api-house.ts";

let house: House;
let app: ReturnType<Desk["as"]>;

beforeAll(async () => {
  house = await openHouse("Anna");
  const desk = openDesk(house.acting);
  app = desk.as(await desk.token());
});
afterAll(() => house[Symbol.asyncDispose]());

const post = async (body: object) => (await app.post("/api/v1/statuses").send(body).expect(200)).body;
const get = async (path: string) => (await app.get(path).expect(200)).body;

test("a status quotes another: pending, then accepted with the quoted one in it, one level deep", async () => {
  const ben = await house.meet("ben", "ben.example");
  const quoted = await house.hear(ben, { html: "<p>rain</p>", mentionsMe: true });
  const status = await post({ status: "so it was", quoted_status_id: quoted });
  expect(status.quote).toEqual({ state: "pending", quoted_status: null });
  const row = await house.postOf(status.id);
  const { me, transact, now } = house.acting;
  const answered = { postId: row.id, authorId: ben.id, stamp: "http://ben.example/q/1" };
  await transact((tx) => leaveGiven(tx, me, answered, now()));
  const path = `/api/v1/statuses/${status.id}`;
  expect((await get(path)).quote).toMatchObject({
    state: "accepted",
    quoted_status: { id: quoted, content: "<p>rain</p>", account: { acct: "ben@ben.example" }, quote: null },
  });
  const again = await post({ status: "and again", quoted_status_id: status.id });
  expect(again.quote.quoted_status.quote).toEqual({ state: "accepted", quoted_status_id: quoted });
  expect(await get(`/api/v1/statuses/${status.id}/quotes`)).toMatchObject([{ id: again.id }]);
});

test("a status says who may quote it, and that can be changed", async () => {
  const status = await post({ status: "kettle", quote_approval_policy: "followers" });
  expect(status.quote_approval).toEqual({
    automatic: ["followers"],
    manual: ["public"],
    current_user: "automatic",
  });
  const path = `/api/v1/statuses/${status.id}/interaction_policy`;
  const changed = await app.put(path).send({ quote_approval_policy: "nobody" }).expect(200);
  expect(changed.body.quote_approval).toEqual({ automatic: [], manual: [], current_user: "automatic" });
  const edited = await app.put(`/api/v1/statuses/${status.id}`).send({ quote_approval_policy: "public" });
  expect(edited.body).toMatchObject({ edited_at: null, quote_approval: { automatic: ["public"] } });
  await app.put(path).send({ quote_approval_policy: "some" }).expect(422);
  await app.post("/api/v1/statuses").send({ status: "x", quote_approval_policy: "some" }).expect(422);
  const narrow = await post({ status: "for few", visibility: "private" });
  expect(narrow.quote_approval).toEqual({ automatic: [], manual: [], current_user: "denied" });
});

test("what is not for everyone is not quoted, nor what is not there", async () => {
  const narrow = await post({ status: "for few", visibility: "private" });
  const refused = await app.post("/api/v1/statuses").send({ status: "x", quoted_status_id: narrow.id });
  expect(refused.status).toBe(422);
  expect(refused.body.error).toContain("cannot be quoted");
  await app.post("/api/v1/statuses").send({ status: "x", quoted_status_id: "1" }).expect(404);
});

test("a quote of an own status is told, and its leave can be taken back", async () => {
  const { me, transact, now } = house.acting;
  const dora = await house.meet("dora", "dora.example");
  const status = await post({ status: "teapot" });
  const own = await house.postOf(status.id);
  const quotingUri = "http://dora.example/posts/q1";
  const request = { personId: dora.id, postId: own.id, quotingUri, uri: "http://dora.example/asks/1" };
  await transact((tx) => receiveQuoteRequest(tx, me, request, now()));
  const card = {
    ...{ uri: quotingUri, authorId: dora.id, kind: "note", html: "<p>look</p>", title: "", warning: "" },
    ...{ language: "", url: "", reach: "everyone" as const, publishedAt: now(), editedAt: 0, replyToUri: "" },
    ...{ mentions: [], to: [], quoteUri: own.uri },
  };
  await transact((tx) => receivePost(tx, me, card, now()));
  const [notification] = await get("/api/v1/notifications?types[]=quote");
  expect(notification).toMatchObject({ type: "quote", account: { acct: "dora@dora.example" } });
  const [quoting] = await get(`/api/v1/statuses/${status.id}/quotes`);
  expect(quoting).toMatchObject({ content: "<p>look</p>", quote: { state: "accepted" } });
  const path = `/api/v1/statuses/${status.id}/quotes/${quoting.id}/revoke`;
  const revoked = await app.post(path).expect(200);
  expect(revoked.body.quote).toEqual({ state: "rejected", quoted_status: null });
  await app.post(path).expect(404);
  expect(await get(`/api/v1/statuses/${status.id}/quotes`)).toEqual([]);
});

test("a status longer than the limit gets a sentence that says the limit and where longer texts go", async () => {
  const answer = await app.post("/api/v1/statuses").send({ status: "a".repeat(LONGEST_POST + 1) });
  expect(answer.status).toBe(422);
  expect(answer.body.error).toContain(String(LONGEST_POST));
});

test("a long post is read with its title, and changed in its own way", async () => {
  const { me, transact, now, random } = house.acting;
  await transact((tx) =>
    publish(tx, me, { title: "Bread", text: "*soft*", reach: "everyone" }, now(), random),
  );
  const [status] = await get("/api/v1/timelines/home?limit=1");
  expect(status.content).toBe("<p><strong>Bread</strong></p><p><em>soft</em></p>");
  const changed = await app.put(`/api/v1/statuses/${status.id}`).send({ status: "**hard**" }).expect(200);
  expect(changed.body.content).toBe("<p><strong>Bread</strong></p><p><strong>hard</strong></p>");
});
