import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AS, type Besieged, besiege } from "../support/besieged.ts";
import { say } from "../support/neighbours.ts";
import type { Peer } from "../support/peer.ts";

/** What is sent about posts of the owner's that the sender may not see, and about posts that are somebody else's. */
let at: Besieged;
beforeEach(async () => {
  at = await besiege();
});
afterEach(() => at[Symbol.asyncDispose]());

const DAY = 24 * 60 * 60_000;
const poll = { options: ["Rye", "Oat"], multiple: false, endsIn: DAY };
const QUOTES = {
  QuoteRequest: "https://w3id.org/fep/044f#QuoteRequest",
  quote: { "@id": "https://w3id.org/fep/044f#quote", "@type": "@id" },
};

async function uriOf(id: string): Promise<string> {
  return (await at.anna.store.read.post.findUniqueOrThrow({ where: { id } })).uri;
}

/** Everything that could come of it, and what is asked of others. */
async function traces(): Promise<Record<string, number>> {
  const { read } = at.anna.store;
  return {
    ...{ reactions: await read.reaction.count(), votes: await read.pollVote.count() },
    ...{ posts: await read.post.count(), stamps: await read.quoteStamp.count() },
    ...{ notices: await read.notice.count(), jobs: await read.job.count() },
    ...{ people: await read.person.count(), knocks: await read.knock.count() },
    ...{ reports: await read.report.count(), tags: await read.tagged.count() },
  };
}

const quoteOf = (by: Peer, uri: string) => at.note(by, { quote: uri, "@context": [AS, QUOTES] });

/** Each way of dealing with a post: as the inbox gets it. */
function dealings(by: Peer, uri: string): [string, object][] {
  const quoting = quoteOf(by, uri);
  const vote = { name: "Rye", inReplyTo: uri, to: at.anna.uri, content: undefined };
  const asks = (instrument: unknown) =>
    at.activity(by, "QuoteRequest", uri, { "@context": [AS, QUOTES], instrument });
  return [
    ["a like", at.activity(by, "Like", uri)],
    ["a like with an emoji", at.activity(by, "Like", uri, { content: "🎉" })],
    ["a reaction", at.activity(by, "EmojiReact", uri, { content: "🎉" })],
    ["a boost", at.activity(by, "Announce", uri)],
    ["a vote", at.activity(by, "Create", at.note(by, vote))],
    ["the taking back of a like", at.activity(by, "Undo", { id: uri, type: "Like" })],
    ["a question for leave, its post in it", asks(quoting)],
    ["a question for leave, its post named", asks(quoting.id)],
    ["its being put first", at.activity(by, "Add", uri, { target: `${by.uri}/collections/featured` })],
    ["a deletion", at.activity(by, "Delete", uri)],
    ["a change", at.activity(by, "Update", at.note(by, { id: uri, attributedTo: at.anna.uri }))],
  ];
}

describe("A11: about a post that one may not see", () => {
  test.each(["subscribers", "chosen"] as const)(
    "for %s, nothing has an effect, nobody is kept or asked, and no answer differs from one about nothing",
    async (reach) => {
      const friendId = (await at.anna.federation.lookUp(at.friend.uri)).personId;
      const id = await say(at.anna, "Not for you", {
        ...{ reach, poll },
        ...(reach === "chosen" ? { to: [friendId] } : {}),
      });
      await at.anna.runner.idle();
      const uri = await uriOf(id);
      const missing = `http://${at.anna.host}/posts/${"0".repeat(32)}`;
      const stranger = at.stranger("sam");
      const before = await traces();
      for (const by of [stranger, at.attacker]) {
        const about = async (post: string) => {
          const out: [string, number, string[]][] = [];
          for (const [what, activity] of dealings(by, post)) {
            at.fediverse.requests.length = 0;
            const status = await at.send(by, activity);
            await at.anna.runner.idle();
            const asked = at.fediverse.requests.filter((line) => !line.endsWith(new URL(by.uri).pathname));
            out.push([what, status, asked]);
          }
          return out;
        };
        expect(await about(uri)).toEqual(await about(missing));
        for (const [what, , asked] of await about(uri)) expect(asked, what).toEqual([]);
      }
      expect(await traces()).toEqual(before);
    },
  );

  test("an answer, a quote or a boost of a boost of it by somebody known is their own post and nothing more", async () => {
    const id = await say(at.anna, "For subscribers", { reach: "subscribers" });
    const uri = await uriOf(id);
    const answer = at.note(at.attacker, { inReplyTo: uri });
    const quoting = quoteOf(at.attacker, uri);
    for (const note of [answer, quoting])
      expect(await at.send(at.attacker, at.activity(at.attacker, "Create", note))).toBe(202);
    const rows = await at.anna.store.read.post.findMany({ where: { author: { uri: at.attacker.uri } } });
    for (const row of rows) {
      expect(row).toMatchObject({ replyToId: "", replyToUri: "" });
      expect(row.threadId).not.toBe(id);
      expect(row.quoteState).not.toBe("approved");
    }
    expect(await at.anna.store.read.notice.count({ where: { kind: { in: ["reply", "quote"] } } })).toBe(0);
  });
});

