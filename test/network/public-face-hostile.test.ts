import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publish } from "../../src/social/posts/publish.ts";
import { createToken } from "../../src/social/tokens/tokens.ts";
import { createFediverse, type Fediverse } from "../support/federated.ts";
import { type Asked, BREAKS, type Face, NO_PICTURE, openFace, PICTURE } from "../support/public-face.ts";

const PRIVATE = "7".repeat(32);
const SHOWN = "8".repeat(32);
const MISSING = "0".repeat(32);
const ACTIVITY = { accept: "application/activity+json" };
const PAGE = { accept: "text/html" };

const stack = new AsyncDisposableStack();
let fediverse: Fediverse;
let anna: Face;
let ben: Face;

beforeAll(async () => {
  fediverse = stack.use(await createFediverse());
  anna = stack.use(await openFace(fediverse, "Anna"));
  ben = stack.use(await openFace(fediverse, "Ben"));
  const { acting } = anna.member;
  for (const [id, reach] of [
    [PRIVATE, "me"],
    [SHOWN, "everyone"],
  ] as const) {
    const draft = { id, text: "Kettle", reach };
    await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
  }
});
afterAll(() => stack.disposeAsync());

const odd: [string, string, Asked?][] = [
  ["a page that is not there", "/nothing"],
  ["a private post", `/posts/${PRIVATE}`],
  ["a post that never was", `/posts/${MISSING}`],
  ["a picture that is not there", `/media/${MISSING}`],
  ["a file that is no picture", `/media/${NO_PICTURE}`],
  ["a person who is not here", "/@nobody"],
  ["WebFinger of nobody", "/.well-known/webfinger?resource=acct:nobody@nowhere.example"],
  ["WebFinger of nothing", "/.well-known/webfinger"],
  ["a path that is no text", "/%ff"],
  ["the list of inbox letters", "/inbox"],
  ["what breaks inside", BREAKS],
  ["an unsigned letter", "/inbox", { method: "POST", body: '{"type":"Create"}' }],
  ["a letter that is no JSON", "/inbox", { method: "POST", body: "hello" }],
  ["a letter to nowhere", "/nothing", { method: "POST", body: "{}" }],
  ["a packed letter", "/inbox", { method: "POST", headers: { "content-encoding": "gzip" }, body: "x" }],
  ["a large letter", "/inbox", { method: "POST", body: "x".repeat(300_000) }],
  ["another method", "/", { method: "DELETE" }],
  ["a proxy's form", "http://evil.example/"],
];
const usual: [string, string, Asked?][] = [
  ["the profile", "/"],
  ["the profile by name", "/@anna"],
  ["the person", "/people/anna"],
  ["the person's posts", "/people/anna/outbox"],
  ["the person's subscribers", "/people/anna/followers"],
  ["a public post", `/posts/${SHOWN}`],
  ["a picture", `/media/${PICTURE}`],
  ["the style", "/assets/tssop.css"],
  ["robots", "/robots.txt"],
  ["host-meta", "/.well-known/host-meta"],
  ["NodeInfo's links", "/.well-known/nodeinfo"],
  ["NodeInfo", "/nodeinfo/2.1"],
];

