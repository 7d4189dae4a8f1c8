import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemRandom } from "../../src/lib/ids.ts";
import { letIn } from "../../src/social/gate/let-in.ts";
import { editMessage } from "../../src/social/messages/edit.ts";
import { theyMatch } from "../../src/social/messages/keys/decide.ts";
import { numberWith } from "../../src/social/messages/keys/number.ts";
import { keepKeys } from "../../src/social/messages/keys/own.ts";
import { trustIn } from "../../src/social/messages/keys/trust.ts";
import { conversationWith, listConversations, unreadMessages } from "../../src/social/messages/list.ts";
import { markRead } from "../../src/social/messages/mark-read.ts";
import { reactToMessage } from "../../src/social/messages/react.ts";
import { removeMessage } from "../../src/social/messages/remove.ts";
import { setTimer } from "../../src/social/messages/set-timer.ts";
import { messagesWith } from "../../src/social/messages/thread.ts";
import { vanishDue } from "../../src/social/messages/vanish.ts";
import type { MessageView } from "../../src/social/messages/view.ts";
import { writeMessage } from "../../src/social/messages/write.ts";
import { block } from "../../src/social/people/block.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { acquainted, act, beginsAnew, idAt, settled } from "../support/members.ts";

const HOUR = 60 * 60_000;
const WEEK = 7 * 24 * HOUR;

let fediverse: Fediverse;
let anna: Member;
let ben: Member;
beforeEach(async () => {
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
  await anna.federation.lookUp(ben.address);
  await ben.federation.lookUp(anna.address);
});
afterEach(async () => {
  expect([...anna.warnings, ...ben.warnings]).toEqual([]);
  await fediverse[Symbol.asyncDispose]();
});

const writes = (who: Member, whom: Member, text: string, replyToId = "") =>
  act(who, (tx, now) =>
    writeMessage(tx, who.acting.me, { personId: idAt(whom), text, replyToId }, now, systemRandom),
  );
const reads = (who: Member, whom: Member) =>
  act(who, (tx, now) => markRead(tx, idAt(whom), now, systemRandom));
async function sees(who: Member, whom: Member): Promise<MessageView[]> {
  const { items } = await messagesWith(who.store.read, idAt(whom), { limit: 80 }, who.acting.now());
  return items.toReversed();
}
const words = async (who: Member, whom: Member) => (await sees(who, whom)).map(({ text }) => text);

