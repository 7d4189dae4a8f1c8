import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, systemRandom } from "../../src/lib/ids.ts";
import { letIn } from "../../src/social/gate/let-in.ts";
import { takeBackOpen } from "../../src/social/messages/elsewhere/agree.ts";
import { listConversations, unreadMessages } from "../../src/social/messages/list.ts";
import { markRead } from "../../src/social/messages/mark-read.ts";
import { removeMessage } from "../../src/social/messages/remove.ts";
import { waysTo } from "../../src/social/messages/way.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import {
  agrees,
  came,
  cameTo,
  creates,
  direct,
  isIdle,
  mentionOf,
  talkWith,
  writesTo,
} from "../support/elsewhere.ts";
import { eventually } from "../support/eventually.ts";
import { say } from "../support/neighbours.ts";
import type { Peer } from "../support/peer.ts";

/** Messages with people whose software is another and of whom no key is known: nothing is sealed. */

const friendlyMark = {
  type: "Link",
  href: "http://purl.org/vocab/relationship/friendOf",
  name: "friendship",
};

let at: Besieged;
let zoe: Peer;
let id: string;
beforeEach(async () => {
  at = await besiege();
  zoe = at.friend;
  id = idOf(zoe.uri);
});
afterEach(async () => {
  expect(at.anna.warnings).toEqual([]);
  await at[Symbol.asyncDispose]();
});

const talk = () => talkWith(at.anna, id);
const texts = async () => (await talk()).map(({ text }) => text);
const posts = () => at.anna.store.read.post.count({ where: { author: { uri: zoe.uri } } });
const change = (by: Peer, type: string, object: unknown) =>
  at.send(by, at.activity(by, type, object, { to: [at.anna.uri], cc: [] }));

