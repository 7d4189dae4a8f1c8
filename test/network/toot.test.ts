import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDesk } from "../support/api-desk.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Member } from "../support/federated.ts";
import { type Toot, tootFor } from "../support/toot.ts";

/** Anna uses toot; Bert is another node. Only the wire between the nodes stands in. */
const stack = new AsyncDisposableStack();
let anna: Member;
let bert: Member;
let toot: Toot;

beforeAll(async () => {
  const fediverse = stack.use(await createFediverse());
  anna = await fediverse.join("Anna");
  bert = await fediverse.join("Bert");
  const desk = openDesk(anna.acting, anna.federation);
  const server = createServer(desk.app).listen(0, "127.0.0.1");
  stack.defer(() => void server.close());
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as AddressInfo;
  desk.port = port;
  const folder = mkdtempSync(join(tmpdir(), "toot-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const { onion, handle } = anna.acting.me;
  const account = { baseUrl: `http://127.0.0.1:${port}`, onion, handle, token: await desk.token() };
  toot = await tootFor(account, folder);
});

afterAll(() => stack.disposeAsync());

test("toot knows who it is", async () => {
  expect(await toot.run("whoami")).toContain(`@${anna.acting.me.handle} Anna`);
});

test("what toot posts is on the home timeline, once", async () => {
  expect(await toot.run("post", "Written with toot & a = b.")).toContain("Toot posted:");
  const home = await toot.run("timeline", "--once");
  expect(home.split("Written with toot & a = b.")).toHaveLength(2);
});

test("toot finds another node by its address, follows it, and reads what it posts", async () => {
  expect(await toot.run("search", "--resolve", bert.address)).toContain(`@${bert.address} Bert`);
  expect(await toot.run("follow", bert.address)).toContain("You are now following");
  const { handle } = bert.acting.me;
  const theirs = openDesk(bert.acting, bert.federation);
  const app = theirs.as(await theirs.token());
  const asking = await eventually(
    "Anna's request",
    async () => (await app.get("/api/v1/follow_requests")).body[0],
  );
  expect(asking).toMatchObject({ acct: anna.address });
  await app.post(`/api/v1/follow_requests/${asking.id}/authorize`).expect(200);
  await eventually("Anna is let in", async () =>
    (await toot.run("following", anna.acting.me.handle)).includes(`@${handle}@`),
  );
  await app.post("/api/v1/statuses").send({ status: "Bert was here." }).expect(200);
  await eventually("Bert's post", async () =>
    (await toot.run("timeline", "--once")).includes("Bert was here."),
  );
});

const idOfPost = (home: string, words: string) =>
  new RegExp(`${words}[\\s\\S]*?ID (\\d{21})`).exec(home)?.[1] ?? "";

test.each([
  ["favourite", "Status favourited"],
  ["unfavourite", "Status unfavourited"],
  ["bookmark", "Status bookmarked"],
  ["unbookmark", "Status unbookmarked"],
  ["pin", "Status pinned"],
  ["unpin", "Status unpinned"],
  ["reblog", "Status reblogged"],
  ["unreblog", "Status unreblogged"],
])("toot can %s a post", async (command, said) => {
  const words = `To ${command} it.`;
  await toot.run("post", words);
  const id = idOfPost(await toot.run("timeline", "--once"), words);
  if (command.startsWith("un")) await toot.run(command.slice(2), id);
  expect((await toot.run(command, id)).replaceAll("✓", "")).toContain(said);
});

test("toot removes a post, and it is gone", async () => {
  await toot.run("post", "A slip of the pen.");
  const home = await toot.run("timeline", "--once");
  const id = idOfPost(home, "A slip of the pen.");
  expect(await toot.run("delete", id)).toContain("Status deleted");
  expect(await toot.run("timeline", "--once")).not.toContain("A slip of the pen.");
  await expect(toot.run("thread", id)).rejects.toThrow("Record not found");
});

test("toot shows a mistake of the person as a sentence", async () => {
  await expect(toot.run("follow", `nobody@${"a".repeat(56)}.onion`)).rejects.toThrow(/\w/);
  await expect(toot.run("reblog", "1")).rejects.toThrow("Record not found");
});
