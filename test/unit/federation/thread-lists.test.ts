import { Object as WireObject } from "@fedify/fedify/vocab";
import { describe, expect, test } from "vitest";
import { listPlaceOf } from "../../../src/federation/collections/thread-lists.ts";
import { localContexts } from "../../../src/federation/contexts.ts";
import { offline } from "../../../src/federation/translate/offline.ts";
import { noteOf, readPost } from "../../../src/federation/translate/post.ts";
import { toWire } from "../../../src/federation/wire.ts";

const id = "http://b.example/users/ben/statuses/1";
const author = { uri: "http://b.example/users/ben", followersUri: "" };
const note = {
  "@context": "https://www.w3.org/ns/activitystreams",
  id,
  type: "Note",
  attributedTo: author.uri,
  content: "<p>hi</p>",
  to: "https://www.w3.org/ns/activitystreams#Public",
};

async function lists(values: object) {
  const object = await WireObject.fromJsonLd(
    { ...note, ...values },
    { contextLoader: localContexts, documentLoader: offline },
  );
  const post = await readPost(object, author, Date.now());
  return [post?.repliesUri, post?.contextUri];
}

describe("where answers are listed is read of", () => {
  const first = {
    type: "CollectionPage",
    next: `${id}/replies?page=true`,
    partOf: `${id}/replies`,
    items: [],
  };
  test.each([
    ["Mastodon", { replies: { id: `${id}/replies`, type: "Collection", first } }],
    [
      "Mastodon, with a context",
      {
        replies: { id: `${id}/replies`, type: "Collection", first },
        context: `http://b.example/contexts/1-2`,
      },
    ],
    [
      "GoToSocial",
      {
        replies: {
          id: `${id}/replies`,
          type: "Collection",
          first: { ...first, id: `${id}/replies?page=true` },
        },
      },
    ],
    ["Mitra", { replies: `${id}/replies`, context: "http://b.example/contexts/1-2" }],
    [
      "NodeBB",
      {
        replies: `${id}/replies`,
        context: "http://b.example/topic/7",
        audience: "http://b.example/category/1",
      },
    ],
  ])("%s", async (_who, values) => {
    const context = "context" in values ? values.context : "";
    expect(await lists(values)).toEqual([`${id}/replies`, context]);
  });
});

describe("where answers are listed is not believed", () => {
  test.each([
    ["on another host", "http://c.example/replies"],
    ["by what is no address of the web", "tag:b.example,2020:context"],
    ["at the post itself", id],
    ["at an address without end", `http://b.example/${"a".repeat(3_000)}`],
  ])("%s", async (_where, address) => {
    expect(await lists({ replies: address, context: address })).toEqual(["", ""]);
  });
  test("in a list without an address", async () => {
    expect(await lists({ replies: { type: "Collection", items: [] } })).toEqual(["", ""]);
  });
});

test("an own post names its lists, and reads back as it was written", async () => {
  const own = {
    ...{ uri: "http://a.example/posts/1", html: "<p>x</p>", warning: "", language: "", url: "" },
    ...{ publishedAt: 1, editedAt: 0, replyToUri: "", contextUri: "http://a.example/posts/1/context" },
  };
  const written = noteOf(own, "http://a.example/people/anna", { to: [], cc: [] }, []);
  expect(await toWire(written)).toMatchObject({
    replies: "http://a.example/posts/1/replies",
    context: "http://a.example/posts/1/context",
  });
});

test("a list has one address, and nothing else is one", () => {
  const part = "0123456789abcdef".repeat(2);
  expect(listPlaceOf(`/posts/${part}/replies`, "")).toEqual({ part, list: "replies", page: null });
  expect(listPlaceOf(`/posts/${part}/context`, "?page=first")).toEqual({
    part,
    list: "context",
    page: "first",
  });
  for (const path of [
    `/posts/${part}`,
    `/posts/${part}/replies/`,
    `/posts/${part}/likes`,
    "/posts/1/replies",
  ])
    expect(listPlaceOf(path, "")).toBeNull();
});