describe("what the owner writes", () => {
  test("is refused as long as they have not agreed that others can read it, and nothing leaves", async () => {
    await expect(writesTo(at.anna, id, "secret")).rejects.toMatchObject({ code: "not-encrypted" });
    await isIdle(at.anna);
    expect(cameTo(zoe, "Create")).toEqual([]);
    expect(await texts()).toEqual([]);
  });

  test("goes as a private mention of one person, bears a mark, and says that their server has it", async () => {
    await agrees(at.anna, id);
    await writesTo(at.anna, id, "Ten <it> is\n\nhttp://lake.example/map");
    expect(await talk()).toMatchObject([{ state: "waiting", form: "open", sealed: false }]);
    const [one] = await came(zoe, "Create");
    expect(one?.activity).toMatchObject({ to: [zoe.uri], cc: [] });
    expect(one?.object).toMatchObject({
      ...{ type: "Note", attributedTo: at.anna.uri, to: [zoe.uri], cc: [] },
      tag: [{ type: "Mention", href: zoe.uri, name: "@fred@friend.example" }],
    });
    expect(one?.object["content"]).toMatch(
      /^<p>Ten &lt;it&gt; is<\/p><p><a href="http:\/\/lake\.example\/map"/,
    );
    for (const never of ["inReplyTo", "attachment", "summary"]) expect(one?.object).not.toHaveProperty(never);
    await isIdle(at.anna);
    expect(await talk()).toMatchObject([{ state: "delivered" }]);
    const asked = new Request(String(one?.object["id"]), {
      headers: { Accept: "application/activity+json" },
    });
    expect((await at.fediverse.ask(asked)).status).toBe(404);
    expect(await at.anna.store.read.post.count({ where: { own: true } })).toBe(0);
  });

  test("is agreed to in one conversation only, and what waits stops once that is taken back", async () => {
    await agrees(at.anna, id);
    await expect(writesTo(at.anna, idOf(at.attacker.uri), "x")).rejects.toMatchObject({
      code: "not-encrypted",
    });
    let tried = 0;
    at.fediverse.interfere(zoe.host, async (request, go) => {
      if (request.method !== "POST") return go();
      tried += 1;
      return new Response(null, { status: 503 });
    });
    await writesTo(at.anna, id, "not yet gone");
    await eventually("it was tried", async () => tried > 0);
    await at.anna.acting.transact((tx) => takeBackOpen(tx, id));
    at.fediverse.interfere(zoe.host, null);
    at.fediverse.later += 60 * 60_000;
    at.anna.runner.wake(zoe.host);
    await isIdle(at.anna);
    expect(cameTo(zoe, "Create")).toEqual([]);
    expect(await talk()).toMatchObject([{ state: "stopped" }]);
    await expect(writesTo(at.anna, id, "again")).rejects.toMatchObject({ code: "not-encrypted" });
  });

  test("goes sealed, not open, to whose profile says by then that it takes letters", async () => {
    const ben = await at.fediverse.join("Ben");
    const { personId } = await at.anna.federation.lookUp(ben.address);
    // As it was read of a device that did not say so yet.
    const before = { friendly: false, keyUri: "" };
    await at.anna.acting.transact((tx) => tx.person.update({ where: { id: personId }, data: before }));
    expect((await waysTo(at.anna.store.read, [personId])).get(personId)).toBe("open");
    at.fediverse.later += 10 * 60_000;
    await agrees(at.anna, personId);
    await writesTo(at.anna, personId, "between the two of us");
    await isIdle(at.anna);
    expect(await talkWith(at.anna, personId)).toMatchObject([
      { state: "delivered", form: "letter", sealed: true },
    ]);
    const waiting = await eventually("it waits at the gate", () => ben.store.read.knock.findFirst());
    expect(waiting.activity).toContain("EncryptedMessage");
    expect(waiting.activity).not.toContain("between the two");
    await expect(agrees(at.anna, personId)).rejects.toMatchObject({ code: "bad-request" });
  });

  test("is deleted there too when the owner deletes it for both", async () => {
    await agrees(at.anna, id);
    const message = await writesTo(at.anna, id, "a mistake");
    const [one] = await came(zoe, "Create");
    await isIdle(at.anna);
    const { acting } = at.anna;
    await acting.transact((tx) => removeMessage(tx, message, "both", acting.now(), systemRandom));
    const [deletion] = await came(zoe, "Delete");
    expect(deletion?.object).toMatchObject({ type: "Tombstone", id: one?.object["id"] });
    expect(await talk()).toMatchObject([{ kind: "deleted", text: "" }]);
  });

  test("answers what is answered, by its address", async () => {
    const note = direct(at, zoe, "When?");
    await creates(at, zoe, note);
    const [question] = await talk();
    await agrees(at.anna, id);
    await writesTo(at.anna, id, "At ten", question?.id);
    const [one] = await came(zoe, "Create");
    expect(one?.object["inReplyTo"]).toBe(note.id);
    const answer = direct(at, zoe, "Good", { inReplyTo: one?.object["id"] });
    await creates(at, zoe, answer);
    expect((await talk()).at(-1)).toMatchObject({ text: "Good", replyTo: { own: true, text: "At ten" } });
  });
});

