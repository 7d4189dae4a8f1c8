import { Article, Note, Object as WireObject } from "@fedify/fedify/vocab";
import { describe, expect, test } from "vitest";
import { addressesOf } from "../../../src/federation/addresses.ts";
import { localContexts } from "../../../src/federation/contexts.ts";
import { offline } from "../../../src/federation/translate/offline.ts";
import { policyOf, readQuotable } from "../../../src/federation/translate/policy.ts";
import { noteOf, type OwnPost, readPost } from "../../../src/federation/translate/post.ts";
import { isStampFor, stampObject } from "../../../src/federation/translate/quote.ts";
import { addressingOf } from "../../../src/federation/translate/reach.ts";
import { toWire } from "../../../src/federation/wire.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const PUBLIC = `${AS}#Public`;
const at = addressesOf({
  origin: "http://a.example",
  handle: "anna",
  ownerUri: "http://a.example/people/anna",
});
const now = Date.UTC(2026, 10, 23);
const quoted = "http://b.example/posts/2";
const author = { uri: at.person, followersUri: at.followers };
const whom = {
  followers: at.followers,
  recipient: null,
  circle: "http://a.example/circles/1",
  mentioned: [],
};

const post: OwnPost = {
  uri: "http://a.example/posts/1",
  html: "<p>so it was</p>",
  warning: "",
  language: "en",
  url: "",
  publishedAt: now - 1000,
  editedAt: 0,
  replyToUri: "",
};

const wire = (values: Partial<OwnPost>) =>
  toWire(
    noteOf(
      { ...post, ...values },
      at.person,
      addressingOf("everyone", whom),
      [],
      policyOf({ quotable: "everyone", answerable: null }, at, null),
    ),
  );
const read = async (json: unknown) => {
  const options = { contextLoader: localContexts, documentLoader: offline };
  return readPost(await WireObject.fromJsonLd(json, options), author, now);
};

describe("a quote on the wire", () => {
  test("has all the names it ever had, a plain link for those who know none, and is read back without it", async () => {
    const json = await wire({ quote: { uri: quoted, stamp: "http://b.example/quotes/9" } });
    expect(json).toMatchObject({
      quote: quoted,
      quoteUrl: quoted,
      quoteUri: quoted,
      _misskey_quote: quoted,
      quoteAuthorization: "http://b.example/quotes/9",
      content: expect.stringContaining(`RE: <a href="${quoted}">`),
      tag: { type: "Link", href: quoted, rel: "https://misskey-hub.net/ns#_misskey_quote" },
    });
    expect(await read(json)).toMatchObject({
      html: "<p>so it was</p>",
      quoteUri: quoted,
      quoteStamp: "http://b.example/quotes/9",
      quotable: "everyone",
    });
  });

  const TERMS = {
    quote: { "@id": "https://w3id.org/fep/044f#quote", "@type": "@id" },
    quoteUri: "http://fedibird.com/ns#quoteUri",
    _misskey_quote: "https://misskey-hub.net/ns#_misskey_quote",
    quoteUrl: "as:quoteUrl",
  };
  const link = {
    type: "Link",
    mediaType: `application/ld+json; profile="${AS}"`,
    href: quoted,
    rel: "https://misskey-hub.net/ns#_misskey_quote",
  };
  test.each([
    ["quote", { quote: quoted }],
    ["quoteUrl", { quoteUrl: quoted }],
    ["quoteUri", { quoteUri: quoted }],
    ["_misskey_quote", { _misskey_quote: quoted }],
    ["an object link", { tag: [link] }],
    ["several spellings", { quote: quoted, quoteUri: quoted, _misskey_quote: quoted, tag: link }],
    ["an embedded post", { quote: { type: "Note", id: quoted, content: "words" } }],
  ])("is understood as %s", async (_, values) => {
    const note = { id: post.uri, type: "Note", attributedTo: at.person, to: PUBLIC, content: "<p>x</p>" };
    expect(await read({ "@context": [AS, TERMS], ...note, ...values })).toMatchObject({ quoteUri: quoted });
  });
  test.each([
    ["itself", { quote: post.uri }],
    ["what is no address", { quote: "urn:uuid:1" }],
    ["a link that is not about quoting", { tag: [{ ...link, rel: "related" }] }],
  ])("of %s is none", async (_, values) => {
    const note = { id: post.uri, type: "Note", attributedTo: at.person, to: PUBLIC, content: "<p>x</p>" };
    expect(await read({ "@context": [AS, TERMS], ...note, ...values })).toMatchObject({ quoteUri: "" });
  });
  test("leave from elsewhere than the quoted post is no leave", async () => {
    const json = await wire({ quote: { uri: quoted, stamp: "http://evil.example/quotes/9" } });
    expect(await read(json)).toMatchObject({ quoteUri: quoted, quoteStamp: "" });
  });
});

