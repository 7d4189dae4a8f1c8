import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { may, type Viewer } from "../../../src/social/access.ts";
import { listNotices } from "../../../src/social/notices/list.ts";
import { block } from "../../../src/social/people/block.ts";
import { changePost } from "../../../src/social/posts/change-post.ts";
import { dropPost } from "../../../src/social/posts/drop-post.ts";
import { postById } from "../../../src/social/posts/find.ts";
import type { PostCard } from "../../../src/social/posts/post.ts";
import type { Reach } from "../../../src/social/posts/reach.ts";
import { receivePost } from "../../../src/social/posts/receive-post.ts";
import { thread } from "../../../src/social/posts/thread.ts";
import { homeTimeline, postsOf, publicPosts } from "../../../src/social/posts/timelines.ts";
import { aliceAndBob, type Owner } from "../../support/people.ts";

let alice: Owner;
let bob: string;
beforeEach(async () => {
  ({ alice, bob } = await aliceAndBob());
});
afterEach(() => alice[Symbol.asyncDispose]());

const owner: Viewer = { kind: "owner" };
const stranger: Viewer = { kind: "stranger" };
const notices = async () =>
  (await listNotices(alice.store.read, alice.me, { limit: 20 })).items.map(({ kind }) => kind);

describe("a post that arrives", () => {
  test("by somebody subscribed to is on the timeline, made safe", async () => {
    const { result, id } = await alice.hear(bob, {
      html: '<p>hi<script>1</script><a href="/relative">x</a></p>',
      title: "A\u202e title\n",
      url: "javascript:1",
      language: "not a tag!",
    });
    expect(result).toBe("stored");
    expect(await alice.post(id)).toMatchObject({
      html: '<p>hi<a rel="nofollow noopener noreferrer">x</a></p>',
      title: "A title",
      url: "",
      language: "",
      delivery: null,
    });
    expect(await alice.home()).toEqual(["hix"]);
    expect(await notices()).toEqual(["accepted"]);
  });

  test("by a stranger is kept only when it speaks to the owner, answers them, or was asked for", async () => {
    const cleo = await alice.meet("Cleo");
    const own = await alice.post(await alice.publish({}));
    expect((await alice.hear(cleo)).result).toBe("ignored");
    expect((await alice.hear(cleo, { mentions: [alice.me.ownerId] })).result).toBe("stored");
    expect((await alice.hear(cleo, { to: [alice.me.ownerId] })).result).toBe("stored");
    expect((await alice.hear(cleo, { replyToUri: own.uri })).result).toBe("stored");
    expect(await notices()).toEqual(["reply", "mention", "mention", "accepted"]);
    const card = { ...(await cardOf(cleo)), uri: "http://cleo.example/sought" };
    const sought = await alice.act((tx, now) => receivePost(tx, alice.me, card, now, "sought"));
    expect(sought).toBe("stored");
    expect((await alice.home()).length).toBe(3);
  });

  test("A9: is known when its id is here, and changes neither words nor audience", async () => {
    const first = await alice.hear(bob, { reach: "chosen", to: [alice.me.ownerId], html: "<p>ours</p>" });
    const again = await alice.hear(bob, { uri: first.uri, reach: "everyone", html: "<p>all</p>" });
    expect(again).toMatchObject({ result: "known", id: first.id });
    expect(await alice.post(first.id)).toMatchObject({ reach: "chosen", html: "<p>ours</p>" });
  });

  test("A11: an answer by somebody who may not see the own post is no answer", async () => {
    const cleo = await alice.meet("Cleo");
    for (const reach of ["subscribers", "me"] as const) {
      const own = await alice.post(await alice.publish({ reach }));
      expect((await alice.hear(cleo, { replyToUri: own.uri })).result).toBe("ignored");
      const { id } = await alice.hear(cleo, { replyToUri: own.uri, mentions: [alice.me.ownerId] });
      expect(await alice.post(id)).toMatchObject({ replyToId: "", replyTo: null });
      expect((await alice.post(own.id)).replies).toBe(0);
    }
    expect(await notices()).toEqual(["mention", "mention", "accepted"]);
  });

  test("does not come back once its author deleted it", async () => {
    const { uri, id } = await alice.hear(bob);
    expect(await alice.act((tx, now) => dropPost(tx, alice.me, uri, bob, now))).toBe(true);
    expect((await alice.hear(bob, { uri })).result).toBe("ignored");
    expect(await alice.isThere(id)).toBe(false);
  });

  test("from a clock that runs ahead or has no sense is not kept on top", async () => {
    const now = alice.clock.now;
    for (const publishedAt of [now + 1e9, -5, Number.POSITIVE_INFINITY]) {
      const { id } = await alice.hear(bob, { publishedAt });
      const post = await alice.post(id);
      expect(post.publishedAt).toBeLessThanOrEqual(alice.clock.now);
      expect(post.publishedAt).toBeGreaterThanOrEqual(now);
    }
  });

  test("in the owner's name or by nobody known is ignored", async () => {
    const card = await cardOf(bob);
    for (const authorId of [alice.me.ownerId, "f".repeat(32)]) {
      const result = await alice.act((tx, now) => receivePost(tx, alice.me, { ...card, authorId }, now));
      expect(result).toBe("ignored");
    }
  });
});

