import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { audiences, members } from "../../../src/social/audiences/list.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type House, openHouse } from "../../support/api-house.ts";

let house: House;
let desk: Desk;
let app: ReturnType<Desk["as"]>;
let mia: PersonView;
let jonas: PersonView;

beforeEach(async () => {
  house = await openHouse("Anna");
  desk = openDesk(house.acting);
  app = desk.as(await desk.token());
  [mia, jonas] = [await house.meet("mia", "mia.example"), await house.meet("jonas", "jonas.example")];
});
afterEach(() => house[Symbol.asyncDispose]());

const make = async (title: string): Promise<string> =>
  (await app.post("/api/v1/lists").send({ title }).expect(200)).body.id;
const within = async (id: string) =>
  (await members(house.acting.read, id, { limit: 80 })).items.map(({ handle }) => handle).sort();

describe("lists of apps are the owner's audiences", () => {
  test("made, read, renamed and removed, in Mastodon's shape", async () => {
    const id = await make("Family");
    const shape = { id, title: "Family", replies_policy: "list", exclusive: false };
    expect((await app.get("/api/v1/lists").expect(200)).body).toEqual([shape]);
    expect((await app.get(`/api/v1/lists/${id}`).expect(200)).body).toEqual(shape);
    const changed = await app
      .put(`/api/v1/lists/${id}`)
      .send({ title: "Kin", exclusive: true, replies_policy: "none" })
      .expect(200);
    expect(changed.body).toEqual({ ...shape, title: "Kin" });
    await app.put(`/api/v1/lists/${id}`).send({ exclusive: false }).expect(200);
    expect((await audiences(house.acting.read)).map(({ name }) => name)).toEqual(["Kin"]);
    expect((await app.delete(`/api/v1/lists/${id}`).expect(200)).body).toEqual({});
    await app.get(`/api/v1/lists/${id}`).expect(404);
    expect((await app.get("/api/v1/lists").expect(200)).body).toEqual([]);
  });
  test("have a title, and one that no other has", async () => {
    await make("Family");
    for (const title of ["", "  ", "family"]) await app.post("/api/v1/lists").send({ title }).expect(422);
    expect(await audiences(house.acting.read)).toHaveLength(1);
  });
  test("take people in and let them go, and say who is in which", async () => {
    const id = await make("Family");
    const [first, second] = [mia.sortKey, jonas.sortKey];
    const put = { account_ids: [first, second] };
    expect((await app.post(`/api/v1/lists/${id}/accounts`).send(put).expect(200)).body).toEqual({});
    await app.post(`/api/v1/lists/${id}/accounts`).send(put).expect(200);
    const page = await app.get(`/api/v1/lists/${id}/accounts?limit=1`).expect(200);
    expect(page.body.map((one: { acct: string }) => one.acct)).toEqual(["jonas@jonas.example"]);
    expect(page.headers["link"]).toContain('rel="next"');
    expect((await app.get(`/api/v1/accounts/${first}/lists`).expect(200)).body).toMatchObject([{ id }]);
    await app.delete(`/api/v1/lists/${id}/accounts?account_ids[]=${second}`).expect(200);
    await app
      .delete(`/api/v1/lists/${id}/accounts`)
      .send({ account_ids: [second] })
      .expect(200);
    expect(await within(id)).toEqual(["mia"]);
    expect((await app.get(`/api/v1/accounts/${second}/lists`).expect(200)).body).toEqual([]);
  });
  test("show what the people in them write, and nothing of others", async () => {
    const id = await make("Family");
    await app
      .post(`/api/v1/lists/${id}/accounts`)
      .send({ account_ids: [mia.sortKey] })
      .expect(200);
    const wanted = await house.hear(mia, { html: "<p>mine</p>", mentionsMe: true });
    await house.hear(jonas, { html: "<p>other</p>", mentionsMe: true });
    const { body } = await app.get(`/api/v1/timelines/list/${id}`).expect(200);
    expect(body.map((one: { id: string }) => one.id)).toEqual([wanted]);
  });
  test("take along what waited for the people in them, once removed", async () => {
    const id = await make("Family");
    await app
      .post(`/api/v1/lists/${id}/accounts`)
      .send({ account_ids: [mia.sortKey] })
      .expect(200);
    const { acting } = house;
    const draft = { text: "Cake", reach: "chosen" as const, audiences: [id] };
    await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
    await app.delete(`/api/v1/lists/${id}`).expect(200);
    expect(await acting.read.job.count({ where: { kind: "post" } })).toBe(0);
  });
  test.each(["0".repeat(32), "friends", "1", "%00"])("of the id “%s” there are none", async (id) => {
    await app.get(`/api/v1/lists/${id}`).expect(404);
    await app.get(`/api/v1/timelines/list/${id}`).expect(404);
    await app
      .post(`/api/v1/lists/${id}/accounts`)
      .send({ account_ids: [mia.sortKey] })
      .expect(404);
    await app.delete(`/api/v1/lists/${id}`).expect(404);
  });
  test("take in nobody unknown, nobody at all, and not the owner", async () => {
    const id = await make("Family");
    const put = (ids: string[]) => app.post(`/api/v1/lists/${id}/accounts`).send({ account_ids: ids });
    await put([mia.sortKey, "9".repeat(21)]).expect(404);
    await put([]).expect(422);
    const { body } = await app.get("/api/v1/accounts/verify_credentials").expect(200);
    await put([body.id]).expect(422);
    expect(await within(id)).toEqual([]);
  });
  test("are for tokens that may read or write them", async () => {
    const id = await make("Family");
    const reader = desk.as(await desk.token("read:lists"));
    await reader.get("/api/v1/lists").expect(200);
    await reader.post("/api/v1/lists").send({ title: "Work" }).expect(403);
    await reader.delete(`/api/v1/lists/${id}`).expect(403);
    const other = desk.as(await desk.token("read:statuses write:follows"));
    await other.get("/api/v1/lists").expect(403);
    await other.get(`/api/v1/timelines/list/${id}`).expect(403);
  });
});
