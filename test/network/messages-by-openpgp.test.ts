import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { wkdPath } from "../../src/federation/wkd.ts";
import { idOf, systemRandom } from "../../src/lib/ids.ts";
import { letIn } from "../../src/social/gate/let-in.ts";
import { giveKey } from "../../src/social/messages/elsewhere/give-key.ts";
import { theyMatch } from "../../src/social/messages/keys/decide.ts";
import { makeGnupgKeys } from "../../src/social/messages/keys/gnupg.ts";
import { trustIn } from "../../src/social/messages/keys/trust.ts";
import { releaseWithoutKey } from "../../src/social/messages/letters/leave.ts";
import { markRead } from "../../src/social/messages/mark-read.ts";
import { waysTo } from "../../src/social/messages/way.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import {
  agrees,
  annasCertificate,
  armoured,
  asMastodon,
  came,
  cameTo,
  creates,
  direct,
  isIdle,
  nameKey,
  readBy,
  talkWith,
  unsigned,
  writesTo,
} from "../support/elsewhere.ts";
import { eventually } from "../support/eventually.ts";
import type { Peer } from "../support/peer.ts";
import { type Sealer, sealerAt } from "../support/sealing.ts";

/** Messages with people elsewhere who have an OpenPGP key. */

const DAY = 24 * 60 * 60_000;

let at: Besieged;
let zoe: Peer;
let id: string;
/** Zoë's OpenPGP program, of the version that GnuPG speaks. */
let hers: Sealer;
let mallory: Sealer;
beforeEach(async () => {
  at = await besiege();
  zoe = at.friend;
  id = idOf(zoe.uri);
  const began = Date.now() - DAY;
  [hers, mallory] = [await sealerAt("zoe", 4, began), await sealerAt("mallory", 4, began)];
});
afterEach(async () => {
  expect(at.anna.warnings).toEqual([]);
  await at[Symbol.asyncDispose]();
});

const talk = () => talkWith(at.anna, id);
const gives = (certificate: Uint8Array) =>
  at.anna.acting.transact((tx) => giveKey(tx, id, certificate, at.anna.acting.now()));
const makesGnupg = () =>
  at.anna.acting.transact((tx) => makeGnupgKeys(tx, at.anna.acting.me, at.anna.acting.now()));
const contentOf = async (times = 1) => String((await came(zoe, "Create", times)).at(-1)?.object["content"]);
const lines = (count: number) => eventually(`${count} lines`, async () => (await talk()).length === count);
async function sends(armour: string, values: object = {}) {
  const note = direct(at, zoe, asMastodon(armour), values);
  expect(await creates(at, zoe, note)).toBe(202);
  return note;
}

