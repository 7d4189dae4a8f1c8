import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { boost, unboost } from "../../src/social/boosts/boost.ts";
import { addEmoji } from "../../src/social/emojis/own-emojis.ts";
import { pin } from "../../src/social/marks/pin.ts";
import { block } from "../../src/social/people/block.ts";
import { unblockHost } from "../../src/social/people/block-host.ts";
import { setHostBlocked } from "../../src/social/people/queries.ts";
import { postById } from "../../src/social/posts/find.ts";
import { remove } from "../../src/social/posts/remove.ts";
import type { PostView } from "../../src/social/posts/view.ts";
import { react, unreact } from "../../src/social/reactions/react.ts";
import type { Tx } from "../../src/store/tx.ts";
import { besiege, PUBLIC } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { found, homeOf, say, subscribe } from "../support/neighbours.ts";

let fediverse: Fediverse;
let anna: Member;
let ben: Member;

beforeEach(async () => {
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
  await subscribe(ben, anna);
});
afterEach(() => fediverse[Symbol.asyncDispose]());

const does = <T>({ acting }: Member, what: (tx: Tx, a: Member["acting"]) => Promise<T>) =>
  acting.transact((tx) => what(tx, acting));
const reacts = (who: Member, postId: string, emoji = "") =>
  does(who, (tx, a) => react(tx, a.me, { postId, emoji }, a.now(), a.random));
const takesBack = (who: Member, postId: string, emoji = "") =>
  does(who, (tx, a) => unreact(tx, a.me, { postId, emoji }, a.now()));
const passesOn = (who: Member, postId: string) =>
  does(who, (tx, a) => boost(tx, a.me, postId, a.now(), a.random));
const view = async (who: Member, id: string): Promise<PostView> => {
  const post = await postById(who.store.read, who.acting.me, id);
  if (post === null) throw new Error("not there");
  return post;
};
const notices = async (who: Member) =>
  (await who.store.read.notice.findMany({ orderBy: { sortKey: "asc" } })).map(({ kind, detail }) =>
    `${kind} ${detail}`.trim(),
  );

