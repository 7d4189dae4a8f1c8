import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { block, removeSubscriber } from "../../../src/social/people/block.ts";
import { edit } from "../../../src/social/posts/edit.ts";
import { LONGEST_POST } from "../../../src/social/posts/limits.ts";
import { remove } from "../../../src/social/posts/remove.ts";
import { aliceAndBob, createOwner, type Owner } from "../../support/people.ts";

let alice: Owner;
let bob: string;
beforeEach(async () => {
  ({ alice, bob } = await aliceAndBob());
});
afterEach(() => alice[Symbol.asyncDispose]());

const change = (id: string, text: string) => alice.act((tx, now) => edit(tx, alice.me, id, text, "", now));
const removal = (id: string) => alice.act((tx, now) => remove(tx, alice.me, id, now));

describe("a post", () => {
  test("for subscribers goes to subscribers and to whom it names, for everyone likewise", async () => {
    const cleo = await alice.meet("Cleo");
    for (const reach of ["everyone", "unlisted", "subscribers"] as const) {
      const id = await alice.publish({ text: "hello @cleo@cleo.example and @nobody", reach });
      expect(await alice.copiesTo(id)).toEqual([bob, cleo].sort());
      const post = await alice.post(id);
      expect(post.mentions.map(({ name }) => name)).toEqual(["Cleo"]);
      expect(post.html).toContain('<a href="http://cleo.example/@cleo" class="u-url mention">');
      expect(post.delivery?.counts).toEqual({ delivered: 0, waiting: 2, stopped: 0 });
    }
  });

  test("for chosen people goes to them alone", async () => {
    const cleo = await alice.meet("Cleo");
    const id = await alice.publish({ reach: "chosen", to: [cleo] });
    expect(await alice.copiesTo(id)).toEqual([cleo]);
    expect(await alice.jobs()).toEqual([
      { kind: "post", peer: "cleo.example", about: { postId: id, personId: cleo } },
    ]);
  });

  test("for the owner alone goes to nobody, whoever it names", async () => {
    const id = await alice.publish({ reach: "me", text: "note on @bob@bob.example", to: [bob] });
    expect(await alice.jobs()).toEqual([]);
    expect(await alice.post(id)).toMatchObject({ to: [], mentions: [], delivery: null });
  });

  test("never goes to somebody blocked, chosen or mentioned", async () => {
    const cleo = await alice.meet("Cleo");
    await alice.act((tx, now) => block(tx, cleo, now));
    expect(await alice.copiesTo(await alice.publish({ text: "@cleo@cleo.example" }))).toEqual([bob]);
    await expect(alice.publish({ reach: "chosen", to: [cleo, bob] })).rejects.toMatchObject({
      code: "person-not-found",
    });
  });

  test("needs words, not too many, and somebody to see it", async () => {
    const refused = (code: string, draft: Parameters<Owner["publish"]>[0]) =>
      expect(alice.publish(draft)).rejects.toMatchObject({ code });
    await refused("text-empty", { text: " \n\u0007 " });
    await refused("text-too-long", { text: "x".repeat(LONGEST_POST + 1) });
    await refused("text-too-long", { warning: "x".repeat(201) });
    await refused("reach-not-allowed", { reach: "chosen" });
    await refused("reach-not-allowed", { reach: "chosen", to: [alice.me.ownerId] });
    await refused("person-not-found", { reach: "chosen", to: ["0".repeat(32)] });
    await refused("post-not-found", { replyToId: "0".repeat(32) });
    expect((await alice.post(await alice.publish({ text: "🌲".repeat(LONGEST_POST) }))).source).toHaveLength(
      LONGEST_POST * 2,
    );
  });

  test("sent twice by the same form is published once, and does not come back once deleted", async () => {
    const id = "0123456789abcdef".repeat(2);
    const first = await alice.publish({ id });
    expect(await alice.publish({ id, text: "other" })).toBe(first);
    expect(await alice.copiesTo(first)).toEqual([bob]);
    await removal(first);
    await expect(alice.publish({ id })).rejects.toMatchObject({ code: "post-not-found" });
    expect((await alice.post(await alice.publish({ id: "not an id" }))).uri).toMatch(
      /\/posts\/[0-9a-f]{32}$/,
    );
  });

  test("a handle that two people have names neither", async () => {
    await alice.meet("Bob", { uri: "http://other.example/people/bob", host: "other.example" });
    const post = await alice.post(await alice.publish({ text: "@bob and @bob@bob.example" }));
    expect(post.html).toMatch(/^<p>@bob and <span/);
    expect(post.mentions.map(({ id }) => id)).toEqual([bob]);
  });
});