describe("A10, A32: somebody on the same host", () => {
  test("who names another's post as their own makes this node look nothing up", async () => {
    const quoted = at.note(at.attacker);
    const post = at.note(at.friend, { quote: quoted.id });
    const sent = at.activity(at.friend, "Create", post, { "@context": [AS, QUOTES] });
    expect(await at.send(at.friend, sent)).toBe(202);
    await at.anna.runner.idle();
    await at.anna.store.transact((tx) => tx.job.deleteMany());
    // Known here, so that their words do not wait at the gate.
    const own = await uriOf(await say(at.anna, "Open"));
    expect(await at.send(at.neighbour, at.activity(at.neighbour, "Like", own))).toBe(202);
    expect(await at.anna.store.read.person.count({ where: { uri: at.neighbour.uri } })).toBe(1);
    at.fediverse.requests.length = 0;
    const claimed = at.note(at.neighbour, { id: post.id, quote: quoted.id });
    expect(await at.send(at.neighbour, at.activity(at.neighbour, "Create", claimed))).toBe(202);
    await at.anna.runner.idle();
    expect(at.fediverse.requests.filter((line) => !line.includes("/users/nina"))).toEqual([]);
    expect((await at.stored(post.id))?.author.uri).toBe(at.friend.uri);
  });

  test("who asks for leave for another's post does not keep its author from asking", async () => {
    const uri = await uriOf(await say(at.anna, "Quote me", { quotable: "everyone" }));
    const post = at.note(at.friend, { quote: uri, "@context": [AS, QUOTES] });
    const create = at.activity(at.friend, "Create", post, { "@context": [AS, QUOTES] });
    expect(await at.send(at.friend, create)).toBe(202);
    const asks = (by: Peer) => {
      const instrument = { ...post, attributedTo: by.uri };
      return at.activity(by, "QuoteRequest", uri, { "@context": [AS, QUOTES], instrument });
    };
    expect(await at.send(at.neighbour, asks(at.neighbour))).toBe(202);
    await at.anna.runner.idle();
    expect(await at.anna.store.read.quoteStamp.count()).toBe(0);
    expect(await at.send(at.friend, asks(at.friend))).toBe(202);
    await at.anna.runner.idle();
    const stamps = await at.anna.store.read.quoteStamp.findMany({ include: { person: true } });
    expect(stamps.map(({ state, person }) => [state, person.uri])).toEqual([["granted", at.friend.uri]]);
  });
});

test("A32: what is liked, passed on, pinned or deleted before it is here reserves nothing", async () => {
  const post = at.note(at.friend, { content: "<p>the real words</p>" });
  for (const by of [at.attacker, at.neighbour, at.stranger("early")]) {
    for (const [what, activity] of dealings(by, post.id)) expect(await at.send(by, activity), what).toBe(202);
    await at.send(by, at.activity(by, "Create", at.note(by, { inReplyTo: post.id })));
    await at.send(by, at.activity(by, "Create", at.note(by, { id: post.id, content: "lies" })));
  }
  // The neighbour may write where they live; nobody else has a post there.
  expect((await at.stored(post.id))?.author.uri ?? at.neighbour.uri).toBe(at.neighbour.uri);
  const later = at.note(at.friend, { content: "<p>the real words</p>" });
  for (const by of [at.attacker, at.stranger("early")])
    for (const [, activity] of dealings(by, later.id)) await at.send(by, activity);
  expect(await at.send(at.friend, at.activity(at.friend, "Create", later))).toBe(202);
  expect(await at.stored(later.id)).toMatchObject({
    html: "<p>the real words</p>",
    author: { uri: at.friend.uri },
  });
});

test("A32: a share that goes by the id of a post, its own or the shared one, is dropped and harms neither", async () => {
  const { attacker } = at;
  const shared = await uriOf(await say(at.anna, "Shared."));
  const note = at.note(attacker);
  expect(await at.send(attacker, at.activity(attacker, "Create", note))).toBe(202);
  const before = await traces();
  for (const boosted of [shared, note.id])
    expect(await at.send(attacker, at.activity(attacker, "Announce", boosted, { id: note.id }))).toBe(202);
  expect(await traces()).toEqual(before);
  expect(await at.stored(note.id)).toMatchObject({ html: note.content });
  expect(at.anna.warnings).toEqual([]);
});
