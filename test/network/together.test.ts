import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeError } from "../../src/lib/errors.ts";
import { systemRandom } from "../../src/lib/ids.ts";
import { introduce } from "../../src/social/friends/introduce.ts";
import { isStranger } from "../../src/social/gate/gate.ts";
import { waitingIds } from "../../src/social/gate/queries.ts";
import { setInvitation } from "../../src/social/invites/queries.ts";
import { trustIn } from "../../src/social/messages/keys/trust.ts";
import { keyWordsOf } from "../../src/social/messages/keys/word-queries.ts";
import { leaveLetter, nextPlace } from "../../src/social/messages/letters/leave.ts";
import { answerTogether } from "../../src/social/messages/together/answer.ts";
import { readCode } from "../../src/social/messages/together/code.ts";
import {
  CODE_LIFE,
  endTogether,
  forgetOver,
  showingNow,
  showTogether,
} from "../../src/social/messages/together/show.ts";
import { joinTogether, keepTaken, takenOf } from "../../src/social/messages/together/take.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { befriend } from "../support/friends.ts";
import { beginsAnew, idAt, settled } from "../support/members.ts";

let fediverse: Fediverse;
let mia: Member;
let jonas: Member;
beforeEach(async () => {
  fediverse = await createFediverse();
  mia = await fediverse.join("Mia");
  jonas = await fediverse.join("Jonas");
});
afterEach(async () => {
  expect([...mia.warnings, ...jonas.warnings]).toEqual([]);
  await fediverse[Symbol.asyncDispose]();
});

const now = (who: Member) => who.acting.now();
const shows = (who: Member) =>
  who.acting.transact((tx) => showTogether(tx, "together", now(who), systemRandom));
const showing = (who: Member) => showingNow(who.store.read, who.acting.me, now(who));
const trust = (who: Member, whom: Member) => trustIn(who.store.read, idAt(whom));

/** What a camera does: the code on one screen is read by another. */
async function scans(who: Member, whom: Member, text?: string): Promise<void> {
  const code = readCode(text ?? (await showing(whom))?.code ?? "");
  if (code === null) throw new Error("nothing to scan");
  const { personId } = await who.federation.lookUp(code.address);
  const { token, fingerprint } = code;
  await who.acting.transact((tx) =>
    keepTaken(tx, { token, personId, fingerprint, way: "together" }, now(who)),
  );
}

/** The one who scanned says that they are together. */
async function joins(who: Member, whom: Member): Promise<void> {
  const taken = await takenOf(who.store.read, idAt(whom), now(who));
  await who.federation.checkKey(idAt(whom), taken?.fingerprint ?? "");
  await who.acting.transact((tx) => joinTogether(tx, who.acting.me, idAt(whom), now(who), systemRandom));
}

async function answers(who: Member, yes: boolean): Promise<void> {
  const { token = "" } = (await showing(who)) ?? {};
  await who.acting.transact((tx) => answerTogether(tx, token, yes, now(who), systemRandom));
}

