import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { followMove } from "../../../src/social/moving/follow-move.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type House, openHouse } from "../../support/api-house.ts";

const BERT = `${"b".repeat(56)}.onion`;

let house: House;
let app: ReturnType<Desk["as"]>;
let desk: Desk;
let bert: PersonView;

beforeAll(async () => {
  house = await openHouse("Anna");
  bert = await house.meet("bert", BERT);
  desk = openDesk(house.acting);
  app = desk.as(await desk.token("read write follow"));
});
afterAll(() => house[Symbol.asyncDispose]());
beforeEach(async () => {
  await house.acting.transact(async (tx) => {
    await tx.mutedWord.deleteMany({});
    await tx.muted.deleteMany({});
    await tx.notice.deleteMany({});
    await tx.post.deleteMany({});
  });
});

const home = async () => (await app.get("/api/v1/timelines/home").expect(200)).body;
const act = async (what: string, body: object = {}) =>
  (await app.post(`/api/v1/accounts/${bert.sortKey}/${what}`).send(body).expect(200)).body;

test("mute hides, tells so, lists, and ends by itself or by unmute", async () => {
  await house.hear(bert, { html: "<p>loud</p>", mentionsMe: true });
  expect(await act("mute", { duration: 3_600 })).toMatchObject({ muting: true, muting_notifications: true });
  expect(await home()).toEqual([]);
  expect((await app.get("/api/v1/notifications").expect(200)).body).toEqual([]);
  expect((await app.get("/api/v1/notifications/unread_count").expect(200)).body.count).toBe(0);
  expect((await app.get("/api/v1/mutes").expect(200)).body).toMatchObject([
    { acct: `bert@${BERT}`, mute_expires_at: expect.stringMatching(/Z$/) },
  ]);
  await house.acting.transact((tx) => tx.muted.updateMany({ data: { until: new Date(1) } }));
  expect(await home()).toHaveLength(1);
  expect((await app.get("/api/v1/mutes").expect(200)).body).toEqual([]);
  const lasting = await act("mute", { notifications: false });
  expect(lasting).toMatchObject({ muting: true, muting_notifications: false });
  expect((await app.get("/api/v1/notifications").expect(200)).body).toHaveLength(1);
  const relations = await app
    .get("/api/v1/accounts/relationships")
    .query({ "id[]": [bert.sortKey] })
    .expect(200);
  expect(relations.body).toMatchObject([{ muting: true }]);
  expect(await act("unmute")).toMatchObject({ muting: false, muting_notifications: false });
});

test("only a token for mutes, filters and reports may use them", async () => {
  const reader = desk.as(await desk.token("read:statuses write:statuses"));
  await reader.get("/api/v1/mutes").expect(403);
  await reader.get("/api/v2/filters").expect(403);
  await reader.post("/api/v2/filters").send({}).expect(403);
  await reader.post(`/api/v1/accounts/${bert.sortKey}/mute`).expect(403);
  await reader.post("/api/v1/reports").send({}).expect(403);
});

test("a filter is made of JSON, changed word by word, and deleted", async () => {
  const made = await app
    .post("/api/v2/filters")
    .send({
      title: "Sport",
      context: ["home"],
      filter_action: "warn",
      expires_in: 3_600,
      keywords_attributes: [
        { keyword: "football", whole_word: true },
        { keyword: "ten", whole_word: false },
      ],
    })
    .expect(200);
  const { id, keywords } = made.body;
  expect(made.body).toMatchObject({ title: "Sport", filter_action: "warn", statuses: [] });
  expect(Date.parse(made.body.expires_at)).toBeGreaterThan(house.acting.now());
  expect(keywords).toMatchObject([
    { keyword: "football", whole_word: true },
    { keyword: "ten", whole_word: false },
  ]);
  const changed = await app
    .put(`/api/v2/filters/${id}`)
    .send({
      title: "Games",
      filter_action: "hide",
      expires_in: "",
      keywords_attributes: [
        { id: keywords[0].id, _destroy: true },
        { id: keywords[1].id, keyword: "tennis" },
        { keyword: "golf", whole_word: true },
      ],
    })
    .expect(200);
  expect(changed.body).toMatchObject({ title: "Games", filter_action: "hide", expires_at: null });
  expect(changed.body.keywords.map(({ keyword }: { keyword: string }) => keyword)).toEqual([
    "tennis",
    "golf",
  ]);
  const added = await app.post(`/api/v2/filters/${id}/keywords`).send({ keyword: "chess" }).expect(200);
  expect((await app.get(`/api/v2/filters/keywords/${added.body.id}`).expect(200)).body.keyword).toBe("chess");
  await app
    .put(`/api/v2/filters/keywords/${added.body.id}`)
    .send({ keyword: "go", whole_word: true })
    .expect(200);
  expect((await app.get(`/api/v2/filters/${id}/keywords`).expect(200)).body).toHaveLength(3);
  expect((await app.get("/api/v1/filters").expect(200)).body).toHaveLength(3);
  await app.delete(`/api/v2/filters/keywords/${added.body.id}`).expect(200);
  expect((await app.get("/api/v2/filters").expect(200)).body).toHaveLength(1);
  await app.delete(`/api/v2/filters/${id}`).expect(200);
  await app.get(`/api/v2/filters/${id}`).expect(404);
  expect((await app.get("/api/v2/filters").expect(200)).body).toEqual([]);
});

