import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMessage, encrypt, readKey } from "openpgp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { writtenLetter } from "../../src/social/messages/check-letter.ts";
import { learnKey } from "../../src/social/messages/keys/learn.ts";
import { ownCertificate } from "../../src/social/messages/keys/own.ts";
import { conversationOf } from "../../src/social/messages/letter.ts";
import { config } from "../../src/social/messages/pgp/config.ts";
import {
  certificateOf,
  fingerprintOf,
  makeKey,
  makeSubkey,
  type OwnKeys,
} from "../../src/social/messages/pgp/own-key.ts";
import { seal } from "../../src/social/messages/pgp/seal.ts";
import { messagesWith } from "../../src/social/messages/thread.ts";
import { AS, type Besieged, besiege } from "../support/besieged.ts";
import { filesWith } from "../support/canary.ts";
import { settled } from "../support/members.ts";
import type { Peer } from "../support/peer.ts";

/** Letters made by hand, by two whose keys Anna knows. */
let at: Besieged;
let certificate: Uint8Array;
let friends: OwnKeys;
let attackers: OwnKeys;
beforeEach(async () => {
  at = await besiege();
  certificate = (await ownCertificate(at.anna.store.read, Date.now())) ?? new Uint8Array();
  [friends, attackers] = [await keysOf(at.friend), await keysOf(at.attacker)];
});
afterEach(async () => {
  expect(at.anna.warnings).toEqual([]);
  await at[Symbol.asyncDispose]();
});

const hex = (digit: string) => digit.repeat(32);

async function keysOf(peer: Peer): Promise<OwnKeys> {
  const began = Math.floor(Date.now() / 1000) * 1000 - 60_000;
  const key = await makeKey(`one@${peer.host}`, began);
  const own = { key, subkeys: [await makeSubkey(key, began)] };
  const theirs = await certificateOf(own);
  await at.anna.acting.transact((tx) => learnKey(tx, idOf(peer.uri), theirs, Date.now()));
  return own;
}

/** What the friend seals for Anna. `id`: the letter's own. */
async function sealed(text: string, id: string, to = at.anna.uri): Promise<Uint8Array> {
  const letter = writtenLetter({
    ...{ v: 1, id, from: at.friend.uri, to, conv: conversationOf(at.friend.uri, to), seq: 1, prev: "" },
    ...{ fromKey: await fingerprintOf(friends.key), toKey: await fingerprintOf(certificate) },
    ...{ published: Date.now(), content: { kind: "text", text, replyTo: "", vanish: 0 } },
  });
  return seal(letter, { own: friends, theirs: certificate, now: Date.now() });
}

function carrying(by: Peer, bytes: Uint8Array) {
  const note = at.note(by, {
    ...{ type: ["Note", "EncryptedMessage"], to: [at.anna.uri], summary: "A private message" },
    ...{ mediaType: "application/pgp-encrypted", content: Buffer.from(bytes).toString("base64") },
  });
  const context = [AS, "https://w3id.org/security/v1"];
  return at.activity(by, "Create", note, { "@context": context, to: [at.anna.uri] });
}

async function words(peer: Peer): Promise<string[]> {
  const { items } = await messagesWith(at.anna.store.read, idOf(peer.uri), { limit: 80 }, Date.now());
  return items.map(({ text }) => text);
}

describe("B2: a letter that came before", () => {
  test("B2: comes once, whether it is sent again as it was or in another cover", async () => {
    const bytes = await sealed("once", hex("a"));
    const activity = carrying(at.friend, bytes);
    for (const one of [activity, activity, carrying(at.friend, bytes)])
      expect(await at.send(at.friend, one)).toBe(202);
    // Signed and sealed anew, and the same letter by its id.
    expect(await at.send(at.friend, carrying(at.friend, await sealed("twice", hex("a"))))).toBe(202);
    await settled(at.anna);
    expect(await words(at.friend)).toEqual(["once"]);
  });

  test("B2: is nothing when somebody else sends it", async () => {
    const bytes = await sealed("for Anna by a friend", hex("a"));
    expect(await at.send(at.attacker, carrying(at.attacker, bytes))).toBe(202);
    await settled(at.anna);
    expect([await words(at.attacker), await words(at.friend)]).toEqual([[], []]);
  });

  test("B2: is nothing when it was written to somebody else", async () => {
    const bytes = await sealed("for Ben", hex("a"), "http://ben.example/users/ben");
    expect(await at.send(at.friend, carrying(at.friend, bytes))).toBe(202);
    await settled(at.anna);
    expect(await words(at.friend)).toEqual([]);
  });
});

test("B14: whatever is wrong with a letter, the answer is the one that a right one gets", async () => {
  const right = await sealed("right", hex("a"));
  const unsigned = await encrypt({
    message: await createMessage({ binary: Buffer.from("x") }),
    encryptionKeys: await readKey({ binaryKey: certificate, config }),
    ...{ format: "binary", config },
  });
  const { own, theirs } = { own: attackers, theirs: await certificateOf(attackers) };
  const letters: [string, Uint8Array][] = [
    ["right", right],
    ["of noise", Buffer.alloc(right.length, 0xa5)],
    ["cut short", right.subarray(0, -20)],
    ["unsigned", unsigned],
    ["signed by another", await seal("{}", { own, theirs: certificate, now: Date.now() })],
    ["for another key", await seal("{}", { own, theirs, now: Date.now() })],
    ["no letter", await seal("{}", { own: friends, theirs: certificate, now: Date.now() })],
    ["for another person", await sealed("x", hex("b"), "http://ben.example/users/ben")],
    ["with more behind it", Buffer.concat([right, right])],
  ];
  const answers = new Set<string>();
  for (const [, bytes] of letters) {
    const response = await at.fediverse.ask(at.friend.signed(at.inbox, carrying(at.friend, bytes)));
    answers.add(JSON.stringify([response.status, [...response.headers], await response.text()]));
    expect(response.status).toBe(202);
    await settled(at.anna);
  }
  expect(answers.size).toBe(1);
  expect((await words(at.friend)).filter((text) => text !== "")).toEqual(["right"]);
});

test("B15: the words of a letter are in no file, while it is here and after it is gone", async () => {
  const canary = "canary-quahog-lantern";
  await at.send(at.friend, carrying(at.friend, await sealed(canary, hex("a"))));
  await settled(at.anna);
  expect(await words(at.friend)).toEqual([canary]);
  expect(filesWith(at.fediverse.folder, [canary])).toEqual([]);
  // And would be found.
  const plain = join(at.fediverse.folder, "plain");
  await writeFile(plain, `{"text":"${canary}"}`);
  expect(filesWith(at.fediverse.folder, [canary])).toEqual([`${plain}: ${canary}`]);
  await rm(plain);
  await at.anna.acting.transact((tx) => tx.message.deleteMany({}));
  expect(filesWith(at.fediverse.folder, [canary])).toEqual([]);
});