describe("E9: every answer of the public face closes the door behind it", () => {
  test.each([...usual, ...odd])("%s", async (_, path, asked = {}) => {
    for (const accept of [PAGE, ACTIVITY]) {
      const { headers } = await anna.ask(path, { ...asked, headers: { ...accept, ...asked.headers } });
      expect(headers).toMatchObject({
        "content-security-policy":
          "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers["cache-control"]).toContain("no-store");
    }
  });
});

describe("E18: nothing tells which program on which computer answers", () => {
  test.each([...usual, ...odd])("no clock and no mark: %s", async (_, path, asked = {}) => {
    for (const accept of [PAGE, ACTIVITY]) {
      const { headers } = await anna.ask(path, { ...asked, headers: { ...accept, ...asked.headers } });
      const telling = ["date", "etag", "last-modified", "server", "x-powered-by", "age", "via", "set-cookie"];
      for (const name of telling) expect(headers[name], name).toBeUndefined();
    }
  });

  test.each(odd)("two people's faces answer alike: %s", async (_, path, asked = {}) => {
    for (const accept of [PAGE, ACTIVITY]) {
      const answers = await Promise.all(
        [anna, ben].map(async (face) => {
          const answer = await face.ask(path, { ...asked, headers: { ...accept, ...asked.headers } });
          const { name, host } = face.member;
          const text = answer.text.replaceAll(host, "HOST").replaceAll(name, "NAME");
          return { ...answer, headers: { ...answer.headers, "content-length": "" }, text };
        }),
      );
      expect(answers[0]).toEqual(answers[1]);
    }
  });
});

describe("E17: what is private looks like what never was", () => {
  test.each([
    ["a page", PAGE],
    ["an activity", ACTIVITY],
    ["anything", {}],
  ])("asked for as %s", async (_, headers) => {
    const missing = await anna.ask(`/posts/${MISSING}`, { headers });
    expect(missing.status).toBe(404);
    expect(await anna.ask(`/posts/${PRIVATE}`, { headers })).toEqual(missing);
  });

  test("in about the same time", async () => {
    const times: Record<string, number[]> = { [PRIVATE]: [], [MISSING]: [] };
    for (let round = 0; round < 60; round += 1) {
      for (const id of round % 2 === 0 ? [PRIVATE, MISSING] : [MISSING, PRIVATE]) {
        const began = performance.now();
        await anna.ask(`/posts/${id}`, { headers: ACTIVITY });
        times[id]?.push(performance.now() - began);
      }
    }
    const [hidden = 0, missing = 0] = [PRIVATE, MISSING].map(
      (id) => times[id]?.toSorted((a, b) => a - b)[30],
    );
    expect(Math.abs(hidden - missing)).toBeLessThan(Math.max(hidden, missing) / 2);
  });
});

describe("E6: the owner's addresses", () => {
  /** Every route of the owner's pages and of the apps, as the sources name them. */
  function ownersRoutes(): { method: string; path: string }[] {
    const folders = ["src/web/owner", "src/web/api"];
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
    );
    const sources = files.filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(name, "utf8"));
    const pattern = /\.(get|post|put|patch|delete)\(\s*(?:router,\s*)?"(\/[^"]*)"/g;
    return sources.flatMap((text) =>
      [...text.matchAll(pattern)].map(([, method = "", path = ""]) => ({
        method: method.toUpperCase(),
        path: path.replaceAll(/:\w+/g, MISSING),
      })),
    );
  }

  test("are as missing on the public face as anything else, also with the owner's own token", async () => {
    const routes = ownersRoutes().filter(({ path }) => path !== "/");
    expect(routes.length).toBeGreaterThan(60);
    const { acting } = anna.member;
    const how = { name: "app", scopes: "read write follow", random: acting.random };
    const token = await acting.transact((tx) => createToken(tx, how, acting.now()));
    const before = await acting.read.post.count();
    const letIn = {
      authorization: `Bearer ${token}`,
      host: "127.0.0.1:7777",
      origin: "http://127.0.0.1:7777",
    };
    for (const headers of [PAGE, { ...PAGE, ...letIn }]) {
      for (const { method, path } of routes) {
        const body = method === "GET" ? {} : { body: "status=x&form=x" };
        const answer = await anna.ask(path, { method, headers, ...body });
        const nothing = await anna.ask("/nothing", { method, headers, ...body });
        expect([404, 405]).toContain(answer.status);
        expect(answer, `${method} ${path}`).toEqual(nothing);
      }
    }
    expect(await acting.read.post.count()).toBe(before);
    expect((await anna.ask("/", { headers: { ...PAGE, ...letIn } })).text).not.toContain("<form");
  });
});

describe("A24: a file of this node", () => {
  test("is served as a picture, whatever it is asked for as, and never where a post is", async () => {
    for (const accept of [PAGE, ACTIVITY]) {
      const { status, headers } = await anna.ask(`/media/${PICTURE}`, { headers: accept });
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        "content-type": "image/jpeg",
        "content-disposition": "inline",
        "x-content-type-options": "nosniff",
      });
      for (const path of [`/posts/${PICTURE}`, `/people/${PICTURE}`, `/${PICTURE}`])
        expect((await anna.ask(path, { headers: accept })).status, path).toBe(404);
    }
  });

  test("that is no picture is not served at all", async () => {
    const answer = await anna.ask(`/media/${NO_PICTURE}`, { headers: ACTIVITY });
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain("Person");
  });
});
