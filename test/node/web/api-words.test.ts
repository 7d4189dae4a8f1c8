import { afterAll, beforeAll, expect, test } from "vitest";
import { addEmoji } from "../../../src/social/emojis/own-emojis.ts";
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
const got = async (path: string) => (await app.get(path).expect(200)).body;

test("hashtags stand in the status, have a timeline, and are found", async () => {
  const status = await post({ status: "fresh #Brot" });
  const url = `${house.acting.me.origin}/tags/brot`;
  expect(status.tags).toEqual([{ name: "Brot", url }]);
  const timeline = await got("/api/v1/timelines/tag/BROT");
  expect(timeline.map(({ id }: { id: string }) => id)).toEqual([status.id]);
  expect((await got("/api/v2/search?q=%23bro")).hashtags).toMatchObject([{ name: "Brot", url }]);
  expect(await got("/api/v1/timelines/tag/none")).toEqual([]);
});

test("a poll is asked, shown by its own id, and cannot be voted in by its author", async () => {
  const poll = { options: ["Rye", "Oat"], expires_in: 3_600, multiple: true };
  const status = await post({ status: "Which?", poll });
  expect(status.poll).toMatchObject({
    ...{ id: status.id, expired: false, multiple: true, voters_count: 0, voted: true, own_votes: [] },
    options: [
      { title: "Rye", votes_count: 0 },
      { title: "Oat", votes_count: 0 },
    ],
  });
  expect(await got(`/api/v1/polls/${status.id}`)).toEqual(status.poll);
  await app
    .post(`/api/v1/polls/${status.id}/votes`)
    .send({ choices: [0] })
    .expect(403);
  await app
    .post("/api/v1/statuses")
    .send({ status: "x", poll: { options: ["one"] } })
    .expect(422);
});

test("language, sensitive and every version", async () => {
  const status = await post({ status: "one", language: "en", sensitive: true });
  expect(status).toMatchObject({ language: "en", sensitive: true, spoiler_text: "" });
  const changed = await app
    .put(`/api/v1/statuses/${status.id}`)
    .send({ status: "two", language: "de" })
    .expect(200);
  expect(changed.body).toMatchObject({ language: "de", sensitive: true, content: "<p>two</p>" });
  const versions = await got(`/api/v1/statuses/${status.id}/history`);
  expect(versions.map(({ content }: { content: string }) => content)).toEqual(["<p>one</p>", "<p>two</p>"]);
  expect(versions[0].created_at).toBe(status.created_at);
});

test("the owner's emoji are offered, and stand in statuses that use them", async () => {
  const { me, transact } = house.acting;
  await transact((tx) => addEmoji(tx, me, { shortcode: "loaf", mediaId: "5e".repeat(16) }, 1));
  const [emoji] = await got("/api/v1/custom_emojis");
  expect(emoji).toMatchObject({ shortcode: "loaf", url: expect.stringContaining("/media/emoji/") });
  expect((await post({ status: "a :loaf:" })).emojis).toEqual([emoji]);
});
