import { NodeError } from "../../../lib/errors.ts";
import type { Page, Paged } from "../../../lib/page.ts";
import type { Work } from "../../../social/acting.ts";
import { boost, unboost } from "../../../social/boosts/boost.ts";
import { bookmark } from "../../../social/marks/bookmark.ts";
import { pin } from "../../../social/marks/pin.ts";
import { postById } from "../../../social/posts/find.ts";
import { bookmarkedPosts, likedPosts } from "../../../social/posts/timelines.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { react, unreact } from "../../../social/reactions/react.ts";
import { type Did, whoDid } from "../../../social/reactions/who.ts";
import { type Answer, type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { oneStatus, postOf, statusesOf } from "../find.ts";
import { askedPage, pagedAnswer, sift } from "../paging.ts";
import { notFound } from "../refuse.ts";
import { accountOf } from "../shapes/account.ts";

type Act = (call: Call, postId: string) => Work<unknown>;

const acts: Record<string, { scope: "write:favourites" | "write:statuses" | "write:bookmarks"; act: Act }> = {
  favourite: { scope: "write:favourites", act: (call, postId) => like(call, { postId, emoji: "" }) },
  unfavourite: { scope: "write:favourites", act: (call, postId) => unlike(call, { postId, emoji: "" }) },
  unreblog: {
    scope: "write:statuses",
    act:
      ({ acting }, postId) =>
      (tx) =>
        unboost(tx, acting.me, postId, acting.now()),
  },
  bookmark: { scope: "write:bookmarks", act: keeping(true) },
  unbookmark: { scope: "write:bookmarks", act: keeping(false) },
  pin: { scope: "write:statuses", act: pinning(true) },
  unpin: { scope: "write:statuses", act: pinning(false) },
};

function keeping(on: boolean): Act {
  return ({ acting }, postId) =>
    (tx) =>
      bookmark(tx, { postId, on }, acting.now());
}

function pinning(on: boolean): Act {
  return ({ acting }, postId) =>
    (tx) =>
      pin(tx, acting.me, { postId, on }, acting.now());
}

const PLEROMA = "/api/v1/pleroma/statuses/:id/reactions";

/** What the owner does with posts beside writing, and the lists that come of it. */
export function markRoutes(door: Door): void {
  for (const [name, { scope, act }] of Object.entries(acts))
    door.post(`/api/v1/statuses/:id/${name}`, scope, (call) => done(call, act));
  door.post("/api/v1/statuses/:id/reblog", "write:statuses", reblog);
  door.get("/api/v1/bookmarks", "read:bookmarks", (call) =>
    list(call, (page) => bookmarkedPosts(call.acting.read, call.acting.me, page)),
  );
  door.get("/api/v1/favourites", "read:favourites", (call) =>
    list(call, (page) => likedPosts(call.acting.read, call.acting.me, page)),
  );
  door.get("/api/v1/statuses/:id/favourited_by", "read:accounts", (call) => who(call, "like"));
  door.get("/api/v1/statuses/:id/reblogged_by", "read:accounts", (call) => who(call, "boost"));
  door.put(`${PLEROMA}/:emoji`, "write:favourites", (call) => done(call, withEmoji(like)));
  door.delete(`${PLEROMA}/:emoji`, "write:favourites", (call) => done(call, withEmoji(unlike)));
  door.get(PLEROMA, "read:statuses", reactions);
}

type Reaction = { postId: string; emoji: string };

function like({ acting }: Call, wanted: Reaction): Work<unknown> {
  return (tx) => react(tx, acting.me, wanted, acting.now(), acting.random);
}

function unlike({ acting }: Call, wanted: Reaction): Work<unknown> {
  return (tx) => unreact(tx, acting.me, wanted, acting.now());
}

function withEmoji(act: typeof like): Act {
  return (call, postId) => {
    const emoji = withColons(call.part("emoji"));
    if (emoji === "") throw new NodeError("emoji-not-understood", "an app named none");
    return act(call, { postId, emoji });
  };
}

/** Apps say a custom one as they were told it, by its name alone. */
const withColons = (emoji: string) => (/^[a-z0-9_+-]{2,64}$/i.test(emoji) ? `:${emoji}:` : emoji);

/** The status as it is then. What is done to a boost is done to the post it passes on. */
async function done(call: Call, act: Act): Promise<Answer> {
  const post = await meant(call);
  await call.acting.transact(act(call, post.id));
  return { json: await oneStatus(call, await postOf(call, post.sortKey)) };
}

async function meant(call: Call): Promise<PostView> {
  const post = await postOf(call, call.part("id"));
  return post.boostOf ?? post;
}

/** The boost, with what it passes on inside. */
async function reblog(call: Call): Promise<Answer> {
  const { me, read, transact, now, random } = call.acting;
  const { id } = await meant(call);
  const boostId = await transact((tx) => boost(tx, me, id, now(), random));
  const boosted = await postById(read, me, boostId);
  if (boosted === null) throw notFound();
  return { json: await oneStatus(call, boosted) };
}

async function list(call: Call, read: (page: Page) => Promise<Paged<PostView>>): Promise<Answer> {
  const got = await sift(askedPage(call.fields), read, () => true);
  return pagedAnswer(call, await statusesOf(call, got.items), got);
}

async function who(call: Call, did: Did): Promise<Answer> {
  const { me, read } = call.acting;
  const what = { postId: (await meant(call)).id, did };
  const people = await whoDid(read, me, what, askedPage(call.fields, 40).page);
  const accounts = people.items.map(({ person }) => accountOf(person, siteOf(call)));
  return pagedAnswer(call, accounts, people);
}

async function reactions(call: Call): Promise<Answer> {
  const status = await oneStatus(call, await meant(call));
  return { json: status.pleroma.emoji_reactions };
}