describe("a change that arrives", () => {
  test("A10: is the author's alone, and leaves the audience as it was", async () => {
    const cleo = await alice.meet("Cleo");
    const { uri, id } = await alice.hear(bob, { reach: "subscribers" });
    const by = (authorId: string, more: Partial<PostCard> = {}) =>
      alice.act(async (tx, now) =>
        changePost(tx, alice.me, { ...(await cardOf(bob)), uri, authorId, html: "<p>new</p>", ...more }, now),
      );
    expect(await by(cleo)).toBe(false);
    expect(await alice.act((tx, now) => dropPost(tx, alice.me, uri, cleo, now))).toBe(false);
    expect(await by(bob, { reach: "everyone" })).toBe(true);
    expect(await alice.post(id)).toMatchObject({ html: "<p>new</p>", reach: "subscribers" });
    const { editedAt } = await alice.post(id);
    await by(bob, { html: "<p>old news</p>", editedAt: editedAt - 10 });
    expect((await alice.post(id)).html).toBe("<p>new</p>");
    expect(await by(bob, { uri: "http://bob.example/unknown" })).toBe(false);
  });

  test("changing for ever keeps a bounded past", async () => {
    const { uri, id } = await alice.hear(bob);
    await alice.act(async (tx, now) => {
      const card = { ...(await cardOf(bob)), uri };
      for (let n = 0; n < 60; n++) await changePost(tx, alice.me, { ...card, html: `<p>${n}</p>` }, now + n);
    });
    expect(await alice.store.read.postRevision.count({ where: { postId: id } })).toBe(50);
  });
});

describe("a thread", () => {
  test("is put together when the missing middle comes", async () => {
    const first = await alice.post(await alice.publish({ text: "first" }));
    const middle = "http://bob.example/posts/middle";
    const last = await alice.hear(bob, { replyToUri: middle, html: "last" });
    const below = await alice.hear(bob, { replyToUri: last.uri, html: "below" });
    const before = await thread(alice.store.read, alice.me, last.id, owner);
    expect(before).toMatchObject({ before: [], missing: 1, after: [{ id: below.id }] });
    await alice.hear(bob, { uri: middle, replyToUri: first.uri, html: "middle" });
    const whole = await thread(alice.store.read, alice.me, last.id, owner);
    expect(whole?.before.map(({ html }) => html)).toEqual(["<p>first</p>", "middle"]);
    expect(whole?.after.map(({ html }) => html)).toEqual(["below"]);
    expect(whole?.missing).toBe(0);
  });

  test("that answers itself in a circle is shown once", async () => {
    const [one, two] = ["http://bob.example/one", "http://bob.example/two"];
    const { id } = await alice.hear(bob, { uri: one, replyToUri: two });
    await alice.hear(bob, { uri: two, replyToUri: one });
    const shown = await thread(alice.store.read, alice.me, id, owner);
    expect(shown?.before).toHaveLength(1);
    expect(shown?.after).toHaveLength(1);
  });

  test("shows visitors the owner's posts and open answers to them, never what the owner reads", async () => {
    const cleo = await alice.meet("Cleo");
    const { read } = alice.store;
    const first = await alice.post(await alice.publish({ text: "first" }));
    await alice.hear(bob, { replyToUri: first.uri, html: "open" });
    await alice.hear(bob, { replyToUri: first.uri, html: "quiet", reach: "unlisted" });
    await alice.hear(bob, {
      replyToUri: first.uri,
      html: "private",
      reach: "chosen",
      to: [alice.me.ownerId],
    });
    const shut = await alice.hear(cleo, { replyToUri: first.uri, html: "blocked" });
    await alice.act((tx, now) => block(tx, cleo, now));
    const shown = await thread(read, alice.me, first.id, stranger);
    expect(shown?.after.map(({ html }) => html)).toEqual(["open"]);
    expect(shown?.post).toMatchObject({ source: "", delivery: null, to: [], replies: 1 });
    expect((await alice.post(first.id)).replies).toBe(3);
    expect((await thread(read, alice.me, first.id, owner))?.after.map(({ id }) => id)).not.toContain(shut.id);

    const theirs = await alice.hear(bob, { html: "bob's own" });
    expect(await postById(read, alice.me, theirs.id, stranger)).toBeNull();
    expect(await thread(read, alice.me, theirs.id, stranger)).toBeNull();
    expect((await postsOf(read, alice.me, bob, stranger, { limit: 20 })).items).toEqual([]);
    const answer = await alice.publish({ replyToId: theirs.id, text: "I agree" });
    const open = await postById(read, alice.me, answer, stranger);
    expect(open?.replyTo).toEqual({ personName: "", known: false });
  });
});

