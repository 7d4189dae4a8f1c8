import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AS, type Besieged, besiege, PUBLIC } from "../support/besieged.ts";

let at: Besieged;

beforeAll(async () => {
  at = await besiege();
});
afterAll(() => at[Symbol.asyncDispose]());
beforeEach(() => {
  at.fediverse.requests.length = 0;
});

describe("how it is written", () => {
  test("A13: terms that are given other meanings are read by what they mean, once, for everybody", async () => {
    const post = at.note(at.attacker);
    const swapped = at.activity(at.attacker, "Create", post, {
      "@context": [AS, { actor: "as:summary", x: { "@id": "as:actor", "@type": "@id" } }],
      x: at.friend.uri,
    });
    expect([202, 401]).toContain(await at.send(at.attacker, swapped));
    expect(await at.stored(post.id)).toBeNull();
  });

  test.each([
    ["@graph", (inner: object) => ({ "@context": AS, "@graph": [inner] })],
    [
      "@included",
      (inner: object) => ({
        "@context": AS,
        id: "http://attacker.example/9",
        type: "Like",
        "@included": [inner],
      }),
    ],
    [
      "@reverse",
      (inner: object) => ({ "@context": AS, id: "http://attacker.example/9", "@reverse": { object: inner } }),
    ],
  ])("A13: what hides in %s has no effect", async (_, wrap) => {
    const post = at.note(at.friend);
    expect([202, 401]).toContain(await at.send(at.attacker, wrap(at.activity(at.friend, "Create", post))));
    expect(await at.stored(post.id)).toBeNull();
  });

  test("A13: a Linked Data signature is no authority", async () => {
    const post = at.note(at.friend);
    const signature = {
      type: "RsaSignature2017",
      creator: at.friend.keyId,
      created: new Date().toISOString(),
      signatureValue: "AAAA",
    };
    const body = JSON.stringify(at.activity(at.friend, "Create", post, { signature }));
    const request = new Request(at.inbox, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/activity+json" },
    });
    expect((await at.fediverse.ask(request)).status).toBe(401);
    expect(await at.send(at.attacker, body)).toBe(401);
    expect(await at.stored(post.id)).toBeNull();
  });

  test("A14: twenty unknown contexts are refused, and nothing is fetched", async () => {
    const unknown = Array.from({ length: 20 }, (_, at) => `http://amplified${at}.example/context`);
    expect(
      await at.send(
        at.friend,
        at.activity(at.friend, "Create", at.note(at.friend), { "@context": [AS, ...unknown] }),
      ),
    ).toBe(400);
    expect(at.fediverse.requests.filter((line) => line.includes("amplified"))).toEqual([]);
  });

  test("A14: an unknown context is not fetched, and the post is understood without it", async () => {
    const post = at.note(at.friend);
    const context = [AS, "http://friend.example/schemas/litepub.jsonld", { "@language": "en" }];
    expect(await at.send(at.friend, at.activity(at.friend, "Create", post, { "@context": context }))).toBe(
      202,
    );
    expect(await at.stored(post.id)).not.toBeNull();
    expect(at.fediverse.requests.filter((line) => line.includes("litepub"))).toEqual([]);
  });

  test.each<[string, number, () => string]>([
    ["A15: 5000 levels", 400, () => `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`],
    ["A16: 100 000 addressees", 400, () => JSON.stringify({ to: Array(100_000).fill("") }).slice(0, 250_000)],
    ["A16: 60 000 addressees that fit", 400, () => JSON.stringify({ to: Array(60_000).fill("") })],
    ["A17: 8 MiB", 413, () => JSON.stringify({ content: "a".repeat(8 << 20) })],
    ["no JSON", 400, () => "hello"],
  ])("%s gets %i", async (_, status, body) => {
    expect(await at.send(at.friend, body())).toBe(status);
  });

  test("A18: a compressed body gets 415", async () => {
    expect(
      await at.send(at.friend, at.activity(at.friend, "Create", at.note(at.friend)), {
        headers: { "Content-Encoding": "gzip" },
      }),
    ).toBe(415);
  });

  test("A19, A20: names of prototypes and doubled names are read in one way only", async () => {
    const post = at.note(at.attacker);
    const twice = JSON.stringify(at.activity(at.attacker, "Create", post)).replace(
      '"type":"Create"',
      `"type":"Create","__proto__":{"polluted":1},"actor":"${at.friend.uri}"`,
    );
    const otherWay = twice.replace(`"actor":"${at.attacker.uri}",`, "");
    expect([202, 401]).toContain(await at.send(at.attacker, twice));
    expect(await at.send(at.attacker, otherWay)).toBe(401);
    const kept = await at.stored(post.id);
    expect(kept === null || kept.author.uri === at.attacker.uri).toBe(true);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

test("A33: whatever is done to an activity, no answer is 5xx and nothing is stored in another's name", async () => {
  const pieces = fc.constantFrom<unknown>(
    at.friend.uri,
    at.attacker.uri,
    at.anna.uri,
    PUBLIC,
    null,
    [],
    {},
    -1,
    "",
    "http://[",
    [at.friend.uri, at.attacker.uri],
    { type: "Link", href: at.friend.uri },
    { "@id": at.friend.uri },
    { "@value": "x", "@language": "zz-" },
  );
  const places = ["@context", "id", "type", "actor", "object", "to", "cc", "published", "signature", "proof"];
  const inner = [
    "id",
    "type",
    "attributedTo",
    "content",
    "to",
    "tag",
    "inReplyTo",
    "published",
    "url",
    "summary",
  ];
  const mutation = fc.record({ outer: fc.boolean(), at: fc.nat(9), piece: pieces, drop: fc.boolean() });
  const types = fc.constantFrom(
    "Create",
    "Update",
    "Delete",
    "Follow",
    "Undo",
    "Accept",
    "Reject",
    "Move",
    "Flag",
  );
  await fc.assert(
    fc.asyncProperty(types, fc.array(mutation, { minLength: 1, maxLength: 3 }), async (type, mutations) => {
      const object: Record<string, unknown> = at.note(at.attacker);
      const whole: Record<string, unknown> = at.activity(at.attacker, type, object);
      for (const { outer, at, piece, drop } of mutations) {
        const target = outer ? whole : object;
        const name = (outer ? places : inner)[at] ?? "id";
        if (drop) delete target[name];
        else target[name] = piece;
      }
      expect(await at.send(at.attacker, whole)).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
  const foreign = await at.anna.store.read.post.count({
    where: { uri: { startsWith: at.attacker.origin }, author: { uri: { not: at.attacker.uri } } },
  });
  expect(foreign).toBe(0);
  expect(await at.anna.store.read.post.count({ where: { html: { contains: "lies" } } })).toBe(0);
});
