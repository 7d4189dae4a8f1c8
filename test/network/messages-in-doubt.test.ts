import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { agreeToOpen } from "../../src/social/messages/elsewhere/agree.ts";
import { giveKey } from "../../src/social/messages/elsewhere/give-key.ts";
import { theyDiffer, theyMatch } from "../../src/social/messages/keys/decide.ts";
import { learnKey } from "../../src/social/messages/keys/learn.ts";
import { changeKey } from "../../src/social/messages/keys/queries.ts";
import { trustIn } from "../../src/social/messages/keys/trust.ts";
import { putKeyWord } from "../../src/social/messages/keys/word-queries.ts";
import type { Said } from "../../src/social/messages/letter.ts";
import { receiveLetter } from "../../src/social/messages/receive-letter.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import {
  annasCertificate,
  armoured,
  asMastodon,
  creates,
  direct,
  isIdle,
  nameKey,
  talkWith,
} from "../support/elsewhere.ts";
import type { Peer } from "../support/peer.ts";
import { DAY, type Sealer, sealerAt } from "../support/sealing.ts";

/** Somebody's server, or whoever has taken it, against what that somebody signed. */

let at: Besieged;
let zoe: Peer;
let id: string;
let hers: Sealer;
let theServers: Sealer;
beforeEach(async () => {
  at = await besiege();
  zoe = at.friend;
  id = idOf(zoe.uri);
  [hers, theServers] = [
    await sealerAt("zoe", 4, Date.now() - DAY),
    await sealerAt("host", 4, Date.now() - DAY),
  ];
});
afterEach(async () => {
  expect(at.anna.warnings).toEqual([]);
  await at[Symbol.asyncDispose]();
});

const act: Besieged["anna"]["acting"]["transact"] = (work) => at.anna.acting.transact(work);
const now = () => at.anna.acting.now();
const learns = (who: Sealer) => act((tx) => learnKey(tx, id, who.theirs, now()));
const trust = () => trustIn(at.anna.store.read, id);
let letters = 0;
const says = (signer: Sealer, content: Said) => {
  letters += 1;
  const letterId = letters.toString(16).padStart(32, "0");
  const between = { from: zoe.uri, to: at.anna.uri, fromKey: signer.fingerprint, toKey: "", conv: "" };
  const letter = {
    v: 1 as const,
    id: letterId,
    ...between,
    seq: letters,
    prev: "",
    published: now(),
    content,
  };
  const coming = { personId: id, signedBy: signer.fingerprint, signedAt: now(), arrivedAt: now() };
  return act((tx) => receiveLetter(tx, letter, coming));
};
const text = (words: string): Said => ({ kind: "text", text: words, replyTo: "", vanish: 0, files: [] });

describe("a key that their address names and the owner has not looked at", () => {
  beforeEach(async () => {
    await learns(hers);
    await act((tx) => changeKey(tx, { personId: id, fingerprint: hers.fingerprint }, { verified: "number" }));
    await says(hers, text("Meet at ten"));
    await learns(theServers);
  });

  test("changes and deletes nothing that the known one signed, nor sets a timer", async () => {
    const [before] = await talkWith(at.anna, id);
    const of = before?.id ?? "";
    await says(theServers, { kind: "edit", of, text: "Meet at the mill, alone" });
    await says(theServers, { kind: "delete", of });
    await says(theServers, { kind: "timer", seconds: 60 });
    await learns(hers);
    expect(await trust()).toMatchObject({ kind: "verified" });
    expect(await talkWith(at.anna, id)).toEqual([before]);
  });

  test("is said with what it signs, until the owner has looked", async () => {
    await says(theServers, text("New phone"));
    expect(await talkWith(at.anna, id)).toMatchObject([
      { signed: "" },
      { text: "New phone", signed: "other" },
    ]);
    await act((tx) => theyMatch(tx, id, theServers.fingerprint, "number", now()));
    expect(await talkWith(at.anna, id)).toMatchObject([{ signed: "" }, { text: "New phone", signed: "" }]);
  });
});

test("open words that follow sealed ones never stand under their signature, in whatever order they come", async () => {
  nameKey(zoe, hers.theirs);
  await learns(hers);
  at.anna.runner.pause();
  const note = direct(at, zoe, "good morning");
  await creates(at, zoe, note);
  const armour = asMastodon(await armoured(hers, await annasCertificate(at.anna), "the words she signed"));
  const changed = (content: string, later: number) => ({
    ...note,
    content: `<p>${content}</p>`,
    updated: new Date(Date.now() + later).toISOString(),
  });
  const update = (content: string, later: number) =>
    at.send(zoe, at.activity(zoe, "Update", changed(content, later), { to: [at.anna.uri], cc: [] }));
  await update(armour, 1_000);
  await update("what the server made of it", 2_000);
  at.anna.runner.resume();
  await isIdle(at.anna);
  expect(await talkWith(at.anna, id)).toMatchObject([{ text: "the words she signed", signed: "known" }]);
});

test("a key that the owner was handed stays a question, whatever their server names meanwhile", async () => {
  await learns(theServers);
  await act((tx) => giveKey(tx, id, hers.theirs, now()));
  expect(await trust()).toMatchObject({ kind: "changed", offered: hers.fingerprint });
  await learns(theServers);
  expect(await trust()).toMatchObject({ kind: "changed", offered: hers.fingerprint });
  await act((tx) => theyMatch(tx, id, hers.fingerprint, "number", now()));
  expect(await trust()).toMatchObject({ kind: "verified", fingerprint: hers.fingerprint });
});

test("a key that the owner refused is asked about no more once their server names the known one again", async () => {
  await learns(hers);
  nameKey(zoe, theServers.theirs);
  at.fediverse.later = 5 * 60_000;
  const certificate = await annasCertificate(at.anna);
  const mail = async (words: string) =>
    creates(at, zoe, direct(at, zoe, asMastodon(await armoured(hers, certificate, words))));
  await mail("one");
  await isIdle(at.anna);
  expect(await trust()).toMatchObject({ kind: "changed", offered: theServers.fingerprint });
  await act((tx) => theyDiffer(tx, id, theServers.fingerprint));
  nameKey(zoe, hers.theirs);
  at.fediverse.later = 10 * 60_000;
  await mail("two");
  await isIdle(at.anna);
  expect(await trust()).toMatchObject({ kind: "pinned", fingerprint: hers.fingerprint });
});

test("what somebody vouched for is in doubt again once the owner says so", async () => {
  await learns(hers);
  const mallory = idOf(at.attacker.uri);
  await act(async (tx) => {
    await learnKey(tx, mallory, theServers.theirs, now());
    await theyMatch(tx, mallory, theServers.fingerprint, "number", now());
    await putKeyWord(tx, { personId: id, byId: mallory }, hers.fingerprint, now());
  });
  await learns(hers);
  expect(await trust()).toMatchObject({ kind: "verified", how: "introduced" });
  await act((tx) => theyDiffer(tx, id, hers.fingerprint));
  await learns(hers);
  expect(await trust()).toMatchObject({ kind: "pinned" });
});

test("to agree to write openly is nothing that a letter or a post can do", async () => {
  await creates(at, zoe, direct(at, zoe, "hello"));
  expect((await at.anna.store.read.conversation.findUnique({ where: { personId: id } }))?.open).toBe(false);
  await act((tx) => agreeToOpen(tx, id));
  expect((await at.anna.store.read.conversation.findUnique({ where: { personId: id } }))?.open).toBe(true);
});
