import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AS, type Besieged, besiege } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import type { Signing } from "../support/peer.ts";

let at: Besieged;

beforeAll(async () => {
  at = await besiege();
});
afterAll(() => at[Symbol.asyncDispose]());
beforeEach(() => {
  at.fediverse.requests.length = 0;
});

test("an honest post is taken, signed either way", async () => {
  for (const spec of ["draft-cavage", "rfc9421"] as const) {
    const post = at.note(at.friend);
    expect(await at.send(at.friend, at.activity(at.friend, "Create", post), { spec })).toBe(202);
    expect(await at.stored(post.id)).toMatchObject({ reach: "everyone", author: { uri: at.friend.uri } });
  }
});

describe("who speaks", () => {
  test("A1: a key on the attacker's host that says it is the victim's gets 401", async () => {
    const mallory = at.attacker.documents.get("/users/mallory") as { publicKey: { publicKeyPem: string } };
    const keyId = `${at.attacker.origin}/keys/1`;
    at.attacker.documents.set("/keys/1", {
      "@context": [AS, "https://w3id.org/security/v1"],
      id: keyId,
      type: "CryptographicKey",
      owner: at.friend.uri,
      publicKeyPem: mallory.publicKey.publicKeyPem,
    });
    const post = at.note(at.friend);
    expect(await at.send(at.attacker, at.activity(at.friend, "Create", post), { keyId })).toBe(401);
    expect(await at.stored(post.id)).toBeNull();
  });

  test("A2: the attacker's own key for an activity of the victim gets 401", async () => {
    const post = at.note(at.friend);
    expect(await at.send(at.attacker, at.activity(at.friend, "Create", post))).toBe(401);
    expect(await at.stored(post.id)).toBeNull();
  });

  test.each<[string, Signing]>([
    ["no signature", { without: ["Signature"] }],
    ["an altered body", { body: JSON.stringify({ type: "Create" }) }],
    ["no digest", { without: ["Digest"] }],
    ["a date two hours ago", { date: new Date(Date.now() - 2 * 60 * 60 * 1000) }],
  ])("A3: %s gets 401", async (_, how) => {
    const post = at.note(at.friend);
    expect(await at.send(at.friend, at.activity(at.friend, "Create", post), how)).toBe(401);
    expect(await at.stored(post.id)).toBeNull();
  });

  test("A4: the same bytes again are not delivered twice", async () => {
    const to = at.anna.acting.me.ownerUri;
    const request = at.friend.signed(at.inbox, at.activity(at.friend, "Create", at.note(at.friend, { to })));
    const again = request.clone();
    const before = await at.anna.store.read.post.count();
    expect((await at.fediverse.ask(request)).status).toBe(202);
    const notices = await at.anna.store.read.notice.count();
    expect((await at.fediverse.ask(again)).status).toBe(202);
    expect(await at.anna.store.read.post.count()).toBe(before + 1);
    expect(await at.anna.store.read.notice.count()).toBe(notices);
  });

  test("A4: what was deleted or taken back does not come back by the same bytes", async () => {
    const post = at.note(at.friend);
    const ask = at.activity(at.friend, "Follow", at.anna.uri);
    const requests = [at.activity(at.friend, "Create", post), ask].map((one) =>
      at.friend.signed(at.inbox, one),
    );
    const again = requests.map((request) => request.clone());
    for (const request of requests) expect((await at.fediverse.ask(request)).status).toBe(202);
    expect(await at.stored(post.id)).not.toBeNull();
    await at.send(at.friend, at.activity(at.friend, "Delete", post.id));
    await at.send(at.friend, at.activity(at.friend, "Undo", ask));
    for (const request of again) expect((await at.fediverse.ask(request)).status).toBe(202);
    expect(await at.stored(post.id)).toBeNull();
    expect(await at.asks(at.friend)).toBe(false);
  });

  test("A5: the same bytes to another inbox get 401", async () => {
    const request = at.friend.signed(at.inbox, at.activity(at.friend, "Create", at.note(at.friend)));
    const elsewhere = new Request(`http://${at.anna.host}/people/anna/inbox`, {
      method: "POST",
      headers: request.headers,
      body: await request.arrayBuffer(),
    });
    expect((await at.fediverse.ask(elsewhere)).status).toBe(401);
  });

  test("A6: a post by somebody on another host is dropped", async () => {
    const foreign = at.note(at.attacker, { attributedTo: at.friend.uri });
    expect(await at.send(at.attacker, at.activity(at.attacker, "Create", foreign))).toBe(202);
    const theirs = at.note(at.friend);
    expect(await at.send(at.attacker, at.activity(at.attacker, "Create", theirs))).toBe(202);
    expect([await at.stored(foreign.id), await at.stored(theirs.id)]).toEqual([null, null]);
  });

  test("A7: an activity with an id on another host is dropped", async () => {
    const post = at.note(at.attacker);
    const id = `${at.friend.origin}/acts/7`;
    expect(await at.send(at.attacker, at.activity(at.attacker, "Create", post, { id }))).toBe(202);
    expect(await at.stored(post.id)).toBeNull();
    await at.send(at.attacker, at.activity(at.attacker, "Follow", at.anna.uri, { id: `${id}7` }));
    expect(await at.asks(at.attacker)).toBe(false);
  });

  test("A8: an activity of two actors is dropped", async () => {
    const post = at.note(at.attacker);
    const actor = [at.attacker.uri, at.friend.uri];
    expect(await at.send(at.attacker, at.activity(at.attacker, "Create", post, { actor }))).toBe(202);
    expect(
      await at.send(at.attacker, at.activity(at.attacker, "Create", post, { actor: actor.toReversed() })),
    ).toBe(202);
    expect(await at.stored(post.id)).toBeNull();
  });
});

test("A28: forged signatures under a friend's key make this node ask for it once at most", async () => {
  const forge = () => {
    const { keyId } = at.friend;
    return at.send(at.attacker, at.activity(at.friend, "Create", at.note(at.friend)), { keyId });
  };
  for (let times = 0; times < 10; times += 1) expect(await forge()).toBe(401);
  expect(at.fediverse.requests.filter((line) => line.includes(at.friend.host)).length).toBeLessThanOrEqual(1);
  expect(await at.send(at.friend, at.activity(at.friend, "Create", at.note(at.friend)))).toBe(202);
});

test("A27: strangers whose keys never come are told to come again, and a friend is not kept waiting by them", async () => {
  let release = () => {};
  const never = new Promise<void>((resolve) => {
    release = resolve;
  });
  const strangers = Array.from({ length: 12 }, () => at.stranger("slow"));
  for (const { host } of strangers)
    at.fediverse.interfere(host, async (_, go) => {
      await never;
      return go();
    });
  const answers: number[] = [];
  const sent = strangers.map(async (peer) => {
    answers.push(await at.send(peer, at.activity(peer, "Follow", at.anna.uri)));
  });
  await eventually("four are told to come again", () => answers.length === 4);
  expect(answers).toEqual([503, 503, 503, 503]);
  expect(await at.send(at.friend, at.activity(at.friend, "Create", at.note(at.friend)))).toBe(202);
  release();
  await Promise.all(sent);
  expect(answers.slice(4)).toEqual(Array(8).fill(202));
});
