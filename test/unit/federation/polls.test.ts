import { Note, Question, Object as WireObject } from "@fedify/fedify/vocab";
import { expect, test } from "vitest";
import { localContexts } from "../../../src/federation/contexts.ts";
import { readPoll, readVote } from "../../../src/federation/translate/poll.ts";
import { noteOf, readPost } from "../../../src/federation/translate/post.ts";
import { toWire } from "../../../src/federation/wire.ts";

const NOW = Date.UTC(2026, 10, 3);
const author = { uri: "http://a.example/users/ann", followersUri: "" };
const CONTEXT = [
  "https://www.w3.org/ns/activitystreams",
  {
    toot: "http://joinmastodon.org/ns#",
    votersCount: "toot:votersCount",
    Hashtag: "as:Hashtag",
    Emoji: "toot:Emoji",
    sensitive: "as:sensitive",
  },
];

async function read(values: object): Promise<WireObject> {
  const json = {
    "@context": CONTEXT,
    ...{ id: "http://a.example/1", type: "Question", attributedTo: author.uri, ...values },
  };
  return WireObject.fromJsonLd(json, { contextLoader: localContexts, documentLoader: localContexts });
}
const option = (name: string, totalItems?: unknown) => ({
  type: "Note",
  name,
  replies: { type: "Collection", totalItems },
});

test("a poll as Mastodon spells it", async () => {
  const question = await read({
    content: "<p>Which?</p>",
    oneOf: [option("Rye", 3), option("Oat", 4)],
    endTime: "2026-11-04T00:00:00Z",
    votersCount: 7,
  });
  const post = await readPost(question, author, NOW);
  expect(post?.kind).toBe("note");
  expect(post?.poll).toEqual({
    multiple: false,
    endsAt: NOW + 24 * 60 * 60_000,
    closedAt: 0,
    voters: 7,
    options: [
      { title: "Rye", votes: 3 },
      { title: "Oat", votes: 4 },
    ],
  });
});

test("several choices, closed, without counts, the same answer twice, a hundred answers", async () => {
  const closed = await read({
    anyOf: [option("a"), option("b"), option("a")],
    closed: "2026-11-01T00:00:00Z",
  });
  expect(await readPoll(closed, NOW)).toMatchObject({
    multiple: true,
    closedAt: Date.UTC(2026, 10, 1),
    voters: 0,
    options: [{ title: "a" }, { title: "b" }],
  });
  const many = await read({ oneOf: Array.from({ length: 100 }, (_, n) => option(`o${n}`, -5)) });
  const poll = await readPoll(many, NOW);
  expect(poll?.options).toHaveLength(20);
  expect(poll?.options.every(({ votes }) => votes === 0)).toBe(true);
  expect(await readPoll(await read({ oneOf: option("alone") }), NOW)).toBeNull();
});

test("a vote has a name and says nothing; a post that has both is a post", async () => {
  const vote = { type: "Note", name: "Oat", inReplyTo: "http://b.example/1" };
  expect(readVote(await read(vote))).toMatchObject({ title: "Oat", pollUri: "http://b.example/1" });
  expect(readVote(await read({ ...vote, content: "<p>hi</p>" }))).toBeNull();
  expect(readVote(await read({ ...vote, name: undefined }))).toBeNull();
  expect(readVote(await read({ ...vote, inReplyTo: undefined }))).toBeNull();
});

test("hashtags and emoji are read, bounded", async () => {
  const tag = [
    { type: "Hashtag", name: "#Brot", href: "http://a.example/tags/brot" },
    { type: "Emoji", name: ":cat:", icon: { type: "Image", url: "http://a.example/cat.png" } },
    { type: "Emoji", name: ":bad:", icon: { type: "Image", url: "file:///etc/passwd" } },
    ...Array.from({ length: 90 }, (_, n) => ({
      type: "Hashtag",
      name: `#t${n}`,
      href: "http://a.example/t",
    })),
  ];
  const post = await readPost(await read({ type: "Note", content: "x", tag, sensitive: true }), author, NOW);
  expect(post?.tags).toHaveLength(30);
  expect(post?.tags[0]).toBe("Brot");
  expect(post?.emojis).toEqual([{ shortcode: "cat", url: "http://a.example/cat.png" }]);
  expect(post?.sensitive).toBe(true);
});

test("an own poll is a Question with counts only, an own post without one a Note", async () => {
  const base = { html: "<p>Which?</p>", warning: "", language: "de", url: "", replyToUri: "" };
  const post = { ...base, uri: "http://a.example/posts/1", publishedAt: NOW, editedAt: 0 };
  const options = [
    { title: "Rye", votes: 1 },
    { title: "Oat", votes: 0 },
  ];
  const poll = { multiple: true, endsAt: NOW + 1_000, closedAt: 0, voters: 1, options };
  const question = noteOf({ ...post, poll }, author.uri, { to: [], cc: [] }, []);
  expect(question).toBeInstanceOf(Question);
  expect(await toWire(question)).toMatchObject({
    type: "Question",
    votersCount: 1,
    content: "<p>Which?</p>",
    contentMap: { de: "<p>Which?</p>" },
    anyOf: [
      { type: "Note", name: "Rye", replies: { type: "Collection", totalItems: 1 } },
      { type: "Note", name: "Oat", replies: { type: "Collection", totalItems: 0 } },
    ],
  });
  expect(noteOf(post, author.uri, { to: [], cc: [] }, [])).toBeInstanceOf(Note);
});
