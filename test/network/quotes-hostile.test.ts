import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { postById } from "../../src/social/posts/find.ts";
import { type Draft, publish } from "../../src/social/posts/publish.ts";
import { MOST_BY_PERSON } from "../../src/social/quotes/limits.ts";
import { AS, type Besieged, besiege, PUBLIC } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import { settled } from "../support/members.ts";
import type { Peer } from "../support/peer.ts";

const TERMS = {
  QuoteRequest: "https://w3id.org/fep/044f#QuoteRequest",
  QuoteAuthorization: "https://w3id.org/fep/044f#QuoteAuthorization",
  quote: { "@id": "https://w3id.org/fep/044f#quote", "@type": "@id" },
  quoteAuthorization: { "@id": "https://w3id.org/fep/044f#quoteAuthorization", "@type": "@id" },
  gts: "https://gotosocial.org/ns#",
  interactingObject: { "@id": "gts:interactingObject", "@type": "@id" },
  interactionTarget: { "@id": "gts:interactionTarget", "@type": "@id" },
};

let at: Besieged;
beforeEach(async () => {
  at = await besiege();
});
afterEach(() => at[Symbol.asyncDispose]());

async function say(draft: Partial<Draft> & { text: string }): Promise<{ id: string; uri: string }> {
  const { acting, store } = at.anna;
  const id = await acting.transact((tx) =>
    publish(tx, acting.me, { reach: "everyone", ...draft }, acting.now(), acting.random),
  );
  return { id, uri: (await store.read.post.findUniqueOrThrow({ where: { id } })).uri };
}

const ask = (by: Peer, quoted: string, instrument: unknown, values: object = {}) =>
  at.send(
    by,
    at.activity(by, "QuoteRequest", quoted, {
      "@context": [AS, TERMS],
      instrument,
      to: at.anna.uri,
      ...values,
    }),
  );
const stamps = () => at.anna.store.read.quoteStamp.findMany();
const seen = async (uri: string) => postById(at.anna.store.read, at.anna.acting.me, idOf(uri));

/** A post by the attacker that quotes the friend's, with whatever is said to be leave. */
async function quoteFriend(values: object): Promise<{ note: { id: string }; quoted: string }> {
  const theirs = at.note(at.friend);
  at.friend.documents.set(new URL(theirs.id).pathname, { "@context": AS, ...theirs });
  const note = at.note(at.attacker, { quote: theirs.id, ...values });
  const create = at.activity(at.attacker, "Create", note, { "@context": [AS, TERMS] });
  expect(await at.send(at.attacker, create)).toBe(202);
  return { note, quoted: theirs.id };
}

const stampOf = (id: string, by: string, quoting: string, quoted: string) => ({
  "@context": [AS, TERMS],
  id,
  type: "QuoteAuthorization",
  attributedTo: by,
  interactingObject: quoting,
  interactionTarget: quoted,
});