describe("lists", () => {
  test("what a list shows a viewer is what they may see, and no more", async () => {
    const [cleo, dora] = [await alice.meet("Cleo"), await alice.meet("Dora")];
    await alice.act((tx, now) => block(tx, dora, now));
    for (const reach of ["everyone", "unlisted", "subscribers", "me"] as const)
      await alice.publish({ reach });
    for (const to of [bob, cleo]) await alice.publish({ reach: "chosen", to: [to] });
    await alice.publish({ reach: "subscribers", text: "@cleo@cleo.example" });
    const all = (await postsOf(alice.store.read, alice.me, alice.me.ownerId, owner, { limit: 20 })).items;
    expect(all).toHaveLength(7);
    for (const viewer of [
      stranger,
      await alice.viewer(bob),
      await alice.viewer(cleo),
      await alice.viewer(dora),
    ]) {
      const listed = await postsOf(alice.store.read, alice.me, alice.me.ownerId, viewer, { limit: 20 });
      const seen = all.filter((post) => {
        const { reach, audiences, without } = post;
        const people = post.to.map(({ id }) => id);
        const thing = { reach, people, audiences, without, authorId: post.author.id };
        const unlisted: Reach[] = viewer.kind === "stranger" ? ["unlisted"] : [];
        return may(viewer, "see", thing) && !unlisted.includes(post.reach);
      });
      expect(listed.items.map(({ id }) => id)).toEqual(seen.map(({ id }) => id));
    }
    expect((await publicPosts(alice.store.read, alice.me, { limit: 20 })).items).toHaveLength(1);
  });

  test("a timeline is paged without gaps or doubles, both ways, with a fixed number of queries", async () => {
    const published = alice.clock.now;
    for (let n = 0; n < 25; n++) await alice.hear(bob, { html: `post ${n}`, publishedAt: published });
    const { read } = alice.store;
    const down: string[] = [];
    let cursor: string | null = null;
    let last: string | null = null;
    do {
      const page = { limit: 10, ...(cursor === null ? {} : { before: cursor }) };
      const got = await homeTimeline(read, alice.me, page);
      down.push(...got.items.map(({ id }) => id));
      last = got.items.at(-1)?.sortKey ?? null;
      cursor = got.older;
    } while (cursor !== null);
    expect(new Set(down).size).toBe(25);
    expect(down).toHaveLength(25);
    const up = await homeTimeline(read, alice.me, { after: last ?? "", limit: 80 });
    expect(up.items.map(({ id }) => id)).toEqual(down.slice(0, 24));
    expect((await homeTimeline(read, alice.me, { limit: 1_000_000 })).items).toHaveLength(25);

    const count = async (limit: number) => {
      let queries = 0;
      const counting = new Proxy(read, {
        get: (target, model) =>
          new Proxy(Reflect.get(target, model), {
            get: (delegate, method) => {
              queries += 1;
              return Reflect.get(delegate, method);
            },
          }),
      });
      await homeTimeline(counting, alice.me, { limit });
      return queries;
    };
    expect(await count(25)).toBe(await count(2));
  });
});

async function cardOf(authorId: string): Promise<PostCard> {
  return {
    uri: "http://bob.example/posts/x",
    authorId,
    kind: "note",
    html: "<p>x</p>",
    title: "",
    warning: "",
    language: "",
    url: "",
    reach: "everyone",
    publishedAt: 1,
    editedAt: 0,
    replyToUri: "",
    mentions: [],
    to: [],
  };
}