describe("who may quote", () => {
  test.each(["everyone", "subscribers", "nobody"] as const)("%s is written and read", async (quotable) => {
    const options = { contextLoader: localContexts, documentLoader: offline };
    const note = new Note({
      id: new URL(post.uri),
      interactionPolicy: policyOf({ quotable, answerable: null }, at, null),
    });
    const again = await Note.fromJsonLd(await toWire(note), options);
    expect(readQuotable(again, at.followers)).toBe(quotable);
  });
  test("is not said by most", () => expect(readQuotable(new Note({}), at.followers)).toBe(""));
});

describe("a leave", () => {
  const said = { author: "http://b.example/people/ben", quoting: post.uri, quoted };
  const uri = "http://b.example/quotes/9";
  const wanted = { uri, ...said };
  const stamp = () => toWire(stampObject(uri, said));

  test("holds for exactly one quote", async () => {
    expect(await isStampFor(await stamp(), wanted)).toBe(true);
  });
  test.each([
    ["by somebody else", { attributedTo: "http://b.example/people/bob" }],
    ["by two", { attributedTo: [said.author, "http://a.example/people/anna"] }],
    ["for another post that quotes", { interactingObject: "http://a.example/posts/7" }],
    ["for another post that is quoted", { interactionTarget: "http://b.example/posts/7" }],
    ["without what it is about", { interactionTarget: undefined }],
    ["under another address", { id: "http://b.example/quotes/8" }],
    ["of another kind", { type: "Note" }],
  ])("%s is none", async (_, lie) => {
    expect(await isStampFor({ ...(await stamp()), ...lie }, wanted)).toBe(false);
  });
  test("on another host than its author is none", async () => {
    const elsewhere = "http://evil.example/quotes/9";
    const json = await toWire(stampObject(elsewhere, said));
    expect(await isStampFor(json, { ...wanted, uri: elsewhere })).toBe(false);
  });
});

describe("a long post on the wire", () => {
  const article = { title: "Bread", source: "so *it* was" };
  test("is an Article with its Markdown, what it is about, and a preview with the way to it", async () => {
    const json = await wire({ article });
    expect(json).toMatchObject({
      type: "Article",
      name: "Bread",
      content: "<p>so it was</p>",
      mediaType: "text/html",
      source: { content: "so *it* was", mediaType: "text/markdown" },
      summary: "<p>so it was</p>",
      sensitive: false,
      preview: { type: "Note", content: expect.stringContaining(`<a href="${post.uri}">`) },
    });
    expect(json).not.toHaveProperty("contentMap");
    expect(await read(json)).toMatchObject({ kind: "article", title: "Bread", warning: "", language: "en" });
  });
  test("with a warning says nothing before it", async () => {
    const json = await wire({ article, warning: "butter" });
    expect(json).toMatchObject({ summary: "butter", sensitive: true, preview: { summary: "butter" } });
    expect(JSON.stringify(json["preview"])).not.toContain("so it was");
    expect(await read(json)).toMatchObject({ warning: "butter" });
  });
  test("by others has no warning where it only says what it is about", async () => {
    const theirs = { "@context": AS, id: post.uri, type: "Article", attributedTo: at.person, to: PUBLIC };
    expect(await read({ ...theirs, name: "T", summary: "<p>About bread</p>", content: "x" })).toMatchObject({
      title: "T",
      warning: "",
    });
    expect(new Article({})).toBeInstanceOf(Article);
  });
});
