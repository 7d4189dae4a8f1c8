import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setForeignFiles } from "../../../src/social/media/foreign-files.ts";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type House, openHouse } from "../../support/api-house.ts";
import { filesOver } from "../../support/own-files.ts";
import { png } from "../../support/png.ts";

let house: House;
let desk: Desk;
let app: ReturnType<Desk["as"]>;
const fetched: string[] = [];

beforeAll(async () => {
  house = await openHouse("Anna");
  desk = openDesk(house.acting, {
    ...filesOver(house.store, house.acting.now),
    fetchAttached: async (id) => void fetched.push(id),
  });
  app = desk.as(await desk.token());
});
afterAll(() => house[Symbol.asyncDispose]());

const pathOf = (url: string) => new URL(url).pathname;
const add = async (description?: string) => {
  const asked = app
    .post("/api/v2/media")
    .attach("file", png(40, 20), { filename: "a.png", contentType: "image/png" });
  return (await (description === undefined ? asked : asked.field("description", description)).expect(200))
    .body;
};

test("a picture is added, described, and shown by a link without a token", async () => {
  const media = await add("stripes");
  expect(media).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    type: "image",
    description: "stripes",
    blurhash: expect.any(String),
    meta: { original: { width: 40, height: 20 } },
  });
  const shown = await request(desk.app).get(pathOf(media.url)).expect(200);
  expect(shown.headers["content-type"]).toBe("image/png");
  await app.put(`/api/v1/media/${media.id}`).send({ description: "better" }).expect(200);
  expect((await app.get(`/api/v1/media/${media.id}`).expect(200)).body.description).toBe("better");
});

test("E15: a link that we did not give out leads nowhere, nor does any while it is locked", async () => {
  const { url } = await add();
  const other = await add();
  const [path, foreign] = [pathOf(url), pathOf(other.url)];
  const forged = `${foreign.slice(0, foreign.lastIndexOf("/"))}${path.slice(path.lastIndexOf("/"))}`;
  await request(desk.app).get(forged).expect(404);
  await request(desk.app).get(path.replace("/own/", "/fetch/")).expect(404);
  desk.phase = "screen-locked";
  await request(desk.app).get(path).expect(404);
  desk.phase = "open";
  await request(desk.app).get(path).expect(200);
});

test("a post carries what was added, with its words, and an edit changes that", async () => {
  const [one, two] = [await add("one"), await add("two")];
  const sent = { status: "", media_ids: [one.id, two.id], sensitive: true };
  const status = (await app.post("/api/v1/statuses").send(sent).expect(200)).body;
  expect(status.sensitive).toBe(true);
  expect(status.media_attachments).toMatchObject([
    { id: one.id, description: "one", type: "image" },
    { id: two.id, description: "two" },
  ]);
  await request(desk.app).get(pathOf(status.media_attachments[0].preview_url)).expect(200);
  const path = `/api/v1/statuses/${status.id}`;
  const changed = (
    await app
      .put(path)
      .send({ status: "words", media_ids: [two.id] })
      .expect(200)
  ).body;
  expect(changed.media_attachments.map((file: { id: string }) => file.id)).toEqual([two.id]);
  const kept = (await app.put(path).send({ status: "other words" }).expect(200)).body;
  expect(kept.media_attachments).toHaveLength(1);
});

test("what is no file, nobody's file, or one too many is refused", async () => {
  await app.post("/api/v2/media").send({ file: "x" }).expect(422);
  await app.post("/api/v2/media").field("description", "x").expect(422);
  const svg = Buffer.from("<svg/>");
  await app
    .post("/api/v2/media")
    .attach("file", svg, { filename: "a.svg", contentType: "image/svg+xml" })
    .expect(422);
  await app
    .post("/api/v1/statuses")
    .send({ status: "x", media_ids: ["0".repeat(32)] })
    .expect(422);
  await app
    .put(`/api/v1/media/${"0".repeat(32)}`)
    .send({ description: "x" })
    .expect(404);
  const reader = desk.as(await desk.token("read"));
  await reader.post("/api/v2/media").attach("file", png(9, 9), "a.png").expect(403);
});

test("somebody else's file that is not here has no preview, and comes when it is opened", async () => {
  const mia = await house.meet("mia", "mia.example");
  const key = await house.hear(mia, { html: "look", mentionsMe: true });
  const post = await house.postOf(key);
  const card = {
    ...{
      kind: "picture" as const,
      type: "image/jpeg",
      url: "http://mia.example/p.jpg",
      alt: "A boat",
      name: "",
    },
    ...{ blurhash: "", width: 4, height: 3, length: 0, bytes: 0 },
  };
  await house.acting.transact((tx) =>
    setForeignFiles(tx, post.id, [card], { ahead: false, said: 0, now: 1 }),
  );
  const status = (await app.get(`/api/v1/statuses/${key}`).expect(200)).body;
  const [file] = status.media_attachments;
  expect(file).toMatchObject({
    preview_url: null,
    description: "A boat",
    remote_url: "http://mia.example/p.jpg",
  });
  expect(fetched).toEqual([]);
  await request(desk.app).get(pathOf(file.url)).expect(404);
  expect(fetched).toHaveLength(1);
});

test("the limits are told", async () => {
  const { configuration } = (await app.get("/api/v2/instance").expect(200)).body;
  expect(configuration.statuses.max_media_attachments).toBe(4);
  expect(configuration.media_attachments).toMatchObject({
    image_size_limit: 20_971_520,
    video_size_limit: 104_857_600,
  });
});