describe("two who never met before", () => {
  test("are verified at both ends after one scan and a yes, and are strangers no more", async () => {
    await shows(mia);
    await scans(jonas, mia);
    expect((await trust(jonas, mia)).kind).toBe("none");
    await joins(jonas, mia);
    await settled(jonas, mia);
    expect(await showing(mia)).toMatchObject({ state: "scanned", person: { name: "Jonas" } });
    expect(await trust(mia, jonas)).toMatchObject({ kind: "pinned" });
    expect(await takenOf(jonas.store.read, idAt(mia), now(jonas))).toMatchObject({ state: "waiting" });
    await answers(mia, true);
    await settled(mia, jonas);
    for (const [who, whom] of [
      [mia, jonas],
      [jonas, mia],
    ] as const) {
      expect(await trust(who, whom)).toMatchObject({ kind: "verified", how: "together" });
      expect(await isStranger(who.store.read, who.acting.me, idAt(whom))).toBe(false);
    }
    expect(await takenOf(jonas.store.read, idAt(mia), now(jonas))).toMatchObject({ state: "done" });
    expect(await waitingIds(mia.store.read, mia.acting.me.ownerId, 5)).toEqual([]);
    // Neither the token nor a line of it stands in the conversation.
    for (const { store } of [mia, jonas]) expect(await store.read.message.count()).toBe(0);
  });

  test("nothing is verified where the one who shows says no, and the other stays a stranger", async () => {
    await shows(mia);
    await scans(jonas, mia);
    await joins(jonas, mia);
    await settled(jonas, mia);
    await answers(mia, false);
    await settled(mia, jonas);
    expect((await trust(mia, jonas)).kind).toBe("pinned");
    expect(await isStranger(mia.store.read, mia.acting.me, idAt(jonas))).toBe(true);
    expect(await takenOf(jonas.store.read, idAt(mia), now(jonas))).toMatchObject({ state: "waiting" });
    expect(await showing(mia)).toBeNull();
  });

  test("a code that was photographed counts for the first alone", async () => {
    const eve = await fediverse.join("Eve");
    await shows(mia);
    const { code = "" } = (await showing(mia)) ?? {};
    await scans(jonas, mia);
    await joins(jonas, mia);
    await settled(jonas, mia);
    await scans(eve, mia, code);
    await joins(eve, mia);
    await eventually("her letter waits at the gate", async () => (await mia.store.read.knock.count()) === 1);
    expect(await showing(mia)).toMatchObject({ state: "scanned", person: { name: "Jonas" } });
    await answers(mia, true);
    expect((await trust(mia, eve)).kind).toBe("none");
  });

  test("a code lets nobody subscribe, and whoever came by it and was not confirmed is a stranger again", async () => {
    await shows(mia);
    const { token = "" } = (await showing(mia)) ?? {};
    await jonas.federation.lookUp(mia.address);
    await jonas.acting.transact(async (tx) => {
      await setInvitation(tx, idAt(mia), token);
      await askToSubscribe(tx, jonas.acting.me, idAt(mia), now(jonas));
    });
    await settled(jonas, mia);
    expect(await mia.store.read.subscription.findFirst()).toMatchObject({ state: "asked" });
    await scans(jonas, mia);
    await joins(jonas, mia);
    await settled(jonas, mia);
    expect(await isStranger(mia.store.read, mia.acting.me, idAt(jonas))).toBe(false);
    await mia.acting.transact((tx) => endTogether(tx));
    expect(await isStranger(mia.store.read, mia.acting.me, idAt(jonas))).toBe(true);
  });

  test("a code is over after ten minutes, and when another is shown", async () => {
    await shows(mia);
    await scans(jonas, mia);
    fediverse.later = CODE_LIFE;
    await expect(joins(jonas, mia)).rejects.toThrow(NodeError);
    for (const { store } of [mia, jonas]) {
      await forgetOver(store, now(mia));
      expect(await store.read.together.count()).toBe(0);
    }
    await shows(mia);
    const { code: before = "" } = (await showing(mia)) ?? {};
    await shows(mia);
    await scans(jonas, mia, before);
    await joins(jonas, mia);
    await settled(jonas);
    expect(await showing(mia)).toMatchObject({ state: "shown", person: null });
  });

  test("a code with another key than their address names verifies nobody, and nothing is sent", async () => {
    await shows(mia);
    const { code = "" } = (await showing(mia)) ?? {};
    await scans(jonas, mia, code.replace(/key=.*/, `key=${"ab".repeat(32)}`));
    const asked = fediverse.requests.length;
    await expect(joins(jonas, mia)).rejects.toMatchObject({ code: "together-other-key" });
    expect(fediverse.requests.slice(asked).filter((line) => line.startsWith("POST"))).toEqual([]);
    expect((await trust(jonas, mia)).kind).not.toBe("verified");
  });

  test("while the other is off, who scanned is told so and nothing is lost", async () => {
    await shows(mia);
    await scans(jonas, mia);
    mia.turn("off");
    await expect(joins(jonas, mia)).rejects.toMatchObject({ code: "peer-off" });
    mia.turn("on");
    await joins(jonas, mia);
    await settled(jonas, mia);
    expect(await showing(mia)).toMatchObject({ state: "scanned" });
  });
});

