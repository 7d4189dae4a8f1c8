import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { verifyObject } from "@fedify/fedify";
import { Create, Note, Object as WireObject } from "@fedify/fedify/vocab";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { addressesOf } from "../../../src/federation/addresses.ts";
import { localContexts } from "../../../src/federation/contexts.ts";
import { type ActorKeys, importKeys } from "../../../src/federation/keys.ts";
import { offline } from "../../../src/federation/translate/offline.ts";
import { actorFromJson, actorOf, cardOf } from "../../../src/federation/translate/person.ts";
import { plainText } from "../../../src/federation/translate/plain-text.ts";
import { noteOf, type OwnPost, readPost } from "../../../src/federation/translate/post.ts";
import { addressingOf, type WireReach } from "../../../src/federation/translate/reach.ts";
import { toWire } from "../../../src/federation/wire.ts";

const me = { origin: "http://a.example", handle: "anna", ownerUri: "http://a.example/people/anna" };
const at = addressesOf(me);
const now = Date.UTC(2026, 10, 23);
const own = { handle: "anna", name: "Anna Ö", aboutHtml: "<p>hello</p>", pictureId: "", approves: true };
let keys: ActorKeys;

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const rsa = createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" })).export({
    format: "der",
    type: "pkcs8",
  });
  keys = await importKeys(me, { rsa, ed25519: Buffer.alloc(32, 9) });
});

const read = (json: unknown) =>
  WireObject.fromJsonLd(JSON.parse(JSON.stringify(json)), {
    contextLoader: localContexts,
    documentLoader: offline,
  });

describe("a person on the wire", () => {
  test("is read as the person that was written", async () => {
    const actor = await actorFromJson(await toWire(actorOf({ ...own, pictureId: "77" }, at, keys)));
    expect(actor === null ? null : await cardOf(actor)).toEqual({
      friendly: true,
      keyUri: "http://a.example/people/anna/openpgp",
      aliases: "",
      movedToUri: "",
      fields: [],
      uri: at.person,
      handle: "anna",
      host: "a.example",
      name: "Anna Ö",
      aboutHtml: "<p>hello</p>",
      url: at.page,
      inbox: at.inbox,
      sharedInbox: at.sharedInbox,
      followersUri: at.followers,
      outboxUri: at.outbox,
      featuredUri: at.featured,
      pictureUrl: "http://a.example/media/77",
      approves: true,
      automated: false,
    });
  });

  test("A36: has the lines of a profile, of whatever others attach the first 50", async () => {
    const line = (at: number) => ({ type: "PropertyValue", name: `L${at}`, value: "<b>x</b>" });
    const attachment = [
      { type: "Note", content: "no line" },
      ...Array.from({ length: 10_000 }, (_, at) => line(at)),
    ];
    const json = { ...(await toWire(actorOf(own, at, keys))), attachment };
    const actor = await actorFromJson(json);
    const card = actor === null ? null : await cardOf(actor);
    expect(card?.fields).toHaveLength(50);
    expect(card?.fields?.[0]).toEqual({ label: "L0", html: "<b>x</b>" });
  });

  test("writes lines as others read them, and a banner", async () => {
    const fields = [{ label: "Lives in", html: "Freiburg" }];
    const json = await toWire(actorOf({ ...own, fields, bannerId: "88" }, at, keys));
    expect(json["attachment"]).toMatchObject([
      { type: "PropertyValue", name: "Lives in", value: "Freiburg" },
      { type: "Link", mediaType: "application/pgp-keys", href: "http://a.example/people/anna/openpgp" },
    ]);
    expect(json["image"]).toMatchObject({ type: "Image", url: "http://a.example/media/88" });
    expect(JSON.stringify(json["@context"])).toContain("http://schema.org#");
  });

  test("shows both keys and asks not to be listed", async () => {
    const json = await toWire(actorOf(own, at, keys));
    expect(json).toMatchObject({
      id: at.person,
      publicKey: { id: `${at.person}#main-key`, owner: at.person },
      assertionMethod: [{ type: "Multikey", controller: at.person }],
      discoverable: false,
      manuallyApprovesFollowers: true,
    });
  });

  test.each([
    ["an inbox on another host", { inbox: "http://evil.example/inbox" }],
    ["no inbox", { inbox: undefined }],
    ["a name that is none", { preferredUsername: "a b/c" }],
    ["no name", { preferredUsername: undefined }],
    ["another kind of thing", { type: "Note" }],
  ])("with %s is nobody", async (_, lie) => {
    const actor = await actorFromJson({ ...(await toWire(actorOf(own, at, keys))), ...lie });
    expect(actor === null ? null : await cardOf(actor)).toBeNull();
  });

  test("keeps nothing that points to another host", async () => {
    const elsewhere = "http://evil.example/x";
    const actor = await actorFromJson({
      ...(await toWire(actorOf(own, at, keys))),
      followers: elsewhere,
      outbox: elsewhere,
      url: elsewhere,
      endpoints: { sharedInbox: elsewhere },
    });
    expect(actor === null ? null : await cardOf(actor)).toMatchObject({
      followersUri: "",
      outboxUri: "",
      sharedInbox: "",
      url: at.person,
    });
  });
});

