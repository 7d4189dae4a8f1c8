import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { block } from "../../src/social/people/block.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import type { Peer } from "../support/peer.ts";
import { giveProofKey, type Prover } from "../support/prover.ts";

/** Fred began a narrow thread that Anna has; what is passed on in it, by him and by others. */
let at: Besieged;
let root: { id: string };
let thread: string;
let bob: Peer;
let proven: Prover;
beforeEach(async () => {
  at = await besiege();
  thread = `${at.friend.origin}/contexts/1`;
  root = at.note(at.friend, { to: [at.anna.uri, `${at.friend.origin}/circles/1`], context: thread });
  expect(await at.send(at.friend, at.activity(at.friend, "Create", root))).toBe(202);
  bob = at.stranger("bob");
  proven = await giveProofKey(bob);
});
afterEach(() => at[Symbol.asyncDispose]());

const answer = (by: Peer, values: object = {}) =>
  at.note(by, { inReplyTo: root.id, to: [at.friend.uri], context: thread, ...values });
const passed = (by: Peer, object: unknown, values: object = {}) =>
  at.activity(by, "Add", object, { to: at.anna.uri, target: thread, ...values });
/** Sends it, and lets be done what follows from it. */
async function pass(by: Peer, object: unknown, values: object = {}): Promise<number> {
  const status = await at.send(by, passed(by, object, values));
  await at.anna.runner.idle();
  return status;
}
const countBy = (who: Peer) => at.anna.store.read.post.count({ where: { author: { uri: who.uri } } });

describe("what is passed on in a narrow thread", () => {
  test("is taken when its author signed it, stays narrow, and brings nobody past the gate", async () => {
    const note = answer(bob, { to: "https://www.w3.org/ns/activitystreams#Public" });
    expect(await pass(at.friend, await proven(at.activity(bob, "Create", note)))).toBe(202);
    expect(await at.stored(note.id)).toMatchObject({ reach: "chosen", author: { uri: bob.uri } });
    const { read } = at.anna.store;
    expect(await read.notice.count({ where: { person: { uri: bob.uri } } })).toBe(0);
    expect(await read.post.count({ where: { uri: note.id, inHome: true } })).toBe(0);
    const direct = at.note(bob, { to: at.anna.uri });
    await at.send(bob, at.activity(bob, "Create", direct));
    expect(await at.stored(direct.id)).toBeNull();
    expect(await read.knock.count()).toBe(1);
  });

  test("A10: is nothing without a proof, with another's, or changed on the way", async () => {
    const create = at.activity(bob, "Create", answer(bob));
    const signed = await proven(create);
    const object = signed["object"] as object;
    const mallory = await giveProofKey(at.attacker);
    const lies: unknown[] = [
      create,
      { ...signed, proof: undefined },
      { ...signed, object: { ...object, content: "<p>something else</p>" } },
      { ...signed, actor: at.friend.uri },
      await mallory(create),
      { ...(await mallory(create)), actor: at.attacker.uri },
      {
        ...signed,
        proof: { ...(signed["proof"] as object), verificationMethod: `${at.attacker.uri}#proof-key` },
      },
      await proven(at.activity(bob, "Create", at.note(at.attacker, { inReplyTo: root.id }))),
      await proven(at.activity(bob, "Delete", root.id)),
      create["id"],
      { type: "Create" },
      { ...signed, proof: [] },
    ];
    for (const lie of lies) expect(await pass(at.friend, lie)).toBe(202);
    expect([await countBy(bob), await countBy(at.attacker)]).toEqual([0, 0]);
    expect(await at.anna.store.read.person.count({ where: { uri: bob.uri } })).toBe(0);
    expect(await pass(at.friend, signed)).toBe(202);
    expect(await countBy(bob)).toBe(1);
  });

  test("A11: is taken of whoever began that thread alone, and makes this node ask nobody for anything otherwise", async () => {
    const signed = await proven(at.activity(bob, "Create", answer(bob)));
    at.fediverse.requests.length = 0;
    for (const by of [at.attacker, at.neighbour, at.stranger("sam"), bob]) await pass(by, signed);
    await pass(at.friend, signed, { target: `${at.friend.origin}/contexts/2` });
    await pass(at.friend, signed, { target: `${at.anna.uri}/featured` });
    expect(at.fediverse.requests.filter((line) => line.includes(bob.host) && line.includes("#"))).toEqual([]);
    expect(await countBy(bob)).toBe(0);
    expect(at.fediverse.requests.filter((line) => line.startsWith("GET") && line.includes("notes"))).toEqual(
      [],
    );
  });

  test("belongs to that thread: an answer to something else is not taken, nor one of somebody blocked", async () => {
    const other = at.note(at.friend);
    await at.send(at.friend, at.activity(at.friend, "Create", other));
    for (const inReplyTo of [other.id, undefined, `${bob.origin}/notes/none`]) {
      await pass(at.friend, await proven(at.activity(bob, "Create", answer(bob, { inReplyTo }))));
    }
    expect(await countBy(bob)).toBe(0);
    const { acting, federation } = at.anna;
    const { personId } = await federation.lookUp(bob.uri);
    await acting.transact((tx) => block(tx, personId, acting.now()));
    await pass(at.friend, await proven(at.activity(bob, "Create", answer(bob))));
    expect(await countBy(bob)).toBe(0);
  });

  test("goes again by the word of who passed it on, and by nobody else's", async () => {
    const note = answer(bob);
    await pass(at.friend, await proven(at.activity(bob, "Create", note)));
    const gone = (by: Peer) => at.send(by, at.activity(by, "Remove", note.id, { target: thread }));
    for (const by of [at.attacker, at.neighbour, at.stranger("sam")]) await gone(by);
    expect(await countBy(bob)).toBe(1);
    await at.send(at.friend, at.activity(at.friend, "Remove", root.id, { target: thread }));
    expect(await at.stored(root.id)).not.toBeNull();
    await gone(at.friend);
    expect(await countBy(bob)).toBe(0);
  });
});