describe("likes and reactions", () => {
  test("arrive at the author with a notice, once, and are taken back with it", async () => {
    const id = await say(anna, "Soup at seven");
    const seen = await found(ben, "Soup at seven");
    await reacts(ben, seen.id);
    await reacts(ben, seen.id);
    await reacts(ben, seen.id, "🎉");
    await eventually("both are there", async () => {
      const { likes, emojis } = (await view(anna, id)).marks;
      return likes === 1 && emojis.length === 1;
    });
    expect((await view(anna, id)).marks.emojis).toMatchObject([{ emoji: "🎉", count: 1, mine: false }]);
    expect((await view(ben, seen.id)).marks).toMatchObject({ liked: true, likes: 1 });
    expect(await notices(anna)).toEqual(expect.arrayContaining(["like", "reaction 🎉"]));
    await takesBack(ben, seen.id);
    await takesBack(ben, seen.id, "🎉");
    await eventually("both are gone", async () => {
      const { likes, emojis } = (await view(anna, id)).marks;
      return likes === 0 && emojis.length === 0;
    });
    expect(await notices(anna)).not.toEqual(expect.arrayContaining(["like"]));
    expect(await anna.store.read.reaction.count()).toBe(0);
  });

  test("nothing goes to somebody blocked, or to a blocked host, not even what waited", async () => {
    await say(anna, "Soup at seven");
    const seen = await found(ben, "Soup at seven");
    await reacts(ben, seen.id);
    await eventually("it is there", async () => (await anna.store.read.reaction.count()) === 1);
    anna.turn("off");
    await reacts(ben, seen.id, "🎉");
    await ben.store.transact((tx) => setHostBlocked(tx, anna.host, Date.now()));
    anna.turn("on");
    ben.runner.wake();
    await eventually("nothing waits", async () => (await ben.store.read.job.count()) === 0);
    const queued = () => ben.store.read.job.count({ where: { kind: { in: ["react", "unreact"] } } });
    await reacts(ben, seen.id, "🍲");
    await takesBack(ben, seen.id);
    expect(await queued()).toBe(0);
    await does(ben, (tx) => unblockHost(tx, anna.host));
    await does(ben, (tx, a) => block(tx, seen.author.id, a.now()));
    await reacts(ben, seen.id, "🍞");
    expect(await queued()).toBe(0);
    expect((await anna.store.read.reaction.findMany()).map(({ emoji }) => emoji)).toEqual([""]);
  });

  test("one taken back before it left is never sent", async () => {
    await say(anna, "Quick");
    const seen = await found(ben, "Quick");
    anna.turn("off");
    await reacts(ben, seen.id);
    await takesBack(ben, seen.id);
    anna.turn("on");
    ben.runner.wake();
    await eventually("nothing waits", async () => (await ben.store.read.job.count()) === 0);
    expect(await anna.store.read.reaction.count()).toBe(0);
    expect(await notices(anna)).not.toContain("like");
  });

  test("one of one's own comes with its picture, and is known by its author's host", async () => {
    const id = await say(anna, "Tea at four");
    const seen = await found(ben, "Tea at four");
    const mediaId = "0123456789abcdef0123456789abcdef";
    await does(ben, (tx, a) => addEmoji(tx, a.me, { shortcode: "kettle", mediaId }, a.now()));
    await reacts(ben, seen.id, ":kettle:");
    await reacts(ben, seen.id, ":nothing:");
    await eventually("both are there", async () => (await view(anna, id)).marks.emojis.length === 2);
    const picture = { host: ben.acting.me.onion, shortcode: "kettle" };
    const row = await anna.store.read.emoji.findFirstOrThrow();
    expect(row).toMatchObject({ ...picture, url: `${ben.acting.me.origin}/media/${mediaId}`, mediaId: "" });
    expect((await view(anna, id)).marks.emojis.every((one) => one.picture === null)).toBe(true);
    const job = await anna.store.read.job.findFirstOrThrow({ where: { kind: "fetch-emoji" } });
    expect(JSON.parse(job.about)).toEqual(picture);
    await anna.store.transact((tx) => tx.emoji.updateMany({ data: { mediaId } }));
    for (const marks of [(await view(anna, id)).marks, (await view(ben, seen.id)).marks]) {
      expect(marks.emojis.find(({ emoji }) => emoji === ":kettle:")?.picture).toEqual(picture);
      expect(marks.emojis.find(({ emoji }) => emoji === ":nothing:")?.picture).toBeNull();
    }
  });

  test("only one emoji at a time, and not without end", async () => {
    const id = await say(anna, "Many");
    await expect(reacts(anna, id, "hello")).rejects.toMatchObject({ code: "emoji-not-understood" });
    await expect(reacts(anna, id, "🎉🎉")).rejects.toMatchObject({ code: "emoji-not-understood" });
    for (const emoji of ["🎉", "👍🏽", "🇩🇪", "❤️", ":tea:"]) await reacts(anna, id, emoji);
    await expect(reacts(anna, id, "🔥")).rejects.toMatchObject({ code: "emoji-too-many" });
  });
});

describe("boosts", () => {
  test("a post passed on is read at its own address and stands on the subscriber's home, with who passed it on", async () => {
    const cleo = await fediverse.join("Cleo");
    await subscribe(anna, cleo);
    await say(cleo, "Cleo's own words");
    const seen = await found(anna, "Cleo's own words");
    await passesOn(anna, seen.id);
    const there = await found(ben, "Cleo's own words");
    expect(there).toMatchObject({
      kind: "boost",
      author: { uri: anna.uri },
      boostOf: { author: { uri: cleo.uri } },
    });
    await eventually("Cleo is told", async () => (await notices(cleo)).includes("boost"));
    expect((await view(cleo, idOf(seen.uri))).marks.boosts).toBe(1);
    await does(anna, (tx, a) => unboost(tx, a.me, seen.id, a.now()));
    await eventually("it is gone again", async () => (await homeOf(ben)).length === 0);
    await eventually(
      "Cleo counts no more",
      async () => (await view(cleo, idOf(seen.uri))).marks.boosts === 0,
    );
    expect(await notices(cleo)).not.toContain("boost");
  });

  test("only what is for everyone can be passed on", async () => {
    const id = await say(anna, "For subscribers", { reach: "subscribers" });
    await expect(passesOn(anna, id)).rejects.toMatchObject({ code: "not-to-share" });
    const seen = await found(ben, "For subscribers");
    await expect(passesOn(ben, seen.id)).rejects.toMatchObject({ code: "not-to-share" });
  });

  test("go when the post is deleted", async () => {
    const id = await say(anna, "Short-lived");
    await passesOn(anna, id);
    await eventually("both are there", async () => (await homeOf(ben)).length === 2);
    await does(anna, (tx, a) => remove(tx, a.me, id, a.now()));
    await eventually("both are gone", async () => (await homeOf(ben)).length === 0);
    expect(await anna.store.read.post.count()).toBe(0);
  });
});

