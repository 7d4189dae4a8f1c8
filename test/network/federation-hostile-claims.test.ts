import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { publish } from "../../src/social/posts/publish.ts";
import { AS, type Besieged, besiege, PUBLIC } from "../support/besieged.ts";

let at: Besieged;

const get = (address: string) =>
  at.fediverse.ask(new Request(address, { headers: { Accept: "application/activity+json" } }));

beforeAll(async () => {
  at = await besiege();
});
afterAll(() => at[Symbol.asyncDispose]());
beforeEach(() => {
  at.fediverse.requests.length = 0;
});

describe("what is whose", () => {
  test("A9: a Create that names a post that is here changes neither its words nor its audience", async () => {
    const post = at.note(at.friend, { to: at.anna.acting.me.ownerUri });
    await at.send(at.friend, at.activity(at.friend, "Create", post));
    await at.send(
      at.friend,
      at.activity(at.friend, "Create", { ...post, to: PUBLIC, content: "other words" }),
    );
    await at.send(
      at.attacker,
      at.activity(at.attacker, "Create", { ...post, attributedTo: at.attacker.uri }),
    );
    expect(await at.stored(post.id)).toMatchObject({
      reach: "chosen",
      html: expect.stringContaining("words"),
      author: { uri: at.friend.uri },
    });
    expect((await at.stored(post.id))?.html).not.toContain("other");
  });

  test("an answer to a post that the owner never wrote makes the owner's node ask nobody, itself least", async () => {
    const inReplyTo = `${at.anna.acting.me.origin}/posts/never-written`;
    const post = at.note(at.friend, { inReplyTo });
    expect(await at.send(at.friend, at.activity(at.friend, "Create", post))).toBe(202);
    expect(await at.stored(post.id)).not.toBeNull();
    expect(await at.anna.store.read.job.count({ where: { kind: "fetch-post" } })).toBe(0);
  });

  test("A10: nobody edits, deletes or takes back what is another's", async () => {
    const post = at.note(at.friend);
    await at.send(at.friend, at.activity(at.friend, "Create", post));
    const before = await at.stored(post.id);
    expect(await at.send(at.attacker, at.activity(at.attacker, "Update", { ...post, content: "lies" }))).toBe(
      202,
    );
    expect(
      await at.send(
        at.attacker,
        at.activity(at.attacker, "Update", { ...post, attributedTo: at.attacker.uri }),
      ),
    ).toBe(202);
    expect(await at.send(at.attacker, at.activity(at.attacker, "Delete", post.id))).toBe(202);
    expect(
      await at.send(at.attacker, at.activity(at.attacker, "Delete", { type: "Tombstone", id: post.id })),
    ).toBe(202);
    expect(await at.send(at.attacker, at.activity(at.attacker, "Delete", at.friend.uri))).toBe(202);
    const profile = { ...(at.friend.documents.get("/users/fred") as object), name: "Mallory" };
    expect(await at.send(at.attacker, at.activity(at.attacker, "Update", profile))).toBe(202);
    expect(await at.stored(post.id)).toEqual(before);
    expect(before?.author.gone).toBe(false);
  });

  test("a post that its author deleted does not come back in another activity", async () => {
    const post = at.note(at.friend);
    for (const [type, object] of [
      ["Create", post],
      ["Delete", post.id],
      ["Create", post],
    ] as const)
      expect(await at.send(at.friend, at.activity(at.friend, type, object))).toBe(202);
    expect(await at.stored(post.id)).toBeNull();
    at.friend.documents.set(new URL(post.id).pathname, { "@context": AS, ...post });
    expect(await at.anna.federation.lookUpPost(post.id)).toBeNull();
  });

  test("A10: nor does somebody on the same host", async () => {
    await at.anna.federation.lookUp(at.neighbour.uri);
    const post = at.note(at.friend);
    await at.send(at.friend, at.activity(at.friend, "Create", post));
    const before = await at.stored(post.id);
    const profile = { ...(at.friend.documents.get("/users/fred") as object), name: "Nina" };
    const lies: [string, unknown][] = [
      ["Update", { ...post, content: "lies" }],
      ["Update", { ...post, attributedTo: at.neighbour.uri, content: "lies" }],
      ["Update", profile],
      ["Delete", post.id],
      ["Delete", at.friend.uri],
      ["Create", { ...at.note(at.friend), content: "lies" }],
    ];
    for (const [type, object] of lies)
      expect(await at.send(at.neighbour, at.activity(at.neighbour, type, object))).toBe(202);
    expect(await at.stored(post.id)).toEqual(before);
    expect(await at.anna.store.read.post.count({ where: { html: { contains: "lies" } } })).toBe(0);
  });

  test("A10: nobody ends another's subscription, and nothing but its end does", async () => {
    const ask = at.activity(at.friend, "Follow", at.anna.uri);
    await at.send(at.friend, ask);
    for (const other of [at.attacker, at.neighbour]) {
      await at.send(other, at.activity(other, "Undo", ask));
      await at.send(other, at.activity(other, "Undo", { ...ask, actor: other.uri }));
      await at.send(other, at.activity(other, "Undo", ask["id"]));
    }
    const like = at.activity(at.friend, "Like", at.anna.uri);
    await at.send(at.friend, at.activity(at.friend, "Undo", like));
    expect(await at.asks(at.friend)).toBe(true);
    await at.send(at.friend, at.activity(at.friend, "Undo", ask));
    expect(await at.asks(at.friend)).toBe(false);
  });

  test("A11: a stranger's Like or Announce of a private post has no effect, and the post is not there for them", async () => {
    const { acting } = at.anna;
    const [person] = await at.anna.store.read.person.findMany({ where: { uri: at.friend.uri } });
    const id = await acting.transact((tx) =>
      publish(
        tx,
        acting.me,
        { text: "for one", reach: "chosen", to: [person?.id ?? ""] },
        acting.now(),
        acting.random,
      ),
    );
    const { uri } = await at.anna.store.read.post.findUniqueOrThrow({ where: { id } });
    for (const type of ["Like", "Announce"])
      expect(await at.send(at.attacker, at.activity(at.attacker, type, uri))).toBe(202);
    const unsigned = await get(uri);
    const stranger = await at.fediverse.ask(at.attacker.signedGet(uri));
    const nothing = await get(`http://${at.anna.host}/posts/${"0".repeat(32)}`);
    expect([unsigned.status, stranger.status, nothing.status]).toEqual([404, 404, 404]);
    expect(await unsigned.text()).toBe(await nothing.text());
    const addressed = await at.fediverse.ask(at.friend.signedGet(uri));
    expect(addressed.status).toBe(200);
    expect(addressed.headers.get("Cache-Control")).toBe("private, no-store");
    expect(addressed.headers.get("Vary")).toContain("Signature");
  });

  test("A12: an Accept of a request that was never made has no effect", async () => {
    const stranger = at.stranger("sam");
    const invented = { type: "Follow", actor: at.anna.uri, object: stranger.uri };
    expect(await at.send(stranger, at.activity(stranger, "Accept", invented))).toBe(202);
    expect(await at.send(stranger, at.activity(stranger, "Accept", `http://${at.anna.host}/acts/1`))).toBe(
      202,
    );
    expect(await at.anna.store.read.subscription.count({ where: { person: { uri: stranger.uri } } })).toBe(0);
  });

  test("A12: whoever asks to subscribe waits for the owner", async () => {
    const stranger = at.stranger("alex");
    expect(await at.send(stranger, at.activity(stranger, "Follow", at.anna.uri))).toBe(202);
    expect(
      await at.anna.store.read.subscription.findFirst({ where: { subscriber: { uri: stranger.uri } } }),
    ).toMatchObject({ state: "asked" });
  });

  test("a post of a stranger is kept when the owner asks for it, and only then", async () => {
    const stranger = at.stranger("asked");
    const post = at.note(stranger);
    stranger.documents.set(new URL(post.id).pathname, { "@context": AS, ...post });
    expect(await at.send(stranger, at.activity(stranger, "Create", post))).toBe(202);
    expect(await at.stored(post.id)).toBeNull();
    const found = await at.anna.federation.lookUpPost(post.id);
    expect(found?.postId).toBe((await at.stored(post.id))?.id);
    expect(await at.anna.federation.lookUpPost(`${stranger.origin}/notes/nothing`)).toBeNull();
  });

  test("a stranger's post that is not for the owner is not kept, nor is the stranger", async () => {
    const stranger = at.stranger("lou");
    expect(await at.send(stranger, at.activity(stranger, "Create", at.note(stranger)))).toBe(202);
    expect(await at.anna.store.read.person.count({ where: { uri: stranger.uri } })).toBe(0);
  });
});

describe("whoever is blocked", () => {
  test("gets 404 everywhere", async () => {
    const blocked = at.stranger("bo");
    const { personId } = await at.anna.federation.lookUp(blocked.uri);
    await at.anna.store.transact((tx) => tx.blocked.create({ data: { personId, at: new Date() } }));
    expect(await at.send(blocked, at.activity(blocked, "Follow", at.anna.uri))).toBe(404);
    for (const path of [
      "/people/anna",
      "/people/anna/outbox",
      "/.well-known/nodeinfo",
      "/posts/".padEnd(39, "0"),
    ])
      expect((await at.fediverse.ask(blocked.signedGet(`http://${at.anna.host}${path}`))).status).toBe(404);
  });
});
