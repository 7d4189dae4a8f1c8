import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ITEMS_MAX } from "../../src/federation/collections/read-collection.ts";
import { idOf } from "../../src/lib/ids.ts";
import { setBlocked } from "../../src/social/people/queries.ts";
import { type AnswerLists, answerLists } from "../support/answer-lists.ts";
import { type Besieged, besiege } from "../support/besieged.ts";

let at: Besieged;
let on: AnswerLists;
beforeEach(async () => {
  at = await besiege();
  on = answerLists(at);
});
afterEach(() => at[Symbol.asyncDispose]());

const looked = (values: object) => expect.objectContaining({ at: "looked", ...values });

describe("missing answers in a thread", () => {
  test("are asked for when the owner says so, never before", async () => {
    const note = on.published(at.friend);
    on.lists(at.friend, note, []);
    await on.arrived(note);
    expect(await on.gap(note)).toEqual({ at: "never" });
    expect(on.asked(at.friend.host).filter((line) => line.includes("/replies"))).toEqual([]);
    expect(await on.look(note)).toEqual(looked({ missing: 0, off: 0, cut: false }));
    expect(on.asked(at.friend.host).filter((line) => line.includes("/replies"))).toHaveLength(2);
  });

  test("by a third person are read at their own host, and belong to the thread and nowhere else", async () => {
    const carol = at.stranger("carol");
    const note = on.published(at.friend);
    const mention = [{ type: "Mention", href: at.anna.uri, name: "@anna" }];
    const answer = on.published(carol, { inReplyTo: note.id, tag: mention, cc: [at.anna.uri] });
    const embedded = { ...answer, content: "<p>what the list says it says</p>" };
    on.lists(at.friend, note, [embedded]);
    await on.arrived(note);
    expect(await on.look(note)).toEqual(looked({ missing: 0 }));
    expect(await on.below(note)).toEqual([answer.id]);
    const kept = await at.anna.store.read.post.findFirst({ where: { uri: answer.id } });
    expect(kept).toMatchObject({ html: answer.content, inHome: false });
    expect(await at.anna.store.read.notice.count({ where: { postId: kept?.id ?? "" } })).toBe(0);
    expect(await at.asks(carol)).toBe(false);
  });

  test("are read unsigned where nobody is subscribed to, and signed where somebody is", async () => {
    const carol = at.stranger("carol");
    const note = on.published(at.friend);
    const answer = on.published(carol, { inReplyTo: note.id });
    on.lists(at.friend, note, [answer.id]);
    await on.arrived(note);
    const signed = new Map<string, boolean[]>();
    for (const host of [carol.host, at.friend.host])
      at.fediverse.interfere(host, (request, go) => {
        signed.set(host, [...(signed.get(host) ?? []), request.headers.has("Signature")]);
        return go();
      });
    await on.look(note);
    expect(new Set(signed.get(carol.host))).toEqual(new Set([false]));
    expect(new Set(signed.get(at.friend.host))).toEqual(new Set([true]));
  });

  test("to answers are found in the lists of those, and what stands between is fetched too", async () => {
    const [carol, dave] = [at.stranger("carol"), at.stranger("dave")];
    const note = on.published(at.friend);
    const first = on.published(carol, { inReplyTo: note.id });
    const second = on.published(dave, { inReplyTo: first.id });
    const third = on.published(at.friend, { inReplyTo: second.id });
    on.lists(carol, first, [second.id]);
    on.lists(at.friend, note, [first.id]);
    on.lists(dave, second, [third.id]);
    await on.arrived(note);
    await on.look(note);
    expect(await on.below(note)).toEqual([first.id, second.id, third.id]);

    const other = on.published(at.friend);
    const between = on.published(carol, { inReplyTo: other.id });
    const deep = on.published(dave, { inReplyTo: between.id });
    on.lists(at.friend, other, [deep.id]);
    await on.arrived(other);
    expect(await on.look(other)).toEqual(looked({ missing: 0 }));
    expect(await on.below(other)).toEqual([between.id, deep.id]);
  });

  test("are all found where a thread lists its posts (FEP-f228)", async () => {
    const carol = at.stranger("carol");
    const note = on.published(at.friend, { context: `${at.friend.origin}/threads/1` });
    const answer = on.published(carol, { inReplyTo: note.id });
    on.serve(at.friend, `${at.friend.origin}/threads/1`, {
      type: "OrderedCollection",
      attributedTo: at.friend.uri,
      orderedItems: [note.id, answer.id],
    });
    await on.arrived(note);
    expect(await on.look(note)).toEqual(looked({ missing: 0 }));
    expect(await on.below(note)).toEqual([answer.id]);
  });

  test("on a device that is off are counted, and come by themselves once it is on", async () => {
    const [carol, dave] = [at.stranger("carol"), at.stranger("dave")];
    const note = on.published(at.friend);
    const answers = [carol, dave].map((peer) => on.published(peer, { inReplyTo: note.id }));
    on.lists(
      at.friend,
      note,
      answers.map(({ id }) => id),
    );
    await on.arrived(note);
    at.fediverse.interfere(dave.host, async () => {
      throw new TypeError("fetch failed");
    });
    expect(await on.look(note)).toEqual(looked({ missing: 1, off: 1, gone: 0 }));
    expect(await on.below(note)).toEqual([answers[0]?.id]);
    at.fediverse.interfere(dave.host, null);
    at.anna.runner.wake(dave.host);
    await at.anna.runner.idle();
    expect(await on.gap(note)).toEqual(looked({ missing: 0, off: 0 }));
    expect(await on.below(note)).toEqual(expect.arrayContaining(answers.map(({ id }) => id)));
  });

  test("are still to be looked for while the device that lists them is off", async () => {
    const note = on.published(at.friend);
    const answer = on.published(at.attacker, { inReplyTo: note.id });
    on.lists(at.friend, note, [answer.id]);
    await on.arrived(note);
    at.fediverse.interfere(at.friend.host, async () => {
      throw new TypeError("fetch failed");
    });
    expect(await on.look(note)).toEqual(looked({ listOff: true, missing: 0, lookedAt: 0 }));
    at.fediverse.interfere(at.friend.host, null);
    expect(await on.look(note)).toEqual(looked({ listOff: false, missing: 0 }));
    expect(await on.below(note)).toEqual([answer.id]);
  });

  test("outside the onion network are counted, and nobody goes there unless the owner allowed it", async () => {
    const carol = at.stranger("carol");
    const note = on.published(at.friend);
    const answer = on.published(carol, { inReplyTo: note.id });
    on.lists(at.friend, note, [answer.id]);
    await on.arrived(note);
    at.fediverse.outside = (host) => host !== carol.host;
    expect(await on.look(note)).toEqual(looked({ missing: 1, outside: 1 }));
    expect(on.asked(carol.host)).toEqual([]);
    expect(await at.anna.store.read.outsideServer.count({ where: { host: carol.host } })).toBe(0);
    at.fediverse.outside = () => true;
    expect(await on.look(note)).toEqual(looked({ missing: 0, outside: 0 }));
  });

  test("that are deleted by now are said to be gone, and not fetched for ever", async () => {
    const carol = at.stranger("carol");
    const note = on.published(at.friend);
    on.lists(at.friend, note, [`${carol.origin}/notes/gone`]);
    await on.arrived(note);
    expect(await on.look(note)).toEqual(looked({ missing: 0, gone: 1 }));
    expect(await at.anna.store.read.job.count({ where: { kind: "fetch-answer" } })).toBe(0);
  });

  test("that one look has no more room for are kept in mind, and come with the next one", async () => {
    const [carol, dave] = [at.stranger("carol"), at.stranger("dave")];
    const note = on.published(at.friend);
    const between = on.published(carol, { inReplyTo: note.id });
    const deep = on.published(dave, { inReplyTo: between.id });
    on.lists(at.friend, note, [deep.id]);
    await on.arrived(note);
    at.fediverse.interfere(dave.host, async (_, go) => {
      await at.anna.store.transact((tx) => tx.threadLook.updateMany({ data: { items: ITEMS_MAX } }));
      return go();
    });
    expect(await on.look(note)).toEqual(looked({ missing: 1, cut: true }));
    expect(await at.anna.store.read.missingPost.findMany()).toMatchObject([{ uri: deep.id, why: "later" }]);
    at.fediverse.interfere(dave.host, null);
    expect(await on.look(note)).toEqual(looked({ missing: 0 }));
    expect(await on.below(note)).toEqual([between.id, deep.id]);
  });

  test("by people who are blocked are not kept", async () => {
    const note = on.published(at.friend);
    const answer = on.published(at.attacker, { inReplyTo: note.id });
    on.lists(at.friend, note, [answer.id]);
    await on.arrived(note);
    await at.anna.store.transact((tx) => setBlocked(tx, idOf(at.attacker.uri), Date.now()));
    expect(await on.look(note)).toEqual(looked({ missing: 0 }));
    expect(await at.stored(answer.id)).toBeNull();
  });
});