describe("A32: leave to quote", () => {
  test("that the quoted person gave is found at their place", async () => {
    const stamp = `${at.friend.origin}/stamps/1`;
    const { note, quoted } = await quoteFriend({ quoteAuthorization: stamp });
    at.friend.documents.set("/stamps/1", stampOf(stamp, at.friend.uri, note.id, quoted));
    await eventually("the leave is seen", async () => (await seen(note.id))?.quote?.state === "approved");
    expect((await seen(note.id))?.quote?.post).toMatchObject({ uri: quoted });
    const revoked = at.activity(at.friend, "Delete", stamp);
    expect(await at.send(at.attacker, at.activity(at.attacker, "Delete", stamp))).toBe(202);
    expect((await seen(note.id))?.quote?.state).toBe("approved");
    expect(await at.send(at.friend, revoked)).toBe(202);
    expect((await seen(note.id))?.quote).toMatchObject({ state: "refused", post: null });
  });

  test.each([
    ["none", () => ({})],
    ["at the quoter's own place", () => ({ quoteAuthorization: `${at.attacker.origin}/stamps/1` })],
    ["that is nowhere", () => ({ quoteAuthorization: `${at.friend.origin}/stamps/none` })],
    ["for another post", () => ({ quoteAuthorization: `${at.friend.origin}/stamps/2` })],
    ["by somebody else there", () => ({ quoteAuthorization: `${at.friend.origin}/stamps/3` })],
  ])("%s is none: where it is quoted from is shown, not what", async (_, values) => {
    const lie = (n: number, by: string) =>
      stampOf(`${at.friend.origin}/stamps/${n}`, by, `${at.attacker.origin}/notes/0`, at.friend.uri);
    at.friend.documents.set("/stamps/2", lie(2, at.friend.uri));
    at.friend.documents.set("/stamps/3", lie(3, at.neighbour.uri));
    const { note, quoted } = await quoteFriend(values());
    await settled(at.anna);
    expect((await seen(note.id))?.quote).toMatchObject({ state: "waiting", uri: quoted, post: null });
  });

  test("what is quoted by what is quoted is not looked up", async () => {
    const third = at.stranger("third");
    const deeper = at.note(third);
    third.documents.set(new URL(deeper.id).pathname, { "@context": AS, ...deeper });
    const theirs = at.note(at.friend, { quote: deeper.id });
    at.friend.documents.set(new URL(theirs.id).pathname, { "@context": [AS, TERMS], ...theirs });
    const note = at.note(at.attacker, { quote: theirs.id });
    await at.send(at.attacker, at.activity(at.attacker, "Create", note, { "@context": [AS, TERMS] }));
    await eventually("the quoted post is here", async () => (await at.stored(theirs.id)) !== null);
    await settled(at.anna);
    expect(third.asked).toEqual([]);
  });

  test("a post that was quoted before its author wrote it is theirs when they do", async () => {
    const later = at.note(at.friend);
    const note = at.note(at.attacker, { quote: later.id });
    await at.send(at.attacker, at.activity(at.attacker, "Create", note, { "@context": [AS, TERMS] }));
    await settled(at.anna);
    expect(await at.stored(later.id)).toBeNull();
    expect(await at.send(at.friend, at.activity(at.friend, "Create", later))).toBe(202);
    expect((await at.stored(later.id))?.author.uri).toBe(at.friend.uri);
  });
});

