import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import { quietServer } from "../../../src/listening.ts";
import { pin } from "../../../src/social/marks/pin.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { createVisitorServer } from "../../../src/web/visitor/server.ts";
import { filesOver } from "../../support/own-files.ts";
import { exchange } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { png } from "../../support/png.ts";
import { guestDoors } from "../../support/public-face.ts";

const stack = new AsyncDisposableStack();
const complaints: string[] = [];
let desk: OwnerDesk;
let port: number;
/** Budgets that are used up. */
const spent: string[] = [];

beforeAll(async () => {
  desk = stack.use(await openOwnerDesk());
  const visitor = createVisitorServer(
    {
      acting: () => desk.acting,
      federation: async () => null,
      wait: (budget) => (spent.includes(budget) ? 7 : 0),
      media: async () => null,
      blob: async () => null,
      doors: guestDoors(desk.acting),
      log: createLog((line) => complaints.push(line), "warn"),
    },
    { publicFolder: "public" },
  );
  const server = quietServer({ connections: 10 }, visitor);
  stack.defer(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => stack.disposeAsync());

const get = (path: string) => exchange(port, "GET", path, {});

test("E17: what is public is shown, and what is not looks like what never was", async () => {
  const { acting } = desk;
  const id = "7".repeat(32);
  const write = (draft: { id?: string; text: string; reach: "everyone" | "subscribers" }) =>
    acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
  const shown = "8".repeat(32);
  await write({ id: shown, text: "Kettle for everyone", reach: "everyone" });
  await write({ id, text: "Kettle for friends", reach: "subscribers" });
  const page = await get("/");
  expect(page.text).toContain("Kettle for everyone");
  expect(page.text).not.toContain("friends");
  expect((await get(`/posts/${shown}`)).status).toBe(200);
  const hidden = await get(`/posts/${id}`);
  const missing = await get(`/posts/${"0".repeat(32)}`);
  expect(hidden.status).toBe(404);
  expect({ ...hidden, headers: {} }).toEqual({ ...missing, headers: {} });
});

test("what the owner put first stands first for visitors, and only what is for everyone can", async () => {
  const { acting } = desk;
  const write = (text: string, reach: "everyone" | "unlisted") =>
    acting.transact((tx) => publish(tx, acting.me, { text, reach }, acting.now(), acting.random));
  const first = await write("Read this before the rest", "everyone");
  await write("Said later", "everyone");
  const quiet = await write("Not on the page", "unlisted");
  await acting.transact((tx) => pin(tx, acting.me, { postId: first, on: true }, acting.now()));
  const { text } = await get("/");
  expect(text.indexOf("First on the page")).toBeGreaterThan(0);
  expect(text.indexOf("Read this before the rest")).toBeLessThan(text.indexOf("Said later"));
  await expect(
    acting.transact((tx) => pin(tx, acting.me, { postId: quiet, on: true }, acting.now())),
  ).rejects.toMatchObject({ code: "not-to-pin" });
});

test("older posts are asked for by the address of a post, never by a key that tells a time", async () => {
  const { acting } = desk;
  for (let n = 10; n < 32; n += 1) {
    const draft = { id: `${n}`.padStart(32, "0"), text: `Number ${n}.`, reach: "everyone" as const };
    await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
  }
  const first = await get("/");
  const [, older = ""] = /href="(\/\?before=[0-9a-f]{32})"/.exec(first.text) ?? [];
  const second = await get(older);
  expect(first.text).toContain("Number 12.");
  expect(first.text).not.toContain("Number 11.");
  expect(second.text).toContain("Number 11.");
  expect(second.text).not.toContain("Number 12.");
});

test.each(["/posts/%ff", "/media/%ff", "/@%ff", "/people/%ff", "/%ff", "/assets/%ff"])(
  "%s, which is no text, is answered as anything else that is not here",
  async (path) => {
    const missing = await get("/nothing");
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.text).toBe(missing.text);
    expect(answer.headers).toEqual(missing.headers);
  },
);

test("E18: no answer tells the clock of this device", async () => {
  for (const [path, headers] of [
    ["/", {}],
    ["/", { expect: "tea" }],
    ["/assets/tssop.css", {}],
  ] as [string, Record<string, string>][]) {
    const answer = await exchange(port, "GET", path, headers);
    expect(answer.headers["date"], path).toBeUndefined();
  }
});

test("nothing of all this was a fault of ours", () => {
  expect(complaints).toEqual([]);
});

test("who comes by after the owner moved is told where to, and by name once that is confirmed", async () => {
  const { acting, house } = desk;
  const there = await house.meet("nora", `${"d".repeat(56)}.onion`);
  const moveTo = (movedToUri: string) =>
    acting.transact((tx) => tx.person.update({ where: { id: acting.me.ownerId }, data: { movedToUri } }));
  await moveTo(there.uri);
  expect((await get("/")).text).toContain(there.uri);
  await acting.transact((tx) =>
    tx.person.update({ where: { id: there.id }, data: { aliases: acting.me.ownerUri } }),
  );
  const page = await get("/");
  expect(page.text.replace(/<[^>]+>/g, "")).toContain(`Nora Lind has moved to@nora@${"d".repeat(56)}.onion`);
  await moveTo("");
  expect((await get("/")).text).not.toContain("has moved");
});

test("a flood of readers is told to come again, and leaves others what they verify signatures with", async () => {
  const { handle } = desk.acting.me;
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await exchange(port, "GET", path, headers)).status;
  const json = { accept: "application/activity+json" };
  spent.push("documents");
  const page = await get("/");
  expect([page.status, page.headers["retry-after"]]).toEqual([429, "7"]);
  expect(await status(`/people/${handle}/outbox`, json)).toBe(429);
  expect(await status(`/posts/${"8".repeat(32)}`)).toBe(429);
  for (const path of ["/", `/@${handle}`, `/people/${handle}`])
    expect(await status(path, json)).not.toBe(429);
  expect(await status("/.well-known/webfinger?resource=x")).not.toBe(429);
  expect(await status(`/media/${"1".repeat(32)}`)).not.toBe(429);
  spent.splice(0, 1, "media", "identity");
  expect(await status("/")).toBe(200);
  expect(await status(`/media/${"1".repeat(32)}`)).toBe(429);
  expect(await status("/.well-known/webfinger?resource=x")).toBe(429);
  spent.length = 0;
});

test("a post's files are shown to visitors by their own ids, each with its words", async () => {
  const { acting, house } = desk;
  const { addFile } = filesOver(house.store, acting.now);
  const mediaId = await addFile(Readable.from([png(40, 20)]), { name: "a.png", type: "image/png" });
  const id = "9".repeat(32);
  const draft = { id, text: "", reach: "everyone" as const, files: [{ mediaId, alt: "Stripes" }] };
  await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
  const page = await get(`/posts/${id}`);
  expect(page.text).toContain(`src="/media/${mediaId}" alt="Stripes"`);
  expect(page.text).not.toContain("/media/attached");
});