describe("two who know each other", () => {
  beforeEach(() => acquainted(anna, ben));

  test("write, answer, and see whether it arrived and was read", async () => {
    const first = await writes(anna, ben, "The boat is free from ten.");
    expect((await sees(anna, ben))[0]).toMatchObject({ state: "waiting", own: true });
    await settled(anna, ben);
    expect((await sees(anna, ben))[0]?.state).toBe("delivered");
    expect(await words(ben, anna)).toEqual(["The boat is free from ten."]);
    expect(await unreadMessages(ben.store.read)).toBe(1);
    await reads(ben, anna);
    await writes(ben, anna, "Ten it is.", first);
    await settled(anna, ben);
    expect(await unreadMessages(ben.store.read)).toBe(0);
    const [one, other] = await sees(anna, ben);
    expect(one?.state).toBe("read");
    expect(other).toMatchObject({
      own: false,
      replyTo: { id: first, own: true, text: "The boat is free from ten." },
    });
    const list = await listConversations(anna.store.read, anna.acting.me, { limit: 20 }, anna.acting.now());
    expect(list.items).toMatchObject([
      { last: { text: "Ten it is." }, unread: 1, trust: { kind: "pinned" }, way: "sealed" },
    ]);
  });

  test("change, take back and give emoji, and both see the same", async () => {
    const id = await writes(anna, ben, "Meet at tne");
    await settled(anna, ben);
    await act(anna, (tx, now) => editMessage(tx, id, "Meet at ten", now, systemRandom));
    await act(ben, (tx, now) => reactToMessage(tx, id, { emoji: "👍", on: true }, now, systemRandom));
    await settled(anna, ben);
    for (const [who, whom] of [
      [anna, ben],
      [ben, anna],
    ] as const)
      expect(await sees(who, whom)).toMatchObject([
        { text: "Meet at ten", edited: true, reactions: [{ emoji: "👍" }] },
      ]);
    for (const { store } of [anna, ben])
      expect(await store.read.message.findMany({ select: { text: true } })).toEqual([
        { text: "Meet at ten" },
      ]);
    await act(anna, (tx, now) => removeMessage(tx, id, "both", now, systemRandom));
    await settled(anna, ben);
    for (const [who, whom] of [
      [anna, ben],
      [ben, anna],
    ] as const)
      expect(await sees(who, whom)).toMatchObject([{ kind: "deleted", text: "", reactions: [] }]);
    const rows = await ben.store.read.messageChange.findMany({ where: { messageId: id } });
    expect(rows.map(({ kind, text }) => ({ kind, text }))).toEqual([{ kind: "delete", text: "" }]);
  });

  test("see all in one order, whoever was off meanwhile", async () => {
    ben.turn("off");
    for (const text of ["one", "two", "three"]) await writes(anna, ben, text);
    for (const text of ["eins", "zwei"]) await writes(ben, anna, text);
    fediverse.later += WEEK;
    ben.turn("on");
    anna.runner.wake();
    await settled(anna, ben);
    expect(await words(ben, anna)).toEqual(await words(anna, ben));
    expect(await words(ben, anna)).toHaveLength(5);
    expect((await sees(ben, anna)).every(({ oddTime }) => !oddTime)).toBe(true);
  });

  test("what was changed or taken back before it went never leaves", async () => {
    ben.turn("off");
    const typo = await writes(anna, ben, "the secret name");
    const gone = await writes(anna, ben, "another secret");
    await act(anna, (tx, now) => editMessage(tx, typo, "harmless", now, systemRandom));
    await act(anna, (tx, now) => removeMessage(tx, gone, "both", now, systemRandom));
    ben.turn("on");
    anna.runner.wake();
    await settled(anna, ben);
    expect(await words(ben, anna)).toEqual(["harmless"]);
  });
  test("to whom the owner blocked nothing goes, not even what waited", async () => {
    ben.turn("off");
    await writes(anna, ben, "not any more");
    await act(anna, (tx, now) => block(tx, idAt(ben), now));
    ben.turn("on");
    anna.runner.wake();
    await settled(anna, ben);
    expect(await words(ben, anna)).toEqual([]);
  });

  test("a timer is said to both, and what was read vanishes at both ends", async () => {
    await act(anna, (tx, now) => setTimer(tx, anna.acting.me, idAt(ben), 3600, now, systemRandom));
    await writes(anna, ben, "for an hour");
    await settled(anna, ben);
    expect(await sees(ben, anna)).toMatchObject([
      { kind: "timer", seconds: 3600, own: false },
      { text: "for an hour" },
    ]);
    expect((await conversationWith(ben.store.read, ben.acting.me, idAt(anna), ben.acting.now())).timer).toBe(
      3600,
    );
    fediverse.later += 2 * HOUR;
    expect(await words(ben, anna)).toContain("for an hour");
    await reads(ben, anna);
    await settled(anna, ben);
    fediverse.later += HOUR + 60_000;
    expect(await words(ben, anna)).not.toContain("for an hour");
    expect(await words(anna, ben)).not.toContain("for an hour");
    for (const { store, acting } of [anna, ben]) {
      await vanishDue(store, acting.now());
      expect(await store.read.message.count({ where: { text: "for an hour" } })).toBe(0);
    }
  });

  test("nothing outside the seal says what it is: all letters have the same shape and no words", async () => {
    const seen: string[] = [];
    fediverse.interfere(ben.host, async (request, go) => {
      if (request.method === "POST") seen.push(await request.clone().text());
      return go();
    });
    const id = await writes(anna, ben, "canary words of a letter");
    await act(anna, (tx, now) => editMessage(tx, id, "canary changed", now, systemRandom));
    await act(anna, (tx, now) => reactToMessage(tx, id, { emoji: "🦆", on: true }, now, systemRandom));
    await settled(anna, ben);
    fediverse.interfere(ben.host, null);
    const letters = seen.map((body) => JSON.parse(body));
    expect(letters).toHaveLength(3);
    for (const letter of letters) {
      expect(Object.keys(letter).sort()).toEqual(["@context", "actor", "id", "object", "to", "type"]);
      expect(Object.keys(letter.object).sort()).toEqual([
        "attributedTo",
        "content",
        "id",
        "mediaType",
        "summary",
        "to",
        "type",
      ]);
      expect(letter.object.content).toHaveLength(letters[0].object.content.length);
    }
    expect(seen.join()).not.toMatch(/canary|🦆/u);
  });
});

