import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { moveAway } from "../../src/social/moving/move-away.ts";
import { block } from "../../src/social/people/block.ts";
import { changeSetting } from "../../src/social/settings/settings.ts";
import { AS, type Besieged, besiege } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import type { Member } from "../support/federated.ts";
import { arrived, instanceActor, letIn } from "../support/larger-server.ts";
import { say } from "../support/neighbours.ts";
import { openFace } from "../support/public-face.ts";

/** What a Tor-enabled Mastodon, and those like it, need of a node: a rule, a test. How they spell things is beside. */

let at: Besieged;
let anna: Member;

beforeEach(async () => {
  at = await besiege();
  anna = at.anna;
});
afterEach(() => at[Symbol.asyncDispose]());

const QUOTES = {
  QuoteRequest: "https://w3id.org/fep/044f#QuoteRequest",
  quote: { "@id": "https://w3id.org/fep/044f#quote", "@type": "@id" },
};
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const AP = { Accept: "application/activity+json" };
const get = (path: string, headers: Record<string, string> = AP) =>
  at.fediverse.ask(new Request(new URL(path, `http://${anna.host}`), { headers }));
const json = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>;
const uriOf = async (id: string) => (await anna.store.read.post.findUniqueOrThrow({ where: { id } })).uri;
const webFinger = (resource: string) => `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`;

/** Every http address in a document, but for names of contexts. */
function addresses(document: Record<string, unknown>): string[] {
  const { "@context": _, ...rest } = document;
  return JSON.stringify(rest).match(/https?:\/\/[^"\\<>\s]+/g) ?? [];
}

describe("being found", () => {
  test("WebFinger gives the subject that was asked for, and one self link that is exactly the actor's id", async () => {
    const response = await get(webFinger(`acct:${anna.address}`), {});
    expect(response.headers.get("Content-Type")).toBe("application/jrd+json");
    const jrd = (await response.json()) as { subject: string; links: Record<string, string>[] };
    expect(jrd.subject).toBe(`acct:${anna.address}`);
    const self = jrd.links.filter(({ rel }) => rel === "self");
    expect(self).toEqual([{ rel: "self", type: "application/activity+json", href: anna.uri }]);
    expect((await json(anna.uri))["id"]).toBe(anna.uri);
  });

  test("host-meta is an XRD whose template, over http, leads to WebFinger", async () => {
    const response = await get("/.well-known/host-meta", {});
    expect(response.headers.get("Content-Type")).toMatch(/^application\/xrd\+xml/);
    const template = /<Link rel="lrdd"[^>]* template="([^"]+)"/.exec(await response.text())?.[1] ?? "";
    expect(template.startsWith(`http://${anna.host}/`)).toBe(true);
    const found = await json(template.replace("{uri}", encodeURIComponent(`acct:${anna.address}`)));
    expect(found["subject"]).toBe(`acct:${anna.address}`);
  });

  test("actor, posts, their url and leave to quote are all on one host, without a port", async () => {
    await letIn(at, at.friend);
    const post = await uriOf(await say(anna, "One place"));
    const quoting = at.note(at.friend, { quote: post });
    await at.send(
      at.friend,
      at.activity(at.friend, "QuoteRequest", post, { "@context": [AS, QUOTES], instrument: quoting }),
    );
    const stamp = await anna.store.read.quoteStamp.findFirstOrThrow();
    for (const path of [anna.uri, post, `/quotes/${stamp.id}`]) {
      const document = await json(path);
      const elsewhere = addresses(document).filter((one) => !one.startsWith(`http://${anna.host}/`));
      // Words of vocabularies, which nobody fetches.
      const places = elsewhere.filter(
        (one) => !/^https:\/\/www\.w3\.org\/|^http:\/\/purl\.org\/vocab\//.test(one),
      );
      expect(places).toEqual(path.startsWith("/quotes/") ? [quoting.id] : []);
    }
  });

  test("nothing is redirected, and no HSTS is set, at any address", async () => {
    await using face = await openFace(at.fediverse, "Ben");
    const { uri, address } = face.member;
    const own = new URL(uri).pathname;
    const paths = [
      "/",
      "/@ben",
      own,
      `${own}/`,
      `${own}/outbox`,
      `${own}/followers`,
      "/posts/1",
      "/nothing",
      "/people",
    ];
    for (const path of [...paths, "/robots.txt", "/.well-known/host-meta", webFinger(`acct:${address}`)])
      for (const accept of ["application/activity+json", "text/html"]) {
        const { status, headers } = await face.ask(path, { headers: { accept } });
        expect([200, 404], `${path} as ${accept}`).toContain(status);
        expect(Object.keys(headers)).not.toContain("location");
        expect(Object.keys(headers)).not.toContain("strict-transport-security");
        expect(String(headers["content-security-policy"])).not.toContain("upgrade-insecure-requests");
      }
  });

  test("the actor and WebFinger are answered from memory, to the server itself too, and what changes is in it at once", async () => {
    const itself = instanceActor(at);
    const askBoth = async () => {
      const actor = await at.fediverse.ask(itself.signedGet(anna.uri));
      const jrd = await get(webFinger(`acct:${anna.address}`), {});
      expect([actor.status, jrd.status]).toEqual([200, 200]);
      return (await actor.json()) as Record<string, unknown>;
    };
    expect((await askBoth())["name"]).not.toBe("Anna Two");
    await anna.acting.transact((tx) => changeSetting(tx, "profile.name", "Anna Two"));
    expect((await askBoth())["name"]).toBe("Anna Two");
    const post = await uriOf(await say(anna, "Not in memory"));
    await anna.runner.idle();
    anna.runner.pause();
    await anna.store[Symbol.asyncDispose]();
    await expect(get(post)).rejects.toThrow();
    expect((await askBoth())["name"]).toBe("Anna Two");
  });

  test("410 is never said of the actor: not to whom is blocked, not after a move, not of a wrong name", async () => {
    const { acting } = anna;
    const there = at.friend.documents.get(new URL(at.friend.uri).pathname) as object;
    at.friend.documents.set(new URL(at.friend.uri).pathname, { ...there, alsoKnownAs: [anna.uri] });
    const { personId } = await anna.federation.lookUpAnew(at.friend.uri);
    await acting.transact((tx) => moveAway(tx, acting.me, personId, acting.now()));
    await acting.transact((tx) => block(tx, idOf(at.attacker.uri), acting.now()));
    const blocked = await at.fediverse.ask(at.attacker.signedGet(anna.uri));
    const wrong = await get("/people/anne");
    expect([(await get(anna.uri)).status, blocked.status, wrong.status]).toEqual([200, 404, 404]);
  });
});