describe("a private mention of the owner alone", () => {
  test("is a message in the conversation, marked as not encrypted, and no post", async () => {
    await creates(at, zoe, direct(at, zoe, "The boat<br>is free &amp; dry", { summary: "boats" }));
    expect(await talk()).toMatchObject([
      { own: false, text: "boats\n\nThe boat\nis free & dry", form: "open", sealed: false, oddTime: false },
    ]);
    expect(await posts()).toBe(0);
    const { store, acting } = at.anna;
    expect(await unreadMessages(store.read)).toBe(1);
    expect((await listConversations(store.read, acting.me, { limit: 5 }, acting.now())).items).toHaveLength(
      1,
    );
    // Nobody is told that it was read.
    await acting.transact((tx) => markRead(tx, id, acting.now(), systemRandom));
    expect(await unreadMessages(store.read)).toBe(0);
    await isIdle(at.anna);
    expect(zoe.received).toEqual(zoe.received.filter(({ activity }) => activity["type"] === "Follow"));
  });

  test("is changed and deleted by its author, and by nobody else", async () => {
    const note = direct(at, zoe, "at nine");
    await creates(at, zoe, note);
    const updated = { ...note, content: "<p>at ten</p>", updated: new Date().toISOString() };
    await change(at.neighbour, "Update", { ...updated, content: "<p>never</p>" });
    await change(at.neighbour, "Delete", note.id);
    expect(await texts()).toEqual(["at nine"]);
    await change(zoe, "Update", updated);
    expect(await talk()).toMatchObject([{ text: "at ten", edited: true }]);
    await change(zoe, "Delete", { type: "Tombstone", id: note.id });
    expect(await talk()).toMatchObject([{ kind: "deleted", text: "" }]);
    await change(zoe, "Update", { ...updated, content: "<p>back</p>" });
    await creates(at, zoe, note);
    expect(await talk()).toMatchObject([{ kind: "deleted", text: "" }]);
    expect(await posts()).toBe(0);
  });

  test("that comes twice is there once, and never becomes a post", async () => {
    const note = direct(at, zoe, "once");
    await creates(at, zoe, note);
    await creates(at, zoe, { ...note, to: [at.anna.uri, `${zoe.uri}/followers`] });
    expect(await texts()).toEqual(["once"]);
    expect(await posts()).toBe(0);
  });

  test.each<[string, (uri: string) => object]>([
    [
      "that names others too",
      (uri) => ({ tag: [...mentionOf(uri), { type: "Mention", href: "http://else.example/x" }] }),
    ],
    ["that others get too", (uri) => ({ to: [uri, "http://else.example/x"] })],
    ["that mentions nobody", () => ({ tag: [] })],
    [
      "that carries a file",
      () => ({
        attachment: [{ type: "Document", mediaType: "image/png", url: "http://friend.example/1.png" }],
      }),
    ],
  ])("a post %s stays a post", async (_what, values) => {
    const note = direct(at, zoe, "a post", values(at.anna.uri));
    await creates(at, zoe, note);
    expect(await texts()).toEqual([]);
    expect(await at.stored(note.id)).toMatchObject({ reach: "chosen" });
  });

  test("an answer to a post of the owner's stays with that post", async () => {
    const post = await say(at.anna, "Who comes?");
    const { uri } = await at.anna.store.read.post.findUniqueOrThrow({ where: { id: post } });
    const note = direct(at, zoe, "Me", { inReplyTo: uri });
    await creates(at, zoe, note);
    const more = direct(at, zoe, "and one more", { inReplyTo: note.id });
    await creates(at, zoe, more);
    expect(await texts()).toEqual([]);
    for (const one of [note, more]) expect(await at.stored(one.id)).toMatchObject({ reach: "chosen" });
  });

  test("of somebody unknown waits at the gate, and is a message once they are let in", async () => {
    const sam = at.stranger("sam");
    const note = direct(at, sam, "may I?");
    expect(await creates(at, sam, note)).toBe(202);
    const samId = idOf(sam.uri);
    expect(await talkWith(at.anna, samId)).toEqual([]);
    expect(await at.anna.store.read.knock.findFirst()).toMatchObject({ personId: samId });
    const { acting } = at.anna;
    await acting.transact((tx) => letIn(tx, acting.me, samId, acting.now()));
    await eventually("it is there", async () => (await talkWith(at.anna, samId)).length === 1);
    expect(await at.stored(note.id)).toBeNull();
  });

  test("of whose device takes letters is no message: nobody is led down from what is sealed", async () => {
    const path = new URL(zoe.uri).pathname;
    const before = zoe.documents.get(path) as object;
    const generator = { type: "Application", attachment: [friendlyMark] };
    zoe.documents.set(path, { ...before, generator });
    at.fediverse.later += 10 * 60_000;
    const note = direct(at, zoe, "write here instead");
    await creates(at, zoe, note);
    expect((await waysTo(at.anna.store.read, [id])).get(id)).toBe("unknown");
    expect(await texts()).toEqual([]);
    expect(await at.stored(note.id)).toMatchObject({ reach: "chosen" });
    await expect(agrees(at.anna, id)).rejects.toMatchObject({ code: "bad-request" });
  });
});