describe("an answer", () => {
  test("goes to its author too, who is named, and joins the thread", async () => {
    const cleo = await alice.meet("Cleo");
    const heard = await alice.hear(cleo, { mentions: [alice.me.ownerId] });
    const id = await alice.publish({ replyToId: heard.id });
    expect(await alice.copiesTo(id)).toEqual([bob, cleo].sort());
    expect(await alice.post(id)).toMatchObject({
      replyToId: heard.id,
      replyTo: { personName: "Cleo", known: true },
      mentions: [{ id: cleo }],
    });
  });

  test("to a private post is never wider: it goes to its author and to whom that named", async () => {
    const [cleo, dora] = [await alice.meet("Cleo"), await alice.meet("Dora")];
    const owner = alice.me.ownerId;
    for (const reach of ["subscribers", "chosen"] as const) {
      const heard = await alice.hear(cleo, { reach, to: [owner, dora] });
      const id = await alice.publish({ replyToId: heard.id, text: "for @bob@bob.example to read?" });
      expect((await alice.post(id)).reach).toBe("chosen");
      expect(await alice.copiesTo(id)).toEqual([cleo, dora].sort());
      const outside = alice.publish({ replyToId: heard.id, reach: "chosen", to: [bob] });
      await expect(outside).rejects.toMatchObject({ code: "reach-not-allowed" });
    }
  });

  test("to an own post for subscribers stays among subscribers, to a note of one's own stays one", async () => {
    const id = await alice.publish({ reach: "subscribers" });
    const answer = await alice.publish({ replyToId: id });
    expect(await alice.post(answer)).toMatchObject({ reach: "subscribers", mentions: [] });
    expect(await alice.copiesTo(answer)).toEqual([bob]);
    const note = await alice.publish({ reach: "me" });
    const more = await alice.publish({ replyToId: note });
    expect((await alice.post(more)).reach).toBe("me");
    expect(await alice.copiesTo(more)).toEqual([]);
  });

  test("to an own post for chosen people goes to the same people", async () => {
    const cleo = await alice.meet("Cleo");
    const id = await alice.publish({ reach: "chosen", to: [cleo, bob] });
    const answer = await alice.publish({ replyToId: id });
    expect((await alice.post(answer)).reach).toBe("chosen");
    expect(await alice.copiesTo(answer)).toEqual([bob, cleo].sort());
    expect(await alice.copiesTo(await alice.publish({ replyToId: id, reach: "chosen", to: [bob] }))).toEqual([
      bob,
    ]);
  });

  test("given privately to an open post goes to its author, not to all it names", async () => {
    const [cleo, dora] = [await alice.meet("Cleo"), await alice.meet("Dora")];
    const heard = await alice.hear(cleo, { mentions: [alice.me.ownerId, dora] });
    const id = await alice.publish({ replyToId: heard.id, reach: "chosen", to: [] });
    expect(await alice.copiesTo(id)).toEqual([cleo]);
  });
});

describe("an edit", () => {
  test("goes once to everybody who has it and still may see it; what it said before is kept", async () => {
    const cleo = await alice.meet("Cleo");
    await alice.letIn(cleo);
    const id = await alice.publish({ reach: "subscribers", text: "first" });
    await alice.sendAll();
    await alice.act((tx, now) => removeSubscriber(tx, cleo, now));
    await change(id, "second");
    await change(id, "third");
    expect(await alice.copiesTo(id)).toEqual([bob]);
    expect(await alice.post(id)).toMatchObject({ source: "third", html: "<p>third</p>" });
    const kept = await alice.store.read.postRevision.findMany({ orderBy: { at: "asc" } });
    expect(kept.map(({ html }) => html)).toEqual(["<p>first</p>", "<p>second</p>"]);
  });

  test("makes no second copy for whom the first still waits", async () => {
    const id = await alice.publish({});
    await change(id, "better");
    expect(await alice.copiesTo(id)).toEqual([bob]);
  });

  test("twice in one moment keeps both, each later than the one before", async () => {
    const id = await alice.publish({});
    const before = alice.clock.now;
    await change(id, "one");
    alice.clock.now = before;
    const { editedAt } = await alice.post(id);
    await change(id, "two");
    expect((await alice.post(id)).editedAt).toBeGreaterThan(editedAt);
  });

  test("that names somebody sends them an open post, and never a narrow one", async () => {
    const cleo = await alice.meet("Cleo");
    const open = await alice.publish({});
    const narrow = await alice.publish({ reach: "subscribers" });
    const chosen = await alice.publish({ reach: "chosen", to: [bob] });
    await alice.sendAll();
    for (const id of [open, narrow, chosen]) await change(id, "look, @cleo@cleo.example");
    expect(await alice.copiesTo(open)).toEqual([bob, cleo].sort());
    expect(await alice.copiesTo(narrow)).toEqual([bob]);
    expect(await alice.copiesTo(chosen)).toEqual([bob]);
  });

  test("is the owner's: a post of somebody else cannot be edited or removed", async () => {
    const { id } = await alice.hear(bob);
    await expect(change(id, "mine")).rejects.toMatchObject({ code: "post-not-found" });
    await expect(removal(id)).rejects.toMatchObject({ code: "post-not-found" });
  });
});

