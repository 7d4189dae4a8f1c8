import { afterEach, beforeEach, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { askAbout } from "../../../src/social/outside/ask-about.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";

const server = "mastodon.example";
let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

const state = async () =>
  (await desk.acting.read.outsideServer.findUnique({ where: { host: server } }))?.state ?? null;

/** As the node does: asks until the server is allowed, then finds Anna. */
async function annaIsThere(): Promise<string> {
  const anna = await desk.house.meet("anna", server);
  desk.acting.lookUp = async () => {
    if ((await state()) === "allowed") return { personId: anna.id };
    await desk.acting.transact((tx) => askAbout(tx, server, Date.now(), "owner"));
    throw new NodeError("server-outside", "asked", { host: server });
  };
  return anna.id;
}

test("the question stands where somebody outside was looked for; allowed, they are found at once", async () => {
  const annaId = await annaIsThere();
  const page = await browser.send(await browser.get("/connect"), "/connect", { address: `anna@${server}` });
  expect(page.status).toBe(422);
  expect(page.text).toContain(`${server} is outside the onion network. We reach it through a Tor exit`);
  expect(brokenBones(page.text)).toEqual([]);
  const answer = await browser.send(page, "/settings/outside", { do: "allowed" });
  expect(answer.headers["location"]).toBe(`/people/${annaId}`);
  expect(await state()).toBe("allowed");
});

test("the question is about the server that was looked for, whatever strangers claim in the meantime", async () => {
  await annaIsThere();
  await desk.acting.transact((tx) => askAbout(tx, "evil.example", Date.now() + 60_000, "others"));
  const page = await browser.send(await browser.get("/connect"), "/connect", { address: `anna@${server}` });
  expect(page.text).toContain(`name="host" value="${server}"`);
  expect(page.text).not.toContain("evil.example");
});

test("refused: nothing goes there, and the decision can be changed both ways", async () => {
  await annaIsThere();
  const page = await browser.send(await browser.get("/connect"), "/connect", { address: `anna@${server}` });
  const refused = await browser.follow(await browser.send(page, "/settings/outside", { do: "refused" }));
  expect(refused.text).toContain(`TSSOP does not go to ${server}.`);
  expect(await state()).toBe("refused");
  expect(brokenBones(refused.text)).toEqual([]);
  await browser.send(refused, "/settings/outside", { host: server, do: "allowed" });
  expect(await state()).toBe("allowed");
  const allowed = await browser.get("/settings/outside");
  expect(allowed.text).toContain("Do not go there any more");
  await browser.send(allowed, "/settings/outside", { host: server, do: "refused" });
  expect(await state()).toBe("refused");
});

test.each(["127.0.0.1", "printer.local", "a", "", "http://x.example", "x.onion"])(
  "%j is no server that could be allowed",
  async (host) => {
    await desk.acting.transact((tx) => askAbout(tx, server, Date.now(), "others"));
    const page = await browser.get("/settings/outside");
    const answer = await browser.send(page, "/settings/outside", { host, do: "allowed" });
    expect(answer.status).toBe(422);
    expect(await desk.acting.read.outsideServer.count({ where: { state: "allowed" } })).toBe(0);
  },
);

test("what was decided is listed a page at a time", async () => {
  await desk.acting.transact((tx) =>
    tx.outsideServer.createMany({
      data: Array.from({ length: 60 }, (_, n) => ({
        host: `s${String(n).padStart(2, "0")}.example`,
        state: "allowed",
        at: new Date(),
      })),
    }),
  );
  const first = await browser.get("/settings/outside");
  expect(first.text).toContain("s49.example");
  expect(first.text).not.toContain("s50.example");
  expect((await browser.get("/settings/outside?after=s49.example")).text).toContain("s59.example");
});