test("what stands first on a page is known to subscribers, and to who asks for it", async () => {
  const id = await say(anna, "Who I am");
  const seen = await found(ben, "Who I am");
  await does(anna, (tx, a) => pin(tx, a.me, { postId: id, on: true }, a.now()));
  await eventually("Ben knows", async () => (await view(ben, seen.id)).pinned);
  const asked = await fediverse.ask(
    new Request(`${anna.uri}/featured`, { headers: { Accept: "application/activity+json" } }),
  );
  expect(JSON.stringify(await asked.json())).toContain(seen.uri);
  await does(anna, (tx, a) => pin(tx, a.me, { postId: id, on: false }, a.now()));
  await eventually("no more", async () => !(await view(ben, seen.id)).pinned);
});

describe("others' ways, by hand", () => {
  test("A11: a post that one may not see cannot be liked, reacted to or passed on", async () => {
    await using at = await besiege();
    const id = await say(at.anna, "For subscribers", { reach: "subscribers" });
    const uri = (await view(at.anna, id)).uri;
    for (const type of ["Like", "EmojiReact", "Announce"])
      expect(await at.send(at.attacker, at.activity(at.attacker, type, uri, { content: "🎉" }))).toBe(202);
    expect((await view(at.anna, id)).marks).toMatchObject({ likes: 0, boosts: 0, emojis: [] });
    expect(await notices(at.anna)).not.toEqual(expect.arrayContaining(["like"]));
  });

  test("A10: nobody takes back what another did", async () => {
    await using at = await besiege();
    const id = await say(at.anna, "Open");
    const uri = (await view(at.anna, id)).uri;
    const like = at.activity(at.friend, "Like", uri);
    const announce = at.activity(at.friend, "Announce", uri);
    await at.send(at.friend, like);
    await at.send(at.friend, announce);
    for (const what of [like, announce, like["id"], announce["id"]])
      await at.send(at.attacker, at.activity(at.attacker, "Undo", what));
    expect((await view(at.anna, id)).marks).toMatchObject({ likes: 1, boosts: 1 });
    for (const what of [like["id"], announce]) await at.send(at.friend, at.activity(at.friend, "Undo", what));
    expect((await view(at.anna, id)).marks).toMatchObject({ likes: 0, boosts: 0 });
  });

  test("a Like with an emoji is that emoji, one with other words a like, and a custom one brings its picture", async () => {
    await using at = await besiege();
    const id = await say(at.anna, "Open");
    const uri = (await view(at.anna, id)).uri;
    const tag = {
      id: `${at.friend.origin}/emoji/tea`,
      type: "Emoji",
      name: ":tea:",
      icon: { type: "Image", url: `${at.friend.origin}/tea.png` },
    };
    const context = [
      "https://www.w3.org/ns/activitystreams",
      { toot: "http://joinmastodon.org/ns#", Emoji: "toot:Emoji" },
    ];
    await at.send(at.friend, at.activity(at.friend, "Like", uri, { content: "👍" }));
    await at.send(at.friend, at.activity(at.friend, "Like", uri, { content: "not an emoji" }));
    await at.send(
      at.friend,
      at.activity(at.friend, "Like", uri, { "@context": context, content: ":tea:", tag: [tag] }),
    );
    await at.anna.store.transact((tx) => tx.emoji.updateMany({ data: { mediaId: "5e".repeat(16) } }));
    const { likes, emojis } = (await view(at.anna, id)).marks;
    expect(likes).toBe(1);
    expect(emojis).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ emoji: "👍" }),
        expect.objectContaining({ emoji: ":tea:", picture: { host: at.friend.host, shortcode: "tea" } }),
      ]),
    );
  });

  test("strangers' boosts of others' posts are not kept, and nothing is fetched for them", async () => {
    await using at = await besiege();
    const stranger = at.stranger("sam");
    at.fediverse.requests.length = 0;
    const of = `${at.friend.origin}/notes/elsewhere`;
    expect(await at.send(stranger, at.activity(stranger, "Announce", of, { to: PUBLIC }))).toBe(202);
    expect(await at.anna.store.read.job.count({ where: { kind: "fetch-boosted" } })).toBe(0);
    expect(await at.anna.store.read.post.count()).toBe(0);
  });
});