describe("keys", () => {
  beforeEach(() => acquainted(anna, ben));

  test("live ten weeks: what waits is sealed to a key that is there when it arrives, and old ones are gone", async () => {
    for (let week = 0; week < 10; week += 1) {
      const text = `week ${week}`;
      ben.turn("off");
      await writes(anna, ben, text);
      fediverse.later += WEEK;
      for (const { store, acting } of [anna, ben]) await keepKeys(store, acting.me, acting.now());
      ben.turn("on");
      anna.runner.wake();
      await settled(anna, ben);
      expect(await words(ben, anna)).toContain(text);
      const subkeys = await ben.store.read.messageSubkey.findMany();
      expect(subkeys.length).toBeLessThanOrEqual(4);
      expect(Math.min(...subkeys.map(({ startsAt }) => startsAt.getTime()))).toBeGreaterThan(
        ben.acting.now() - 3 * WEEK,
      );
    }
    expect(await trustIn(anna.store.read, idAt(ben))).toMatchObject({ kind: "pinned" });
  });

  test("B8: another key stops everything, keeps the old one, and what waited goes once the owner has looked", async () => {
    await writes(anna, ben, "before");
    await settled(anna, ben);
    const before = await trustIn(anna.store.read, idAt(ben));
    if (before.kind !== "pinned") throw new Error("no pin");
    await act(anna, (tx, now) => theyMatch(tx, idAt(ben), before.fingerprint, "number", now));
    await beginsAnew(ben);
    fediverse.later += HOUR;
    await writes(anna, ben, "waits");
    await settled(anna, ben);
    const changed = await trustIn(anna.store.read, idAt(ben));
    expect(changed).toMatchObject({ kind: "changed", fingerprint: before.fingerprint, refused: false });
    expect(await words(ben, anna)).toEqual(["before"]);
    expect((await sees(anna, ben)).at(-1)?.state).toBe("waiting");
    await expect(writes(anna, ben, "no")).rejects.toMatchObject({ code: "key-changed" });
    await writes(ben, anna, "new phone");
    await settled(anna, ben);
    expect(await words(anna, ben)).toContain("new phone");
    expect((await trustIn(anna.store.read, idAt(ben))).kind).toBe("changed");
    if (changed.kind !== "changed") throw new Error("no change");
    await act(anna, (tx, now) => theyMatch(tx, idAt(ben), changed.offered, "number", now));
    await settled(anna, ben);
    expect(await words(ben, anna)).toContain("waits");
    expect(await trustIn(anna.store.read, idAt(ben))).toMatchObject({
      kind: "verified",
      fingerprint: changed.offered,
    });
  });

  test("both read the same sixty digits", async () => {
    await writes(anna, ben, "hello");
    await settled(anna, ben);
    const [one, other] = [
      await numberWith(anna.store.read, anna.acting.me, idAt(ben)),
      await numberWith(ben.store.read, ben.acting.me, idAt(anna)),
    ];
    expect(one).toEqual(other);
    expect(one?.join("")).toMatch(/^\d{60}$/);
  });

  test("B11: a letter to a key that is destroyed stands as a line that asks to send it again", async () => {
    await writes(anna, ben, "hello");
    await settled(anna, ben);
    await act(ben, (tx) => tx.messageSubkey.deleteMany({}));
    await writes(anna, ben, "too late");
    await settled(anna, ben);
    expect(await sees(ben, anna)).toMatchObject([{ text: "hello" }, { kind: "lost" }]);
  });
});

test("a letter of somebody unknown waits at the gate, unread, and is opened once they are let in", async () => {
  await expect(writes(anna, ben, "é".repeat(501))).rejects.toMatchObject({ code: "message-first-long" });
  await writes(anna, ben, "é".repeat(500));
  await settled(anna, ben);
  expect(await words(ben, anna)).toEqual([]);
  expect(await ben.store.read.knock.findMany()).toMatchObject([{ personId: idAt(anna), words: "" }]);
  await act(ben, (tx, now) => letIn(tx, ben.acting.me, idAt(anna), now));
  await settled(anna, ben);
  expect(await words(ben, anna)).toEqual(["é".repeat(500)]);
});