describe("a removal", () => {
  test("leaves nothing: post, revisions, deliveries, notices, copies that wait", async () => {
    const id = await alice.publish({ text: "@bob@bob.example" });
    await change(id, "changed");
    await alice.hear(bob, { replyToUri: (await alice.post(id)).uri });
    await removal(id);
    const { read } = alice.store;
    expect(await alice.isThere(id)).toBe(false);
    expect(await read.postRevision.count()).toBe(0);
    expect(await read.delivery.count()).toBe(0);
    expect(await read.addressee.count({ where: { postId: id } })).toBe(0);
    expect(await alice.jobs("post")).toEqual([]);
  });

  test("is told to who has the post or may have it, and to nobody who never got it", async () => {
    const cleo = await alice.meet("Cleo");
    const earlier = await alice.publish({ reach: "chosen", to: [cleo] });
    const id = await alice.publish({ reach: "chosen", to: [cleo, bob] });
    const { uri } = await alice.post(id);
    // Cleo's first copy stands before this one, so hers was never on its way; Bob's may be at this very moment.
    await removal(id);
    expect(await alice.jobs("delete")).toEqual([
      { kind: "delete", peer: "bob.example", about: { uri, personId: bob } },
    ]);
    expect(await alice.copiesTo(earlier)).toEqual([cleo]);
  });

  test("is told to whom a copy was tried for, and to whom it was given up", async () => {
    const cleo = await alice.meet("Cleo");
    await alice.publish({ reach: "chosen", to: [cleo, bob] });
    const id = await alice.publish({ reach: "chosen", to: [cleo, bob] });
    await alice.act(async (tx, now) => {
      const job = await tx.job.findFirstOrThrow({ where: { peer: "cleo.example", about: { contains: id } } });
      await tx.jobTry.create({ data: { jobId: job.id, tries: 1, nextAt: new Date(now) } });
      await tx.delivery.updateMany({ where: { postId: id, personId: bob }, data: { state: "stopped" } });
    });
    await removal(id);
    expect((await alice.jobs("delete")).map(({ about }) => about["personId"]).sort()).toEqual(
      [bob, cleo].sort(),
    );
    expect(await alice.store.read.jobTry.count()).toBe(0);
  });
});

test("deliveries are told by name, the longest waiting first, with counts of all", async () => {
  const cleo = await alice.meet("Cleo");
  const dora = await alice.meet("Dora");
  const id = await alice.publish({ reach: "chosen", to: [bob, cleo, dora] });
  const since = alice.clock.now;
  const to = (personId: string, state: string) =>
    alice.act((tx, now) =>
      tx.delivery.updateMany({ where: { personId }, data: { state, at: new Date(now) } }),
    );
  await to(bob, "delivered");
  await to(dora, "stopped");
  expect((await alice.post(id)).delivery).toMatchObject({
    delivered: [{ person: { name: "Bob" } }],
    waiting: [{ person: { name: "Cleo" }, at: since }],
    stopped: [{ person: { name: "Dora" } }],
    counts: { delivered: 1, waiting: 1, stopped: 1 },
  });
});

test("a name suggests a handle of plain letters", async () => {
  await using jorg = await createOwner("Jörg Weiß 🌲");
  expect(jorg.me.handle).toBe("jorg_weiss");
  expect(jorg.me.ownerUri).toBe(`http://${jorg.me.onion}/people/jorg_weiss`);
});