describe("what the owner writes", () => {
  test("to whose key was given goes sealed, as one sentence and an armour, and nothing else", async () => {
    expect(await gives(hers.theirs)).toBe("used");
    expect((await waysTo(at.anna.store.read, [id])).get(id)).toBe("mail");
    await writesTo(at.anna, id, "The boat is free.\nFrom ten.");
    const html = await contentOf();
    expect(html).toMatch(
      /^<p>This message is encrypted with OpenPGP\.<\/p><pre>-----BEGIN PGP MESSAGE-----\n\n[A-Za-z0-9+/=\n]+-----END PGP MESSAGE-----<\/pre>$/,
    );
    const [one] = await came(zoe, "Create");
    for (const never of ["inReplyTo", "attachment", "summary"]) expect(one?.object).not.toHaveProperty(never);
    expect(JSON.stringify(one?.activity)).not.toContain("boat");
    const read = await readBy(hers, html, at.anna);
    // GnuPG could not read what the owner's newer key signs.
    expect(read).toMatchObject({ signature: "none" });
    expect("text" in read && read.text.trimEnd()).toBe("The boat is free.\nFrom ten.");
    await isIdle(at.anna);
    expect(await talk()).toMatchObject([{ state: "delivered", form: "mail", sealed: true }]);
  });

  test("is signed with the owner's key for GnuPG once there is one", async () => {
    await makesGnupg();
    await gives(hers.theirs);
    await writesTo(at.anna, id, "by the key of version 4");
    expect(await readBy(hers, await contentOf(), at.anna)).toMatchObject({ signature: "known" });
  });

  test("to a key of version 6 is signed with the owner's of that version", async () => {
    const newer = await sealerAt("zoe", 6, Date.now() - DAY);
    await gives(newer.theirs);
    await writesTo(at.anna, id, "by the key of version 6");
    expect(await readBy(newer, await contentOf(), at.anna)).toMatchObject({ signature: "known" });
  });

  test("goes to the key that their profile names, asked for in the same contact", async () => {
    nameKey(zoe, hers.theirs);
    at.fediverse.later += 10 * 60_000;
    await at.anna.federation.lookUpAnew(zoe.uri);
    await writesTo(at.anna, id, "named by your profile");
    expect(await readBy(hers, await contentOf(), at.anna)).toMatchObject({
      text: expect.stringContaining("named by your profile"),
    });
    expect(zoe.asked).toContain(`${new URL(zoe.uri).pathname}/key`);
  });

  test("goes sealed also where the owner agreed to write openly, once their host gives a key for their address", async () => {
    zoe.files.set(wkdPath("fred"), hers.theirs);
    expect((await waysTo(at.anna.store.read, [id])).get(id)).toBe("open");
    await agrees(at.anna, id);
    await writesTo(at.anna, id, "found by your address");
    expect(await readBy(hers, await contentOf(), at.anna)).toMatchObject({
      text: expect.stringContaining("found by your address"),
    });
    await isIdle(at.anna);
    expect(await talk()).toMatchObject([{ form: "mail", sealed: true }]);
    await expect(agrees(at.anna, id)).rejects.toMatchObject({ code: "bad-request" });
  });

  test("never goes open once it was to be sealed, whatever becomes of their key", async () => {
    nameKey(zoe, hers.theirs);
    at.fediverse.later += 10 * 60_000;
    await at.anna.federation.lookUpAnew(zoe.uri);
    zoe.files.clear();
    await at.anna.acting.transact((tx) => tx.conversation.create({ data: { personId: id, open: true } }));
    await writesTo(at.anna, id, "sealed or not at all");
    await isIdle(at.anna);
    expect(cameTo(zoe, "Create")).toEqual([]);
    expect(await talk()).toMatchObject([{ state: "waiting", form: "mail" }]);
  });

  test("never goes open either when a key is named by then that cannot be read", async () => {
    await agrees(at.anna, id);
    nameKey(zoe, Buffer.from("no key"));
    at.fediverse.later += 10 * 60_000;
    await writesTo(at.anna, id, "wait for a key");
    await isIdle(at.anna);
    expect(cameTo(zoe, "Create")).toEqual([]);
    expect(await talk()).toMatchObject([{ state: "waiting" }]);
    nameKey(zoe, hers.theirs);
    at.fediverse.later += 10 * 60_000;
    const { acting } = at.anna;
    await acting.transact((tx) => releaseWithoutKey(tx, acting.now()));
    expect(await readBy(hers, await contentOf(), at.anna)).toMatchObject({
      text: expect.stringContaining("wait for a key"),
    });
  });

  test("stops when their key is another one, until the owner has looked", async () => {
    nameKey(zoe, hers.theirs);
    at.fediverse.later += 10 * 60_000;
    await at.anna.federation.lookUpAnew(zoe.uri);
    await writesTo(at.anna, id, "first");
    await contentOf();
    await isIdle(at.anna);
    nameKey(zoe, mallory.theirs);
    at.fediverse.later += 10 * 60_000;
    await writesTo(at.anna, id, "second");
    await isIdle(at.anna);
    expect(cameTo(zoe, "Create")).toHaveLength(1);
    expect(await trustIn(at.anna.store.read, id)).toMatchObject({
      ...{ kind: "changed", fingerprint: hers.fingerprint, offered: mallory.fingerprint },
    });
    await expect(writesTo(at.anna, id, "third")).rejects.toMatchObject({ code: "key-changed" });
    const { acting } = at.anna;
    await acting.transact((tx) => theyMatch(tx, id, mallory.fingerprint, "number", acting.now()));
    expect(await readBy(mallory, await contentOf(2), at.anna)).toMatchObject({
      text: expect.stringContaining("second"),
    });
  });

  test("stops also when another key is given by hand, and a key that cannot be used is refused", async () => {
    await gives(hers.theirs);
    expect(await gives(hers.theirs)).toBe("used");
    await expect(gives(Buffer.from("no key"))).rejects.toMatchObject({ code: "key-not-understood" });
    expect(await gives(mallory.theirs)).toBe("changed");
    await expect(writesTo(at.anna, id, "x")).rejects.toMatchObject({ code: "key-changed" });
  });
});