test("a filter is made of a form too, as apps send it, and never without words", async () => {
  const form = new URLSearchParams([
    ["title", "T"],
    ["context[]", "home"],
    ["keywords_attributes[][keyword]", "rain"],
    ["keywords_attributes[][whole_word]", "true"],
  ]);
  const made = await app.post("/api/v2/filters").type("form").send(form.toString()).expect(200);
  expect(made.body.keywords).toMatchObject([{ keyword: "rain", whole_word: true }]);
  await app.post("/api/v2/filters").send({ title: "T" }).expect(422);
  const none = { keywords_attributes: [{ id: made.body.keywords[0].id, _destroy: true }] };
  await app.put(`/api/v2/filters/${made.body.id}`).send(none).expect(422);
  const foreign = { keywords_attributes: [{ id: "f".repeat(32), keyword: "x" }] };
  await app.put(`/api/v2/filters/${made.body.id}`).send(foreign).expect(404);
});

test("a status says which filter it meets; one to be hidden is not on home", async () => {
  const id = await house.hear(bert, { html: "<p>rain again</p>", mentionsMe: true });
  const words = { title: "Weather", keywords_attributes: [{ keyword: "rain", whole_word: true }] };
  const { body: filter } = await app.post("/api/v2/filters").send(words).expect(200);
  const [status] = await home();
  expect(status.filtered).toMatchObject([
    {
      filter: { id: filter.id, title: "Weather", filter_action: "warn" },
      keyword_matches: ["rain"],
      status_matches: null,
    },
  ]);
  await app.put(`/api/v2/filters/${filter.id}`).send({ filter_action: "hide" }).expect(200);
  expect(await home()).toEqual([]);
  expect((await app.get("/api/v1/notifications").expect(200)).body).toEqual([]);
  expect((await app.get(`/api/v1/statuses/${id}`).expect(200)).body.filtered).toHaveLength(1);
});

test("a report goes out only when it is to be forwarded, since nobody else would read it", async () => {
  const id = await house.hear(bert, { html: "<p>bad</p>", mentionsMe: true });
  const said = {
    account_id: bert.sortKey,
    status_ids: [id, "000"],
    comment: "unkind",
    category: "violation",
  };
  await app.post("/api/v1/reports").send(said).expect(422);
  expect(await house.acting.read.report.count()).toBe(0);
  const { body } = await app
    .post("/api/v1/reports")
    .send({ ...said, forward: true })
    .expect(200);
  expect(body).toMatchObject({
    action_taken: false,
    forwarded: true,
    comment: "unkind",
    status_ids: [id],
    target_account: { id: bert.sortKey },
  });
  expect(await house.acting.read.job.count({ where: { kind: "report" } })).toBe(1);
  const me = (await app.get("/api/v1/accounts/verify_credentials").expect(200)).body.id;
  await app.post("/api/v1/reports").send({ account_id: me, forward: true }).expect(422);
  await app.post("/api/v1/reports").send({ account_id: "1", forward: true }).expect(404);
});

test("an account says where it moved once that is confirmed", async () => {
  const there = await house.meet("bertrand", BERT);
  const { acting } = house;
  const account = async () => (await app.get(`/api/v1/accounts/${bert.sortKey}`).expect(200)).body;
  await acting.transact((tx) =>
    tx.person.update({ where: { id: bert.id }, data: { movedToUri: there.uri } }),
  );
  expect(await account()).not.toHaveProperty("moved");
  await acting.transact((tx) => tx.person.update({ where: { id: there.id }, data: { aliases: bert.uri } }));
  await acting.transact((tx) => followMove(tx, acting.me, { fromId: bert.id, toId: there.id }, acting.now()));
  expect((await account()).moved).toMatchObject({ id: there.sortKey, acct: `bertrand@${BERT}` });
});

test("apps of before Mastodon 4 keep muted words one by one", async () => {
  const made = await app
    .post("/api/v1/filters")
    .send({ phrase: "rain", context: ["home"], whole_word: true, irreversible: true, expires_in: 60 })
    .expect(200);
  expect(made.body).toMatchObject({ phrase: "rain", whole_word: true, irreversible: true });
  const path = `/api/v1/filters/${made.body.id}`;
  const changed = await app
    .put(path)
    .send({ phrase: "snow", irreversible: false, expires_in: "" })
    .expect(200);
  expect(changed.body).toMatchObject({ phrase: "snow", irreversible: false, expires_at: null });
  expect((await app.get(path).expect(200)).body).toEqual(changed.body);
  expect((await app.get("/api/v2/filters").expect(200)).body).toMatchObject([
    { title: "snow", filter_action: "warn" },
  ]);
  await app.post("/api/v1/filters").send({ phrase: " " }).expect(422);
  await app.delete(path).expect(200);
  await app.get(path).expect(404);
});
