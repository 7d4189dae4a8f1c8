import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import { quietServer } from "../../../src/listening.ts";
import { type Draft, publish } from "../../../src/social/posts/publish.ts";
import { leaveGiven, leaveRefused } from "../../../src/social/quotes/answered.ts";
import { createVisitorServer } from "../../../src/web/visitor/server.ts";
import { exchange } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";
import { guestDoors } from "../../support/public-face.ts";

/** These pages never change by themselves. */
const NO_LIVE_REGION = ["0 role=status"];

const stack = new AsyncDisposableStack();
let desk: OwnerDesk;
let port: number;

beforeAll(async () => {
  desk = stack.use(await openOwnerDesk());
  const ports = {
    acting: () => desk.acting,
    wait: () => 0,
    federation: async () => null,
    media: async () => null,
    blob: async () => null,
    doors: guestDoors(desk.acting),
    log: createLog(() => {}, "silent"),
  };
  const server = quietServer({ connections: 10 }, createVisitorServer(ports, { publicFolder: "public" }));
  stack.defer(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => stack.disposeAsync());

const get = (path: string) => exchange(port, "GET", path, {});
const write = (draft: Partial<Draft> & { text: string }) => {
  const { acting } = desk;
  return acting.transact((tx) =>
    publish(tx, acting.me, { reach: "everyone", ...draft }, acting.now(), acting.random),
  );
};

test("a long post is a page to read: one title, headings below it, no script", async () => {
  const id = "a1".padEnd(32, "0");
  await write({ id, title: "Bread", text: "### Flour\n\n**Words.**\n\n# Water\n\nMore." });
  const page = await get(`/posts/${id}`);
  expect(page.status).toBe(200);
  expect(brokenBones(page.text)).toEqual(NO_LIVE_REGION);
  expect(page.text).toMatch(/<h1 dir="auto">Bread<\/h1>/);
  expect(page.text).toContain("<h2>Flour</h2>");
  expect(page.text).toContain("<h2>Water</h2>");
  expect(page.text).not.toContain("<script");
});

test("the blog lists the long posts for everyone, apart from the short ones", async () => {
  await write({ text: "A short one" });
  await write({ title: "For friends", text: "secret words", reach: "subscribers" });
  await write({ title: "Rolls", text: "bread and water, ".repeat(60) });
  const blog = wordsOfPage((await get("/blog")).text);
  expect(blog).toContain("Rolls");
  expect(blog).toContain("Bread");
  expect(blog).not.toContain("A short one");
  expect(blog).not.toContain("For friends");
  const all = await get("/");
  expect(wordsOfPage(all.text)).toContain("A short one");
  expect(all.text).toContain('aria-label="Read on: Rolls"');
  expect(all.text).toContain('href="/blog"');
  expect(brokenBones(all.text)).toEqual(NO_LIVE_REGION);
});

test("the blog is paged by the address of a post", async () => {
  for (let n = 10; n < 32; n += 1)
    await write({ id: `b${n}`.padEnd(32, "0"), title: `Number ${n}.`, text: "words" });
  const first = await get("/blog");
  const [, older = ""] = /href="(\/blog\?before=[0-9a-f]{32})"/.exec(first.text) ?? [];
  expect(wordsOfPage(first.text)).not.toContain("Number 11.");
  expect(wordsOfPage((await get(older)).text)).toContain("Number 11.");
});

test("a quote is shown to strangers once there is leave; before, neither its words nor who is asked", async () => {
  const mia = await desk.house.meet("mia", "mia.example");
  const key = await desk.house.hear(mia, { html: "<p>Rain all day</p>", mentionsMe: true });
  const quoted = await desk.house.postOf(key);
  const id = "c1".padEnd(32, "0");
  const postId = await write({ id, text: "So it was", quoteOfId: quoted.id });
  const shown = async () => wordsOfPage((await get(`/posts/${id}`)).text);
  expect(await shown()).toContain("A quote that has no leave so far.");
  expect(await shown()).not.toMatch(/Rain|mia/);
  const { me, transact, now } = desk.acting;
  const answered = { postId, authorId: mia.id };
  await transact((tx) => leaveGiven(tx, me, { ...answered, stamp: "http://mia.example/q/1" }, now()));
  expect(await shown()).toContain("Rain all day");
  expect(brokenBones((await get(`/posts/${id}`)).text)).toEqual(NO_LIVE_REGION);
  await transact((tx) => leaveRefused(tx, me, answered, now()));
  expect(await shown()).not.toMatch(/Rain|mia|leave/);
});
