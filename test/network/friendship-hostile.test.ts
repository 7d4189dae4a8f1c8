import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { acceptFriend } from "../../src/social/friends/answer.ts";
import { askToBeFriends } from "../../src/social/friends/ask.ts";
import { bondWith } from "../../src/social/friends/queries.ts";
import { MOST_WAITING } from "../../src/social/gate/gate.ts";
import { block } from "../../src/social/people/block.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import type { Peer } from "../support/peer.ts";

const FRIEND_OF = "http://purl.org/vocab/relationship/friendOf";

let at: Besieged;
beforeEach(async () => {
  at = await besiege();
});
afterEach(() => at[Symbol.asyncDispose]());

const relationship = (subject: string, values: object = {}) => ({
  ...{ type: "Relationship", subject, object: at.anna.uri, relationship: FRIEND_OF },
  ...values,
});
const offer = (by: Peer, values: object = {}) =>
  at.activity(by, "Offer", relationship(by.uri), { to: at.anna.uri, ...values });
const bond = (peer: Peer) => bondWith(at.anna.store.read, idOf(peer.uri));
const isSettled = () => eventually("nothing waits", async () => (await at.anna.store.read.job.count()) === 0);
const { transact, now } = {
  transact: <T>(work: Parameters<typeof at.anna.acting.transact<T>>[0]) => at.anna.acting.transact(work),
  now: () => at.anna.acting.now(),
};

async function befriend(peer: Peer): Promise<void> {
  expect(await at.send(peer, offer(peer))).toBe(202);
  await transact((tx) => acceptFriend(tx, idOf(peer.uri), now()));
  expect((await bond(peer))?.state).toBe("friends");
}

describe("an offer of friendship", () => {
  test("A12: that names other people than who sends it and the owner is none", async () => {
    const { friend, attacker } = at;
    const lies: unknown[] = [
      relationship(friend.uri),
      relationship(at.anna.uri, { object: attacker.uri }),
      relationship(attacker.uri, { object: friend.uri }),
      relationship(attacker.uri, { object: [at.anna.uri, friend.uri] }),
      relationship(attacker.uri, { relationship: "http://purl.org/vocab/relationship/spouseOf" }),
      relationship(attacker.uri, {
        relationship: [FRIEND_OF, "http://purl.org/vocab/relationship/spouseOf"],
      }),
      relationship(attacker.uri, { relationship: undefined }),
      [relationship(attacker.uri), relationship(friend.uri)],
      "http://attacker.example/relationships/1",
      { type: "Note", attributedTo: attacker.uri, content: "friends?" },
    ];
    for (const lie of lies)
      expect(await at.send(attacker, at.activity(attacker, "Offer", lie, { to: at.anna.uri }))).toBe(202);
    expect(await at.send(attacker, { ...offer(friend), id: `${attacker.origin}/acts/x` })).toBe(401);
    expect(await at.send(attacker, offer(attacker, { actor: [attacker.uri, friend.uri] }))).toBe(202);
    expect(await at.anna.store.read.friendship.count()).toBe(0);
    expect(await at.anna.store.read.notice.count({ where: { kind: "friend-request" } })).toBe(0);
  });

  test("A31: with ten thousand letters keeps three hundred, as words only", async () => {
    const content = `<p>hello <script>x()</script><img src=x>\u202e${"a".repeat(10_000)}</p>`;
    expect(await at.send(at.friend, offer(at.friend, { content }))).toBe(202);
    const { words = "" } = (await bond(at.friend)) ?? {};
    expect([...words]).toHaveLength(300);
    expect(words).toMatch(/^hello a+$/);
  });

  test("a second one while the first waits changes the words and tells nothing more", async () => {
    for (const content of ["one", "two"]) await at.send(at.friend, offer(at.friend, { content }));
    expect((await bond(at.friend))?.words).toBe("two");
    expect(await at.anna.store.read.notice.count({ where: { kind: "friend-request" } })).toBe(1);
  });

  test("A30: of somebody unknown waits at the gate, quietly, and is asked to come again when that is full", async () => {
    const stranger = at.stranger("stan");
    expect(await at.send(stranger, offer(stranger))).toBe(202);
    expect((await bond(stranger))?.state).toBe("offered");
    expect(await at.anna.store.read.notice.count({ where: { personId: idOf(stranger.uri) } })).toBe(0);
    const host = "crowd.example";
    await transact(async (tx) => {
      for (let one = 1; one < MOST_WAITING; one++) {
        const uri = `http://${host}/users/${one}`;
        const person = {
          id: idOf(uri),
          uri,
          host,
          sortKey: String(one).padStart(21, "0"),
          seenAt: new Date(),
        };
        await tx.person.create({ data: person });
        await tx.friendship.create({ data: { personId: person.id, state: "offered", at: new Date() } });
      }
    });
    const late = at.stranger("late");
    expect(await at.send(late, offer(late))).toBe(503);
    expect(await bond(late)).toBeNull();
    expect(await at.send(at.friend, offer(at.friend))).toBe(202);
    expect((await bond(at.friend))?.state).toBe("offered");
  });

  test("of somebody blocked is not heard", async () => {
    await transact((tx) => block(tx, idOf(at.attacker.uri), now()));
    expect(await at.send(at.attacker, offer(at.attacker))).toBe(404);
    expect(await bond(at.attacker)).toBeNull();
  });
});