describe("what is narrow", () => {
  test("is not unlocked by a GET that the server signs as itself", async () => {
    const itself = instanceActor(at);
    await letIn(at, at.friend);
    const post = await uriOf(await say(anna, "Among us", { reach: "subscribers" }));
    expect((await at.fediverse.ask(itself.signedGet(post))).status).toBe(404);
    expect((await at.fediverse.ask(at.friend.signedGet(post))).status).toBe(200);
  });

  test("is delivered to each personal inbox, for a collection that answers nobody: limited, not a message", async () => {
    await letIn(at, at.friend, at.neighbour);
    const to = [idOf(at.friend.uri), idOf(at.neighbour.uri)];
    await say(anna, "You two", { reach: "chosen", to });
    const copies = await arrived(at.friend, "You two", 2);
    expect(copies.map(({ path }) => path).sort()).toEqual(["/users/fred/inbox", "/users/nina/inbox"]);
    for (const { path, activity } of copies) {
      const [recipient, circle] = (activity["object"] as { to: string[] }).to;
      expect(`${new URL(recipient ?? "").pathname}/inbox`).toBe(path);
      expect(circle).toMatch(new RegExp(`^http://${anna.host}/circles/[0-9a-f]{32}$`));
      expect((await get(circle ?? "")).status).toBe(404);
      expect(JSON.stringify(activity)).not.toContain("directMessage");
      expect(activity["object"]).not.toHaveProperty("cc");
    }
  });
});

describe("taking in", () => {
  test("is answered 202 before the work that follows", async () => {
    const far = at.stranger("far");
    const { promise: never, resolve: letGo } = Promise.withResolvers<void>();
    at.fediverse.interfere(far.host, async (_, go) => {
      await never;
      return go();
    });
    const answer = at.note(at.friend, { inReplyTo: `${far.origin}/notes/1` });
    expect(await at.send(at.friend, at.activity(at.friend, "Create", answer))).toBe(202);
    await eventually("its parent is asked for", async () =>
      at.fediverse.requests.find((line) => line.includes(far.host)),
    );
    expect(await at.stored(answer.id)).not.toBeNull();
    letGo();
  });

  test("goes up to 256 KiB, which is more than any honest post has", async () => {
    const sized = (bytes: number) => {
      const activity = at.activity(at.friend, "Create", at.note(at.friend), { padding: "" });
      return { ...activity, padding: "x".repeat(bytes - Buffer.byteLength(JSON.stringify(activity))) };
    };
    expect(await at.send(at.friend, sized(256 * 1024))).toBe(202);
    expect(await at.send(at.friend, sized(256 * 1024 + 1))).toBe(413);
  });

  test.each([
    [59, 202],
    [-59, 202],
    [61, 401],
    [-61, 401],
  ])("believes a clock that is %i minutes off: %i", async (minutes, status) => {
    const date = new Date(Date.now() + minutes * MINUTE);
    expect(await at.send(at.friend, at.activity(at.friend, "Create", at.note(at.friend)), { date })).toBe(
      status,
    );
  });
});

describe("after an outage", () => {
  test("each subscriber's server gets an Update of the actor, and the outboxes of those subscribed to are read", async () => {
    await letIn(at, at.friend, at.neighbour);
    const { federation } = anna;
    await federation.noteUp(anna.acting.now());
    at.fediverse.later += 8 * DAY;
    await federation.comeBack(anna.acting.now());
    // The hello is spread over an hour.
    at.fediverse.later += 60 * MINUTE;
    anna.runner.wake();
    const [update, ...more] = await eventually("it is told", async () => {
      const found = at.friend.received.filter(({ activity }) => activity["type"] === "Update");
      return found.length > 0 ? found : undefined;
    });
    expect(more).toEqual([]);
    expect(update?.activity).toMatchObject({ actor: anna.uri, object: { id: anna.uri, type: "Person" } });
    await eventually("the outbox is read", async () =>
      at.friend.asked.find((path) => path.endsWith("/outbox")),
    );
  });
});