describe("a question for leave", () => {
  test("as others spell it is answered with a leave that names both posts", async () => {
    const { uri } = await say({ text: "rain all day" });
    const note = at.note(at.friend, { quote: uri });
    expect(await ask(at.friend, uri, note)).toBe(202);
    const answer = await eventually("the answer comes", async () =>
      at.friend.received.find(({ activity }) => activity["type"] === "Accept"),
    );
    const [stamp] = await stamps();
    expect(answer.activity).toMatchObject({
      object: { type: "QuoteRequest", object: uri, instrument: note.id, actor: at.friend.uri },
      result: `http://${at.anna.host}/quotes/${stamp?.id}`,
    });
    expect((await seen(note.id))?.quote).toMatchObject({ state: "approved", post: { uri } });
  });
  test("by the post's address alone is answered too", async () => {
    const { uri } = await say({ text: "rain all day" });
    const note = at.note(at.friend, { quote: uri });
    at.friend.documents.set(new URL(note.id).pathname, { "@context": [AS, TERMS], ...note });
    expect(await ask(at.friend, uri, note.id)).toBe(202);
    await eventually("the answer comes", async () =>
      at.friend.received.some(({ activity }) => activity["type"] === "Accept"),
    );
  });
  test("by the address of a neighbour's post, or of one that quotes nothing, gets no answer", async () => {
    const { uri } = await say({ text: "rain all day" });
    const [note, plain] = [at.note(at.friend, { quote: uri }), at.note(at.neighbour)];
    for (const one of [note, plain])
      at.friend.documents.set(new URL(one.id).pathname, { "@context": [AS, TERMS], ...one });
    expect(await ask(at.neighbour, uri, note.id)).toBe(202);
    expect(await ask(at.neighbour, uri, plain.id)).toBe(202);
    await settled(at.anna);
    expect(await stamps()).toEqual([]);
    expect(at.neighbour.received).toEqual([]);
  });
  test("for somebody else's post, or with one that does not quote, is nothing", async () => {
    const { uri } = await say({ text: "rain all day" });
    const other = await say({ text: "another" });
    const lies: [Peer, string, unknown][] = [
      [at.attacker, uri, at.note(at.friend, { quote: uri })],
      [at.attacker, uri, `${at.friend.origin}/notes/1`],
      [at.attacker, uri, at.note(at.attacker)],
      [at.attacker, uri, at.note(at.attacker, { quote: other.uri })],
      [at.attacker, at.note(at.friend).id, at.note(at.attacker, { quote: uri })],
      [at.attacker, `http://${at.anna.host}/posts/${"0".repeat(32)}`, `${at.attacker.origin}/notes/1`],
    ];
    for (const [by, quoted, instrument] of lies) expect(await ask(by, quoted, instrument)).toBe(202);
    expect(await stamps()).toEqual([]);
  });
  test("for what is not for them is answered like what never was: not at all", async () => {
    const { uri } = await say({ text: "for me", reach: "me" });
    expect(await ask(at.attacker, uri, `${at.attacker.origin}/notes/1`)).toBe(202);
    await settled(at.anna);
    expect(at.attacker.received).toEqual([]);
    expect(await stamps()).toEqual([]);
  });
  test("over and over is kept a few times", async () => {
    const { uri } = await say({ text: "rain all day", quotable: "subscribers" });
    for (let n = 0; n < MOST_BY_PERSON + 3; n += 1) {
      expect(await ask(at.attacker, uri, at.note(at.attacker, { quote: uri }))).toBe(202);
    }
    expect(await stamps()).toHaveLength(MOST_BY_PERSON);
    expect(await at.anna.store.read.notice.count({ where: { kind: "quote-request" } })).toBe(1);
  });
});

describe("A12: an answer to a question for leave", () => {
  test("counts only from the author of what is quoted", async () => {
    const theirs = at.note(at.friend);
    await at.send(at.friend, at.activity(at.friend, "Create", theirs));
    const { id, uri } = await say({ text: "so it was", quoteOfId: idOf(theirs.id) });
    const state = async () => (await seen(uri))?.quote?.state;
    const question = {
      type: "QuoteRequest",
      id: `${uri}#quote-request`,
      actor: at.anna.uri,
      object: theirs.id,
      instrument: uri,
    };
    const context = { "@context": [AS, TERMS] };
    for (const type of ["Accept", "Reject"]) {
      const values = { ...context, result: `${at.attacker.origin}/stamps/1` };
      expect(await at.send(at.attacker, at.activity(at.attacker, type, question, values))).toBe(202);
      expect(await at.send(at.attacker, at.activity(at.attacker, type, question.id, values))).toBe(202);
    }
    expect(await state()).toBe("waiting");
    const elsewhere = { ...context, result: `${at.attacker.origin}/stamps/1` };
    expect(await at.send(at.friend, at.activity(at.friend, "Accept", question, elsewhere))).toBe(202);
    expect(await state()).toBe("waiting");
    const right = { ...context, result: `${at.friend.origin}/stamps/1` };
    expect(await at.send(at.friend, at.activity(at.friend, "Accept", question.id, right))).toBe(202);
    expect(await state()).toBe("approved");
    expect((await at.anna.store.read.post.findUniqueOrThrow({ where: { id } })).quoteStamp).toBe(
      right.result,
    );
    expect(PUBLIC).toContain("#Public");
  });
});