describe("a post on the wire", () => {
  const anyPost = fc.record<OwnPost>({
    uri: fc.uuid().map((id) => `http://a.example/posts/${id.replaceAll("-", "")}`),
    html: fc.string().map((text) => `<p>${text}</p>`),
    warning: fc.constantFrom("", "spoiler"),
    language: fc.constantFrom("", "en", "de"),
    url: fc.constant(""),
    publishedAt: fc.integer({ min: 1, max: now }),
    editedAt: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: now })),
    replyToUri: fc.constantFrom("", "http://b.example/posts/1"),
  });
  const author = { uri: at.person, followersUri: at.followers };

  test("is read as the post that was written", async () => {
    const reaches = fc.constantFrom<WireReach>("everyone", "unlisted", "subscribers", "chosen");
    const property = fc.asyncProperty(anyPost, reaches, async (post, reach) => {
      const ben = { uri: "http://b.example/people/ben", address: "ben@b.example" };
      const whom = {
        followers: at.followers,
        recipient: ben.uri,
        circle: at.circle("1"),
        mentioned: [ben.uri],
      };
      const json = await toWire(noteOf(post, at.person, addressingOf(reach, whom), [ben]));
      expect(await readPost(await read(json), author, now)).toEqual({
        ...post,
        answerable: null,
        author: at.person,
        kind: "note",
        title: "",
        files: [],
        url: post.uri,
        repliesUri: `${post.uri}/replies`,
        contextUri: "",
        reach,
        mentions: [ben.uri],
        sensitive: post.warning !== "",
        tags: [],
        emojis: [],
        poll: null,
        to: expect.arrayContaining([ben.uri]),
        quoteUri: "",
        quoteStamp: "",
        quotable: "",
      });
    });
    await fc.assert(property, { numRuns: 40 });
  });

  const note = {
    "@context": "https://www.w3.org/ns/activitystreams",
    id: "http://a.example/posts/1",
    type: "Note",
    attributedTo: at.person,
    content: "hello",
    to: "as:Public",
  };

  test.each([
    ["by nobody", { attributedTo: undefined }],
    ["A6: by somebody on another host", { attributedTo: "http://b.example/people/ben" }],
    ["A6: by somebody else on the same host", { attributedTo: "http://a.example/people/amy" }],
    ["by two", { attributedTo: [at.person, "http://b.example/people/ben"] }],
    ["on another host", { id: "http://b.example/posts/1" }],
    ["without an address", { id: undefined }],
    ["of another kind", { type: "Event" }],
  ])("%s is none", async (_, lie) => {
    expect(await readPost(await read({ ...note, ...lie }), author, now)).toBeNull();
  });

  test("from a clock ahead of ours is not newer than now", async () => {
    const future = { ...note, published: "2999-01-01T00:00:00Z", updated: "2999-01-01T00:00:00Z" };
    expect(await readPost(await read(future), author, now)).toMatchObject({
      publishedAt: now,
      editedAt: now,
    });
  });

  test("A13: with renamed terms is read by what they mean", async () => {
    const renamed = {
      "@context": [
        "https://www.w3.org/ns/activitystreams",
        { words: "as:content", by: { "@id": "as:attributedTo", "@type": "@id" } },
      ],
      id: "http://a.example/posts/1",
      type: "Note",
      by: at.person,
      words: "hello",
      content: undefined,
      to: "as:Public",
    };
    expect(await readPost(await read(renamed), author, now)).toMatchObject({
      html: "hello",
      reach: "everyone",
    });
  });
});

describe("what others may pass on", () => {
  const create = () =>
    new Create({
      id: new URL("http://a.example/posts/1#create"),
      actor: new URL(at.person),
      object: new Note({
        id: new URL("http://a.example/posts/1"),
        attribution: new URL(at.person),
        content: "hello",
      }),
      to: new URL("https://www.w3.org/ns/activitystreams#Public"),
    });

  test("carries a proof that holds for exactly these words", async () => {
    const actor = await toWire(actorOf(own, at, keys));
    const documentLoader = async (url: string) => ({
      contextUrl: null,
      documentUrl: url.split("#")[0] ?? "",
      document: actor,
    });
    const options = { contextLoader: localContexts, documentLoader };
    const json = await toWire(create(), keys);
    expect(await verifyObject(Create, json, options)).not.toBeNull();
    const altered = structuredClone(json) as { object: { content: string } };
    altered.object.content = "goodbye";
    expect(await verifyObject(Create, altered, options)).toBeNull();
  });

  test("names the public collection in full, and what is for few carries no proof", async () => {
    expect(await toWire(create())).toMatchObject({ to: "https://www.w3.org/ns/activitystreams#Public" });
    expect(await toWire(create())).not.toHaveProperty("proof");
  });
});

describe("A31: a name", () => {
  test.each([
    ["\u202eevil\u202c", "evil"],
    ["a\u0000b\nc", "a b c"],
    ["\u200banna\ufeff", "anna"],
    ["𝐀𝐧𝐧𝐚", "Anna"],
    ["x".repeat(100_000), "x".repeat(64)],
    ["👩‍👧 Anna", "👩‍👧 Anna"],
    [null, ""],
  ])("%j is shown as %j", (given, shown) => {
    expect(plainText(given, 64)).toBe(shown);
  });
});
