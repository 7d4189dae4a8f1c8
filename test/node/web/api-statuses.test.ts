import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type House, openHouse } from "../../support/api-house.ts";

let house: House;
let desk: Desk;
let app: ReturnType<Desk["as"]>;
const asked: string[] = [];

beforeAll(async () => {
  house = await openHouse("Anna");
  desk = openDesk(house.acting, {
    lookUp: async (address) => {
      asked.push(address);
      return { personId: (await house.meet(address.split("@")[0] ?? "", address.split("@")[1] ?? "")).id };
    },
  });
  app = desk.as(await desk.token());
});
afterAll(() => house[Symbol.asyncDispose]());

const post = async (body: object) => (await app.post("/api/v1/statuses").send(body).expect(200)).body;
const homeIds = async () =>
  (await app.get("/api/v1/timelines/home").expect(200)).body.map((status: { id: string }) => status.id);

test("a posted status has every field apps rely on", async () => {
  const status = await post({ status: "Hello <b>all</b>\n\nsecond", language: "en", spoiler_text: "tea" });
  expect(status).toMatchObject({
    id: expect.stringMatching(/^\d{21}$/),
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    content: expect.stringContaining("&lt;b&gt;"),
    visibility: "public",
    sensitive: true,
    spoiler_text: "tea",
    language: "en",
    uri: expect.stringContaining(house.acting.me.origin),
    url: expect.any(String),
    account: { acct: house.acting.me.handle, username: house.acting.me.handle, display_name: "Anna" },
    replies_count: 0,
    reblogs_count: 0,
    favourites_count: 0,
    in_reply_to_id: null,
    reblog: null,
    media_attachments: [],
    mentions: [],
    tags: [],
    emojis: [],
    poll: null,
    card: null,
  });
  expect((await app.get(`/api/v1/statuses/${status.id}`).expect(200)).body).toEqual(status);
});

test("JSON, urlencoded and multipart post the same", async () => {
  const urlencoded = await app.post("/api/v1/statuses").type("form").send({ status: "one" }).expect(200);
  const multipart = await app.post("/api/v1/statuses").field("status", "one").expect(200);
  expect([urlencoded.body.content, multipart.body.content]).toEqual(["<p>one</p>", "<p>one</p>"]);
});

test("one Idempotency-Key posts once, even when both come at once; it belongs to its token", async () => {
  const before = (await homeIds()).length;
  const send = (token: typeof app) =>
    token.post("/api/v1/statuses").set("Idempotency-Key", "k1").send({ status: "once" }).expect(200);
  const [first, second] = await Promise.all([send(app), send(app)]);
  expect(first.body.id).toBe(second.body.id);
  expect(await homeIds()).toHaveLength(before + 1);
  const other = await send(desk.as(await desk.token()));
  expect(other.body.id).not.toBe(first.body.id);
});

test("each visibility is kept, and a direct post that names nobody is a note to oneself", async () => {
  for (const visibility of ["public", "unlisted", "private", "direct"]) {
    expect((await post({ status: visibility, visibility })).visibility).toBe(visibility);
  }
  const jobs = await house.acting.read.job.count();
  const note = await post({ status: "to myself", visibility: "direct" });
  expect((await house.postOf(note.id)).reach).toBe("me");
  expect(await house.acting.read.job.count()).toBe(jobs);
  await app.post("/api/v1/statuses").send({ status: "x", visibility: "everyone" }).expect(422);
});

test("a direct post goes to the people it names, who are looked up when they are not known", async () => {
  const bert = await house.meet("bert", `${"b".repeat(56)}.onion`);
  const carla = `carla@${"c".repeat(56)}.onion`;
  asked.length = 0;
  const status = await post({ status: `@${bert.address} @${carla} psst`, visibility: "direct" });
  const stored = await house.postOf(status.id);
  expect(stored.reach).toBe("chosen");
  expect(stored.to.map((person) => person.address).toSorted()).toEqual([bert.address, carla].toSorted());
  expect(asked).toEqual([carla]);
  expect(status.mentions.map((mention: { acct: string }) => mention.acct).toSorted()).toEqual(
    [bert.address, carla].toSorted(),
  );
});

test("whom a post for everyone names is looked up too, and keeps nobody waiting who is off", async () => {
  const dora = `dora@${"d".repeat(56)}.onion`;
  asked.length = 0;
  const status = await post({ status: `Good morning @${dora}` });
  expect(asked).toEqual([dora]);
  expect(status.mentions.map((mention: { acct: string }) => mention.acct)).toEqual([dora]);
});

test("what cannot be done is refused with a sentence, never left out in silence", async () => {
  const bodies = [
    { status: "" },
    { status: "x", media_ids: ["1"] },
    { status: "x", poll: { options: ["a", "b"], expires_in: 60 } },
    { status: "x", scheduled_at: "2030-01-01T00:00:00Z" },
    { status: "x".repeat(200_000) },
  ];
  const before = await homeIds();
  for (const body of bodies) {
    const answer = await app.post("/api/v1/statuses").send(body).expect(422);
    expect(answer.body.error).toMatch(/\.$/);
  }
  await app.post("/api/v1/statuses").send({ status: "x", in_reply_to_id: "1" }).expect(404);
  expect(await homeIds()).toEqual(before);
});

test("a thread reads from its first post to its last, around any of them", async () => {
  const first = await post({ status: "first" });
  const second = await post({ status: "second", in_reply_to_id: first.id });
  const third = await post({ status: "third", in_reply_to_id: second.id });
  expect(second).toMatchObject({ in_reply_to_id: first.id, in_reply_to_account_id: first.account.id });
  const { body } = await app.get(`/api/v1/statuses/${second.id}/context`).expect(200);
  expect(body.ancestors.map((status: { id: string }) => status.id)).toEqual([first.id]);
  expect(body.descendants.map((status: { id: string }) => status.id)).toEqual([third.id]);
  expect((await app.get(`/api/v1/statuses/${first.id}`)).body.replies_count).toBe(1);
});

test("editing changes the text and says when, the source is what was typed", async () => {
  const { id } = await post({ status: "befor", spoiler_text: "w" });
  const { body } = await app.put(`/api/v1/statuses/${id}`).send({ status: "before" }).expect(200);
  expect(body).toMatchObject({
    id,
    content: "<p>before</p>",
    spoiler_text: "w",
    edited_at: expect.any(String),
  });
  const source = await app.get(`/api/v1/statuses/${id}/source`).expect(200);
  expect(source.body).toEqual({ id, text: "before", spoiler_text: "w" });
});

test("a deleted post comes back as text once and is gone", async () => {
  const { id } = await post({ status: "slip" });
  expect((await app.delete(`/api/v1/statuses/${id}`).expect(200)).body).toMatchObject({ id, text: "slip" });
  await app.get(`/api/v1/statuses/${id}`).expect(404);
  await app.delete(`/api/v1/statuses/${id}`).expect(404);
  expect(await homeIds()).not.toContain(id);
});

test("nobody else's post can be changed or removed", async () => {
  const bert = await house.meet("bert", `${"b".repeat(56)}.onion`);
  const id = await house.hear(bert, { html: "<p>mine</p>", mentionsMe: true });
  await app.get(`/api/v1/statuses/${id}`).expect(200);
  await app.put(`/api/v1/statuses/${id}`).send({ status: "x" }).expect(404);
  await app.delete(`/api/v1/statuses/${id}`).expect(404);
  await app.get(`/api/v1/statuses/${id}/source`).expect(404);
});