describe("an answer", () => {
  test("A12: to an offer that was never made makes nobody a friend", async () => {
    const stranger = at.stranger("sam");
    const invented = `http://${at.anna.host}/acts/${"0".repeat(32)}#offer`;
    for (const peer of [stranger, at.attacker]) {
      const whole = { type: "Offer", id: invented, actor: at.anna.uri, object: relationship(at.anna.uri) };
      for (const object of [
        invented,
        whole,
        { ...whole, id: undefined },
        relationship(at.anna.uri, { object: peer.uri }),
      ])
        expect(await at.send(peer, at.activity(peer, "Accept", object))).toBe(202);
      expect(await bond(peer)).toBeNull();
    }
    expect(await at.anna.store.read.person.count({ where: { uri: stranger.uri } })).toBe(0);
    await isSettled();
    // Who is unknown is answered nothing at all.
    expect(stranger.received).toEqual([]);
  });

  test("A12: by another than who was asked, or to an older question, has no effect", async () => {
    const { friend, attacker, neighbour } = at;
    await transact((tx) => askToBeFriends(tx, at.anna.acting.me, idOf(friend.uri), "", now()));
    const uri = (await bond(friend))?.uri ?? "";
    for (const peer of [attacker, neighbour])
      for (const type of ["Accept", "Reject"])
        expect(await at.send(peer, at.activity(peer, type, uri))).toBe(202);
    await at.send(
      friend,
      at.activity(friend, "Accept", uri.replace(/.#offer$/, "0#offer").replace(/^(.*)$/, "$1x")),
    );
    expect((await bond(friend))?.state).toBe("asked");
    expect(await at.send(friend, at.activity(friend, "Accept", uri))).toBe(202);
    expect((await bond(friend))?.state).toBe("friends");
    expect(await at.send(friend, at.activity(friend, "Reject", uri))).toBe(202);
    expect(await bond(friend)).toBeNull();
  });
});

describe("the end", () => {
  test("A10: nobody ends another's friendship, nor takes back another's question", async () => {
    const { friend, attacker, neighbour } = at;
    const asked = offer(friend);
    await at.send(friend, asked);
    for (const peer of [attacker, neighbour])
      for (const object of [asked, asked["id"], { ...asked, actor: peer.uri }])
        expect(await at.send(peer, at.activity(peer, "Undo", object))).toBe(202);
    expect((await bond(friend))?.state).toBe("offered");
    await transact((tx) => acceptFriend(tx, idOf(friend.uri), now()));
    for (const peer of [attacker, neighbour])
      for (const object of [
        relationship(friend.uri),
        relationship(peer.uri),
        relationship(at.anna.uri, { object: friend.uri }),
      ])
        expect(await at.send(peer, at.activity(peer, "Undo", object))).toBe(202);
    expect((await bond(friend))?.state).toBe("friends");
    const mistaken = relationship(friend.uri, { object: attacker.uri });
    await at.send(friend, at.activity(friend, "Undo", mistaken));
    expect((await bond(friend))?.state).toBe("friends");
    await at.send(friend, at.activity(friend, "Undo", relationship(friend.uri)));
    expect(await bond(friend)).toBeNull();
  });
});

describe("an introduction", () => {
  const introduces = (by: Peer, object: unknown, values: object = {}) =>
    at.send(by, at.activity(by, "Offer", object, { to: at.anna.uri, target: at.anna.uri, ...values }));
  const kept = () => at.anna.store.read.introduction.count();

  test("counts only by a friend, for the owner, about a third", async () => {
    const other = at.stranger("olga");
    expect(await introduces(at.attacker, other.uri)).toBe(202);
    await befriend(at.friend);
    for (const [object, values] of [
      [at.anna.uri, {}],
      [at.friend.uri, {}],
      [other.uri, { target: at.attacker.uri }],
      [other.uri, { target: undefined }],
      [[other.uri, at.attacker.uri], {}],
      ["mailto:olga@example.com", {}],
      [`http://x:y@${other.host}/users/olga`, {}],
      [`${other.uri}/${"x".repeat(3_000)}`, {}],
    ] as const)
      expect(await introduces(at.friend, object, values)).toBe(202);
    expect(await kept()).toBe(0);
    expect(other.asked).toEqual([]);

    expect(await introduces(at.friend, other.uri, { content: `<b>Meet</b> ${"o".repeat(10_000)}` })).toBe(
      202,
    );
    await eventually("who it is was asked there", () =>
      at.anna.store.read.person.findFirst({ where: { uri: other.uri, inbox: { not: "" } } }),
    );
    const row = await at.anna.store.read.introduction.findFirstOrThrow();
    expect([...row.words]).toHaveLength(300);
    expect(await introduces(at.friend, other.uri)).toBe(202);
    expect(await at.anna.store.read.notice.count({ where: { kind: "introduced" } })).toBe(1);
    expect(await at.send(other, offer(other))).toBe(202);
    expect(await at.anna.store.read.notice.count({ where: { kind: "friend-request" } })).toBe(1);
  });

  test("about somebody blocked is not kept, and one friend introduces fifty at most", async () => {
    await befriend(at.friend);
    await transact((tx) => block(tx, idOf(at.attacker.uri), now()));
    await introduces(at.friend, at.attacker.uri);
    expect(await kept()).toBe(0);
    at.anna.runner.pause();
    for (let one = 0; one < 53; one++) await introduces(at.friend, `http://crowd.example/users/${one}`);
    expect(await kept()).toBe(50);
    expect(await at.anna.store.read.notice.count({ where: { kind: "introduced" } })).toBe(50);
  });
});
