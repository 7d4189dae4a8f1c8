import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AS, type Besieged, besiege } from "../support/besieged.ts";

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

  test("A19: members with the names of prototypes change no object of ours", async () => {
    const post = at.note(at.attacker);
    for (const name of ["__proto__", "constructor", "prototype"]) {
      const poison = `"type":"Create","${name}":{"polluted":1,"prototype":{"polluted":1}}`;
      const body = JSON.stringify(at.activity(at.attacker, "Create", post)).replace(
        '"type":"Create"',
        poison,
      );
      expect([202, 401]).toContain(await at.send(at.attacker, body));
    }
    const kept = await at.stored(post.id);
    expect(kept === null || kept.author.uri === at.attacker.uri).toBe(true);
    for (const innocent of [{}, [], () => {}]) expect(Reflect.get(innocent, "polluted")).toBeUndefined();
  });

  test("A20: an actor who is named twice is the same one for who checks and for who acts", async () => {
    for (const [names, status] of [
      [[at.attacker.uri, at.friend.uri], 401],
      [[at.friend.uri, at.attacker.uri], 202],
    ] as const) {
      const post = at.note(at.attacker);
      const { actor: _, ...rest } = at.activity(at.attacker, "Create", post);
      const twice = names.map((name) => `"actor":"${name}"`).join();
      const body = JSON.stringify(rest).replace(/}$/, `,${twice}}`);
      expect(await at.send(at.attacker, body)).toBe(status);
      const kept = await at.stored(post.id);
      if (status === 401) expect(kept).toBeNull();
      else expect(kept?.author.uri).toBe(at.attacker.uri);
    }
  });

  test("A20: an author who is named twice is one author", async () => {
    for (const [names, isKept] of [
      [[at.attacker.uri, at.friend.uri], false],
      [[at.friend.uri, at.attacker.uri], true],
    ] as const) {
      const { attributedTo: _, ...rest } = at.note(at.attacker) as ReturnType<typeof at.note> & {
        attributedTo?: string;
      };
      const note = JSON.stringify(rest).replace(/}$/, `,${names.map((name) => `"attributedTo":"${name}"`)}}`);
      const body = JSON.stringify(at.activity(at.attacker, "Create", "NOTE")).replace('"NOTE"', note);
      expect(await at.send(at.attacker, body)).toBe(202);
      const kept = await at.stored(rest.id);
      expect(kept?.author.uri ?? null).toBe(isKept ? at.attacker.uri : null);
    }
  });
});

describe("A32: what nobody knows yet", () => {
  test.each(["Question", "Event", "Document", "http://attacker.example/ns#Thing"])(
    "a new %s is ignored or kept as words, and a post of the same id is taken afterwards",
    async (type) => {
      const odd = at.note(at.friend, { type, oneOf: [{ type: "Note", name: "a" }], quoteUrl: at.anna.uri });
      expect(await at.send(at.friend, at.activity(at.friend, "Create", odd))).toBe(202);
      const early = await at.stored(odd.id);
      const post = { ...odd, type: "Note" };
      expect(await at.send(at.friend, at.activity(at.friend, "Create", post))).toBe(202);
      const kept = await at.stored(odd.id);
      expect(kept?.author.uri).toBe(at.friend.uri);
      expect(early === null || early.html === kept?.html).toBe(true);
    },
  );

  test("an id that somebody else announced first is still its author's", async () => {
    const post = at.note(at.friend);
    const lies = [
      at.activity(at.attacker, "Create", { ...post, content: "lies" }),
      at.activity(at.attacker, "Create", { ...post, attributedTo: at.attacker.uri, content: "lies" }),
      at.activity(at.attacker, "Announce", post.id),
      at.activity(at.attacker, "Delete", post.id),
      at.activity(at.attacker, "Update", { ...post, content: "lies" }),
    ];
    for (const lie of lies) expect(await at.send(at.attacker, lie)).toBe(202);
    expect(await at.stored(post.id)).toBeNull();
    expect(await at.send(at.friend, at.activity(at.friend, "Create", post))).toBe(202);
    expect(await at.stored(post.id)).toMatchObject({
      html: expect.stringContaining("words"),
      author: { uri: at.friend.uri },
    });
  });

  test("an activity that somebody else's id was used for first is still handled", async () => {
    const post = at.note(at.friend);
    const activity = at.activity(at.friend, "Create", post);
    const stolen = at.activity(at.attacker, "Create", at.note(at.attacker), { id: activity["id"] });
    const neighbours = at.activity(at.neighbour, "Create", at.note(at.neighbour), { id: activity["id"] });
    expect(await at.send(at.attacker, stolen)).toBe(202);
    expect(await at.send(at.neighbour, neighbours)).toBe(202);
    expect(await at.send(at.friend, activity)).toBe(202);
    expect(await at.stored(post.id)).not.toBeNull();
  });
});