describe("what somebody's OpenPGP program sealed", () => {
  test("is opened with either of the owner's keys, and whose it is stands beside it", async () => {
    await gives(hers.theirs);
    await makesGnupg();
    await sends(await armoured(hers, await annasCertificate(at.anna, true), "for the key of version 4"));
    await lines(1);
    await sends(await armoured(hers, await annasCertificate(at.anna), "for the newer one"));
    await lines(2);
    await sends(await unsigned(await annasCertificate(at.anna), "by anybody"));
    await lines(3);
    await sends(await armoured(mallory, await annasCertificate(at.anna), "by another key"));
    await lines(4);
    expect((await talk()).map(({ text, signed, sealed, form }) => [text, signed, sealed, form])).toEqual([
      ["for the key of version 4", "known", true, "mail"],
      ["for the newer one", "known", true, "mail"],
      ["by anybody", "none", true, "mail"],
      ["by another key", "other", true, "mail"],
    ]);
    expect(await at.anna.store.read.post.count({ where: { author: { uri: zoe.uri } } })).toBe(0);
    const { acting } = at.anna;
    await acting.transact((tx) => markRead(tx, id, acting.now(), systemRandom));
    await isIdle(at.anna);
    expect(cameTo(zoe, "Create")).toEqual([]);
  });

  test("is text and nothing else, and what stands around it is left out", async () => {
    await gives(hers.theirs);
    const words = '<img src="http://evil.example/x.png">\u202e<b>bold</b>';
    const armour = await armoured(hers, await annasCertificate(at.anna), words);
    const before = at.fediverse.requests.length;
    await creates(at, zoe, direct(at, zoe, `<p>Click here</p><pre>${armour}</pre><p>or here</p>`));
    await lines(1);
    expect((await talk())[0]?.text).toBe('<img src="http://evil.example/x.png"><b>bold</b>');
    expect(at.fediverse.requests.slice(before).join("\n")).not.toContain("evil.example");
  });

  test("that cannot be opened stands as a line, and whoever sent it learns nothing", async () => {
    const forOthers = await armoured(hers, mallory.theirs, "not for Anna");
    for (const armour of [
      forOthers,
      forOthers.slice(0, 300),
      forOthers.replace(/\n.{20}/, "\nAAAAAAAAAAAAAAAAAAAA"),
    ])
      await sends(armour);
    await lines(3);
    expect((await talk()).map(({ kind, text }) => [kind, text])).toEqual(Array(3).fill(["lost", ""]));
    await isIdle(at.anna);
    expect(zoe.received.filter(({ activity }) => activity["type"] !== "Follow")).toEqual([]);
  });

  test("is there once, however often a server hands it over", async () => {
    await gives(hers.theirs);
    const armour = await armoured(hers, await annasCertificate(at.anna), "pay him");
    await sends(armour);
    await lines(1);
    await sends(armour);
    await isIdle(at.anna);
    expect(await talk()).toHaveLength(1);
  });

  test("is changed by a newer armour, and never by open words or by less of a proof", async () => {
    await gives(hers.theirs);
    const mine = await annasCertificate(at.anna);
    const note = await sends(await armoured(hers, mine, "at nine"));
    await lines(1);
    const update = async (content: string, seconds: number) => {
      const updated = new Date(Date.now() + seconds * 1_000).toISOString();
      at.fediverse.later += 5_000;
      const changed = { ...note, content: `<p>${content}</p>`, updated };
      await at.send(zoe, at.activity(zoe, "Update", changed, { to: [at.anna.uri], cc: [] }));
      await isIdle(at.anna);
    };
    await update("at seven, in the open", 1);
    await update(asMastodon(await unsigned(mine, "at eight")), 2);
    expect(await talk()).toMatchObject([{ text: "at nine", edited: false, signed: "known" }]);
    await update(asMastodon(await armoured(hers, mine, "at ten")), 3);
    expect(await talk()).toMatchObject([{ text: "at ten", edited: true, signed: "known" }]);
    await at.send(zoe, at.activity(zoe, "Delete", note.id, { to: [at.anna.uri], cc: [] }));
    expect(await talk()).toMatchObject([{ kind: "deleted", text: "" }]);
  });

  test("a time that cannot be true is said", async () => {
    await gives(hers.theirs);
    at.fediverse.later += 3 * DAY;
    const armour = await armoured(hers, await annasCertificate(at.anna), "of three days ago");
    const published = new Date(Date.now() + 3 * DAY).toISOString();
    await sends(armour, { published });
    await lines(1);
    expect(await talk()).toMatchObject([{ oddTime: true, signed: "known" }]);
  });

  test("of somebody unknown waits at the gate without a word of it, and is opened once they are let in", async () => {
    const sam = at.stranger("sam");
    const armour = await armoured(hers, await annasCertificate(at.anna), "may I?");
    expect(await creates(at, sam, direct(at, sam, `<pre>${armour}</pre>`))).toBe(202);
    const samId = idOf(sam.uri);
    expect(await at.anna.store.read.knock.findFirst()).toMatchObject({ personId: samId, words: "" });
    expect(await talkWith(at.anna, samId)).toEqual([]);
    const { acting } = at.anna;
    await acting.transact((tx) => letIn(tx, acting.me, samId, acting.now()));
    const opened = await eventually("it is opened", async () => {
      const all = await talkWith(at.anna, samId);
      return all.length === 1 ? all : undefined;
    });
    expect(opened).toMatchObject([{ text: "may I?", signed: "other" }]);
  });
});