async function verifiedTogether(one: Member, other: Member): Promise<void> {
  await shows(one);
  await scans(other, one);
  await joins(other, one);
  await settled(one, other);
  await answers(one, true);
  await settled(one, other);
}

test("a key that changed is in use again after a scan, and what was held goes", async () => {
  await verifiedTogether(mia, jonas);
  await beginsAnew(mia);
  await jonas.federation.checkKey(idAt(mia), "").catch(() => {});
  expect((await trust(jonas, mia)).kind).toBe("changed");
  // Words are refused at once on the page; what is decided beside them waits.
  await jonas.acting.transact(async (tx) => {
    const place = await nextPlace(tx, idAt(mia), now(jonas), systemRandom);
    await leaveLetter(tx, idAt(mia), place, { kind: "timer", detail: "3600" }, now(jonas));
  });
  await settled(jonas, mia);
  expect(await mia.store.read.message.count()).toBe(0);
  await verifiedTogether(mia, jonas);
  await settled(jonas, mia);
  expect(await mia.store.read.message.count({ where: { kind: "timer" } })).toBe(1);
  expect(await trust(jonas, mia)).toMatchObject({ kind: "verified", how: "together" });
});

describe("somebody who verified two", () => {
  let cleo: Member;
  const introduces = (who: Member, one: Member, other: Member) =>
    who.acting.transact((tx) =>
      introduce(tx, who.acting.me, { one: idAt(one), other: idAt(other), words: "" }, now(who), systemRandom),
    );
  beforeEach(async () => {
    cleo = await fediverse.join("Cleo");
  });
  const friends = async (one: Member, other: Member) => {
    for (const [who, whom] of [
      [one, other],
      [other, one],
    ] as const) {
      await who.federation.lookUp(whom.address);
      await who.acting.transact((tx) => befriend(tx, idAt(whom), now(who)));
    }
  };
  const known = async (who: Member, whom: Member) => {
    await who.federation.lookUp(whom.address);
    await who.federation.checkKey(idAt(whom), "").catch(() => {});
  };

  test("introduces them, and each marks the other's key as introduced", async () => {
    await friends(mia, jonas);
    await friends(mia, cleo);
    await verifiedTogether(mia, jonas);
    await verifiedTogether(mia, cleo);
    // One knew the other's key before, one learns it later.
    await known(jonas, cleo);
    await introduces(mia, jonas, cleo);
    await settled(mia, jonas, cleo);
    await known(cleo, jonas);
    expect(await trust(jonas, cleo)).toMatchObject({ kind: "verified", how: "introduced" });
    expect(await trust(cleo, jonas)).toMatchObject({ kind: "verified", how: "introduced" });
    expect(await keyWordsOf(cleo.store.read, idAt(jonas))).toMatchObject([{ name: "Mia" }]);
  });

  test("is not believed by whoever has not verified them, nor does it change what was looked at", async () => {
    await friends(mia, jonas);
    await friends(mia, cleo);
    await verifiedTogether(mia, jonas);
    await verifiedTogether(mia, cleo);
    await jonas.acting.transact((tx) => tx.personKey.updateMany({ data: { verified: "" } }));
    await known(jonas, cleo);
    await verifiedTogether(cleo, jonas);
    await jonas.acting.transact((tx) =>
      tx.personKey.updateMany({ where: { personId: idAt(cleo) }, data: { verified: "" } }),
    );
    await introduces(mia, jonas, cleo);
    await settled(mia, jonas, cleo);
    expect((await trust(jonas, cleo)).kind).toBe("pinned");
    expect(await trust(cleo, jonas)).toMatchObject({ kind: "verified", how: "together" });
  });

  test("who was only introduced introduces nobody's key", async () => {
    await friends(mia, jonas);
    await friends(mia, cleo);
    await verifiedTogether(mia, jonas);
    await verifiedTogether(mia, cleo);
    await mia.acting.transact((tx) =>
      tx.personKey.updateMany({ where: { personId: idAt(cleo) }, data: { verified: "introduced" } }),
    );
    await known(jonas, cleo);
    await introduces(mia, jonas, cleo);
    await settled(mia, jonas, cleo);
    expect((await trust(jonas, cleo)).kind).toBe("pinned");
  });
});
