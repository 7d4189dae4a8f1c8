import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publish } from "../../src/social/posts/publish.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";

let fediverse: Fediverse;
let anna: Member;

beforeAll(async () => {
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
});
afterAll(() => fediverse[Symbol.asyncDispose]());

const AP = { Accept: "application/activity+json" };
const BROWSER = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

function get(path: string, headers: Record<string, string> = AP, method = "GET"): Promise<Response | null> {
  return anna.federation.handle(new Request(`http://${anna.host}${path}`, { headers, method }));
}

async function json(path: string): Promise<Record<string, unknown>> {
  const response = await get(path);
  expect(response?.status).toBe(200);
  return response?.json() as Promise<Record<string, unknown>>;
}

function say(text: string, reach: "everyone" | "unlisted" | "subscribers" | "me"): Promise<string> {
  const { acting } = anna;
  return acting.transact((tx) => publish(tx, acting.me, { text, reach }, acting.now(), acting.random));
}

describe("anyone who has the address", () => {
  test.each(["/people/anna", "/@anna", "/"])("reads the person, with the keys, at %s", async (path) => {
    expect(await json(path)).toMatchObject({
      id: anna.uri,
      type: "Person",
      preferredUsername: "anna",
      url: `http://${anna.host}/@anna`,
      inbox: `${anna.uri}/inbox`,
      endpoints: { sharedInbox: `http://${anna.host}/inbox` },
      publicKey: { id: `${anna.uri}#main-key`, owner: anna.uri },
    });
  });

  test.each(["/people/anna", "/@anna", "/", `/posts/${"a".repeat(32)}`])(
    "gets the page, not the document, with a browser: %s",
    async (path) => {
      expect(await get(path, BROWSER)).toBeNull();
    },
  );

  test("finds the person by name and by address (WebFinger)", async () => {
    const self = { rel: "self", type: "application/activity+json", href: anna.uri };
    for (const resource of [
      `acct:${anna.address}`,
      anna.uri,
      `http://${anna.host}/@anna`,
      `acct:ANNA@${anna.host}`,
    ]) {
      const found = await json(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}`);
      expect(found["links"]).toContainEqual(self);
      if (resource === `acct:${anna.address}`) expect(found["subject"]).toBe(resource);
    }
  });

  test.each([
    `acct:ben@{host}`,
    "acct:anna@elsewhere.example",
    "http://elsewhere.example/people/anna",
    "mailto:x@y.z",
  ])("finds nobody for %s", async (resource) => {
    const asked = encodeURIComponent(resource.replace("{host}", anna.host));
    expect((await get(`/.well-known/webfinger?resource=${asked}`))?.status).toBe(404);
  });

  test("learns what program this is, and no count of anything", async () => {
    const links = await json("/.well-known/nodeinfo");
    expect(JSON.stringify(links)).toContain(`http://${anna.host}/nodeinfo/2.1`);
    const info = await json("/nodeinfo/2.1");
    expect(info).toMatchObject({ version: "2.1", software: { name: "tssop" }, usage: { users: {} } });
    expect(JSON.stringify(info["usage"])).toBe('{"users":{}}');
  });

  test("is told where WebFinger is, over http", async () => {
    const response = await get("/.well-known/host-meta", {});
    expect(response?.headers.get("Content-Type")).toContain("application/xrd+xml");
    expect(await response?.text()).toContain(
      `template="http://${anna.host}/.well-known/webfinger?resource={uri}"`,
    );
  });

  test.each(["followers", "following"])("sees nobody among the %s, and no number", async (which) => {
    const collection = await json(`/people/anna/${which}`);
    expect(collection).not.toHaveProperty("totalItems");
    expect(JSON.stringify(collection)).not.toMatch(/"(?:items|orderedItems)":\s*\[?"/);
  });

  test("reads posts for everyone page by page, newest first, and no others", async () => {
    for (let at = 1; at <= 25; at++) await say(`public ${at}`, "everyone");
    for (const reach of ["unlisted", "subscribers", "me"] as const) await say(`secret ${reach}`, reach);
    const outbox = await json("/people/anna/outbox");
    expect(outbox).not.toHaveProperty("totalItems");
    const texts: string[] = [];
    let next: unknown = outbox["first"];
    let pages = 0;
    while (typeof next === "string" && pages++ < 5) {
      const { pathname, search } = new URL(next);
      const page = await json(pathname + search);
      texts.push(...[...JSON.stringify(page["orderedItems"]).matchAll(/public \d+/g)].map(String));
      expect(JSON.stringify(page)).not.toContain("secret");
      next = page["next"];
    }
    expect(pages).toBe(2);
    expect([...new Set(texts)]).toEqual(Array.from({ length: 25 }, (_, at) => `public ${25 - at}`));
  });

  test("sees a post for everyone, and 404 for one that is not", async () => {
    const [open, closed] = [await say("seen", "everyone"), await say("unseen", "subscribers")];
    const uri = async (id: string) => (await anna.store.read.post.findUniqueOrThrow({ where: { id } })).uri;
    const seen = await get(new URL(await uri(open)).pathname);
    expect(await seen?.json()).toMatchObject({ type: "Note", attributedTo: anna.uri });
    expect(seen?.headers.get("Cache-Control")).toBe("private, no-store");
    expect((await get(new URL(await uri(closed)).pathname))?.status).toBe(404);
  });
});

test("what is not the federation's is left to the pages", async () => {
  for (const path of ["/robots.txt", "/posts/1", "/people", "/api/v1/instance"])
    expect(await get(path)).toBeNull();
  expect(await get("/people/anna", AP, "DELETE")).toBeNull();
  expect(await get("/people/ben")).toBeNull();
});

test("the Host header changes nothing", async () => {
  const asked = new Request("http://evil.example/people/anna", { headers: AP });
  expect(await (await anna.federation.handle(asked))?.text()).not.toContain("evil");
});
