import { expect, test } from "vitest";
import { sortKeyOf } from "../../../../../src/lib/ids.ts";
import type { PersonView } from "../../../../../src/social/people/view.ts";
import type { PostView } from "../../../../../src/social/posts/view.ts";
import { noMarks } from "../../../../../src/social/reactions/of-posts.ts";
import { accountOf, acctOf, credentialsOf } from "../../../../../src/web/api/shapes/account.ts";
import { instanceV1, instanceV2 } from "../../../../../src/web/api/shapes/instance.ts";
import { notificationOf, typeOf } from "../../../../../src/web/api/shapes/notification.ts";
import { relationshipOf } from "../../../../../src/web/api/shapes/relationship.ts";
import { statusOf } from "../../../../../src/web/api/shapes/status.ts";

const site = { base: "http://127.0.0.1:7777", host: "own.onion" };
const seen = Date.UTC(2026, 10, 3, 9, 30);

const bert: PersonView = {
  id: "b".repeat(32),
  sortKey: sortKeyOf(seen, "b"),
  uri: "http://bert.onion/people/bert",
  handle: "bert",
  host: "bert.onion",
  address: "bert@bert.onion",
  name: "",
  aboutHtml: "<p>hi</p>",
  url: "",
  pictureUrl: "http://bert.onion/picture.png",
  approves: true,
  automated: false,
  gone: false,
  isOwner: false,
  guest: false,
  blocked: false,
  muted: null,
  friendly: false,
  friend: null,
  aliases: [],
  movedToUri: "",
  moved: null,
  subscribed: "asked",
  subscriber: "accepted",
};

const post: PostView = {
  id: "p".repeat(32),
  sortKey: sortKeyOf(seen, "p"),
  uri: "http://bert.onion/posts/1",
  author: bert,
  kind: "article",
  html: "<p>text</p>",
  source: "",
  title: "A <title>",
  warning: "careful",
  language: "",
  url: "",
  reach: "subscribers",
  audiences: [],
  without: [],
  seenBy: new Map(),
  shareable: false,
  takesAnswer: true,
  passedBy: "",
  publishedAt: seen,
  editedAt: 0,
  replyToId: "",
  replyToUri: "",
  replyTo: null,
  quote: null,
  quotable: "",
  own: false,
  mentions: [bert],
  to: [],
  replies: 2,
  marks: noMarks,
  pinned: false,
  boostOf: null,
  mutedWords: [],
  tags: [],
  poll: null,
  emojis: [],
  delivery: null,
  files: [],
  sensitive: true,
};

test("a person elsewhere goes by handle and host, the owner by the handle alone", () => {
  expect(acctOf(bert)).toBe("bert@bert.onion");
  expect(acctOf({ ...bert, isOwner: true })).toBe("bert");
});

test("no picture of anybody is ever loaded from where they are", () => {
  const shown = JSON.stringify([accountOf(bert, site), accountOf({ ...bert, pictureUrl: "" }, site)]);
  expect(shown).not.toContain("picture.png");
  for (const key of ["avatar", "avatar_static", "header", "header_static"] as const) {
    expect(accountOf(bert, site)[key]).toMatch(/^http:\/\/127\.0\.0\.1:7777\//);
  }
});

test("an account has a name to show, a time and a link even where the person gave none", () => {
  const account = accountOf(bert, site);
  expect(account.display_name).toBe("bert");
  expect(account.created_at).toBe("2026-11-03T09:30:00.000Z");
  expect(account.url).toBe(bert.uri);
  expect(account.locked).toBe(true);
});

test("the owner's own account carries the text as typed", () => {
  const own = credentialsOf({ ...bert, isOwner: true }, { about: "hi", requests: 3, lines: [] }, site);
  expect(own.source).toMatchObject({ note: "hi", follow_requests_count: 3, privacy: "public" });
});

test("how two stand to each other is said from the owner's side", () => {
  expect(relationshipOf(bert)).toMatchObject({ following: false, requested: true, followed_by: true });
  const strangers = relationshipOf({
    ...bert,
    subscribed: "declined",
    subscriber: "declined",
    blocked: true,
  });
  expect(strangers).toMatchObject({ following: false, requested: false, followed_by: false, blocking: true });
});

test("a status says who sees it, what it warns of and whom it names", () => {
  const status = statusOf(post, { id: "7", accountId: "8" }, site, { now: seen });
  expect(status).toMatchObject({
    id: post.sortKey,
    visibility: "private",
    sensitive: true,
    spoiler_text: "careful",
    language: null,
    edited_at: null,
    in_reply_to_id: "7",
    in_reply_to_account_id: "8",
    replies_count: 2,
    created_at: "2026-11-03T09:30:00.000Z",
  });
  expect(status.mentions).toEqual([
    { id: bert.sortKey, username: "bert", acct: "bert@bert.onion", url: bert.uri },
  ]);
});

test("the title of an article is shown before its text, as text", () => {
  const status = statusOf(post, null, site, { now: seen });
  expect(status.content).toBe("<p><strong>A &lt;title&gt;</strong></p><p>text</p>");
});

test("a notice apps have no word for is left out, never shown as something else", () => {
  expect(["mention", "reply", "subscribed", "request"].map((kind) => typeOf(kind as "mention"))).toEqual([
    "mention",
    "mention",
    "follow",
    "follow_request",
  ]);
  for (const kind of ["accepted", "friend-request", "friends", "introduced"] as const)
    expect(typeOf(kind)).toBeNull();
});

test("a notification without a post has no status field at all", () => {
  const notice = {
    id: "n",
    sortKey: "1",
    kind: "request",
    person: bert,
    post: null,
    detail: "",
    other: null,
    at: seen,
    isNew: true,
  } as const;
  expect(notificationOf(notice, "follow_request", null, site)).not.toHaveProperty("status");
});

test("the instance counts nobody but its one person", () => {
  const facts = { title: "TSSOP", version: "0.1.0", longestPost: 5000, owner: accountOf(bert, site) };
  expect(instanceV1(facts, site).stats).toEqual({ user_count: 1, status_count: 0, domain_count: 0 });
  expect(instanceV2(facts, site)).toMatchObject({ domain: "own.onion", registrations: { enabled: false } });
  expect(instanceV2(facts, site).configuration.statuses.max_characters).toBe(5000);
});
