import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { may } from "../../../src/social/access.ts";
import { type Choice, forEveryone, forNobodyElse, means } from "../../../src/social/audiences/choice.ts";
import { changeDefault, defaultChoice } from "../../../src/social/audiences/default-choice.ts";
import { makeAudience } from "../../../src/social/audiences/make.ts";
import { putIn } from "../../../src/social/audiences/put-in.ts";
import { removeAudience } from "../../../src/social/audiences/remove.ts";
import { stillHeld } from "../../../src/social/audiences/take-out.ts";
import { block } from "../../../src/social/people/block.ts";
import { answerableOf, changeAnswerable } from "../../../src/social/posts/change-answerable.ts";
import { changeAudience, planChange } from "../../../src/social/posts/change-audience.ts";
import { edit } from "../../../src/social/posts/edit.ts";
import { latelyNarrow } from "../../../src/social/posts/lately-narrow.ts";
import { postRow } from "../../../src/social/posts/queries.ts";
import { thingOf } from "../../../src/social/posts/thing.ts";
import { aliceAndBob, type Owner } from "../../support/people.ts";

let alice: Owner;
let bob: string;
let cleo: string;
let jonas: string;
let dora: string;
let family: string;
let work: string;
beforeEach(async () => {
  ({ alice, bob } = await aliceAndBob());
  [cleo, jonas, dora] = [await alice.meet("Cleo"), await alice.meet("Jonas"), await alice.meet("Dora")];
  [family, work] = [await make("Family"), await make("Work")];
  await put(family, bob, cleo, jonas);
  await put(work, dora);
});
afterEach(() => alice[Symbol.asyncDispose]());

const make = (name: string) => alice.act((tx, now) => makeAudience(tx, name, now, systemRandom));
const put = (id: string, ...people: string[]) => alice.act((tx, now) => putIn(tx, alice.me, id, people, now));
const chosen = (choice: Partial<Choice>): Choice => ({
  ...{ reach: "chosen", people: [], audiences: [], without: [] },
  ...choice,
});
const change = (id: string, choice: Choice, ask = false) =>
  alice.act((tx, now) => changeAudience(tx, alice.me, id, choice, now, { ask }));
const maySee = async (postId: string, personId: string, verb: "see" | "reply" = "see") => {
  const row = await postRow(alice.store.read, postId);
  if (row === null) throw new Error("no such post");
  return may(await alice.viewer(personId), verb, await thingOf(alice.store.read, row));
};

describe("who sees a post, changed afterwards,", () => {
  test("is asked of nobody before: the plan says who gets it and who has it, and changes nothing", async () => {
    const id = await alice.publish({ reach: "chosen", audiences: [family] });
    await alice.sendAll();
    const choice = chosen({ audiences: [family, work], without: [jonas] });
    const plan = await alice.act((tx) => planChange(tx, alice.me, id, choice));
    expect(plan).toEqual({ gets: [dora], keeps: [jonas], misses: [] });
    expect(await maySee(id, jonas)).toBe(true);
    expect(await alice.jobs()).toEqual([]);
  });

  test("goes to whom it did not, and to nobody twice", async () => {
    const id = await alice.publish({ reach: "chosen", audiences: [family] });
    await alice.sendAll();
    await change(id, chosen({ audiences: [family, work] }));
    expect(await alice.copiesTo(id)).toEqual([dora]);
    await change(id, chosen({ audiences: [family, work], people: [dora] }));
    expect(await alice.copiesTo(id)).toEqual([dora]);
  });

  test("may not be read any more by whom it is kept from; their device is asked when the owner wants", async () => {
    const ids = [
      await alice.publish({ reach: "chosen", audiences: [family] }),
      await alice.publish({ reach: "chosen", audiences: [family] }),
    ];
    await alice.sendAll();
    const [left = "", asked = ""] = ids;
    await change(left, chosen({ audiences: [family], without: [jonas] }));
    await change(asked, chosen({ audiences: [family], without: [jonas] }), true);
    expect([await maySee(left, jonas), await maySee(asked, jonas)]).toEqual([false, false]);
    const { uri } = await alice.post(asked);
    expect(await alice.jobs("delete")).toEqual([
      { kind: "delete", peer: "jonas.example", about: { uri, personId: jonas } },
    ]);
    expect(await stillHeld(alice.store.read, alice.me, jonas)).toEqual([left]);
  });

  test("withdraws a copy that waits, and tells nobody who surely never had it", async () => {
    const first = await alice.publish({ reach: "chosen", to: [jonas] });
    const id = await alice.publish({ reach: "chosen", audiences: [family] });
    const did = await change(id, chosen({ audiences: [family], without: [jonas] }), true);
    expect(did).toEqual({ gets: [], keeps: [], misses: [jonas] });
    expect(await alice.copiesTo(id)).toEqual([bob, cleo].sort());
    expect(await alice.jobs("delete")).toEqual([]);
    expect(await alice.copiesTo(first)).toEqual([jonas]);
  });

  test("holds for later changes of its words: they go to who may see it, and to nobody else", async () => {
    const id = await alice.publish({ reach: "chosen", audiences: [family] });
    await alice.sendAll();
    await change(id, chosen({ audiences: [family], without: [jonas] }));
    await alice.act((tx, now) => edit(tx, alice.me, id, "other words", "", now));
    expect(await alice.copiesTo(id)).toEqual([bob, cleo].sort());
  });

  test("is exactly whom the choice means, whichever it was before", async () => {
    const choices = [
      chosen({ audiences: [family] }),
      chosen({ audiences: [family], without: [jonas] }),
      chosen({ audiences: [work], people: [jonas] }),
      chosen({ people: [cleo], without: [cleo, work], audiences: [family] }),
      chosen({ reach: "subscribers" }),
      chosen({ reach: "subscribers", audiences: [work], without: [family] }),
      forNobodyElse,
    ];
    for (const before of choices) {
      for (const after of choices) {
        const { people: to, ...rest } = before;
        const id = await alice.publish({ ...rest, to: [...to] });
        await change(id, after);
        for (const person of [bob, cleo, jonas, dora]) {
          const viewer = await alice.viewer(person);
          if (viewer.kind !== "person") throw new Error("no person");
          expect(await maySee(id, person), `${JSON.stringify(after)} ${person}`).toBe(means(after, viewer));
        }
      }
    }
  });

  test("still names whom the text names, unless they are left out", async () => {
    const id = await alice.publish({
      reach: "chosen",
      audiences: [family],
      text: "with @dora@dora.example",
    });
    await change(id, chosen({ audiences: [work] }));
    expect((await alice.post(id)).mentions.map(({ id: person }) => person)).toEqual([dora]);
    await change(id, chosen({ audiences: [family], without: [dora] }));
    expect(await maySee(id, dora)).toBe(false);
  });

  test("is never narrower than everyone once it was for everyone, and never changed of an answer", async () => {
    const open = await alice.publish({ reach: "unlisted" });
    for (const choice of [chosen({ audiences: [family] }), forNobodyElse]) {
      await expect(change(open, choice)).rejects.toMatchObject({ code: "not-secret-again" });
    }
    await change(open, forEveryone);
    expect((await alice.post(open)).reach).toBe("everyone");
    const first = await alice.publish({ reach: "chosen", audiences: [family] });
    const answer = await alice.publish({ replyToId: first, reach: "chosen" });
    await expect(change(answer, forEveryone)).rejects.toMatchObject({ code: "reach-not-allowed" });
  });

  test.each<[string, () => Choice]>([
    ["audience-not-found", () => chosen({ audiences: ["0".repeat(32)] })],
    ["audience-not-found", () => chosen({ audiences: [family], without: ["f".repeat(32)] })],
    ["person-not-found", () => chosen({ people: ["0".repeat(32)] })],
    ["reach-not-allowed", () => chosen({})],
    ["open-to-all", () => ({ ...forEveryone, without: [jonas] })],
  ])("is refused as %s for what is not there or cannot be", async (code, choice) => {
    const id = await alice.publish({ reach: "chosen", audiences: [family] });
    await expect(change(id, choice())).rejects.toMatchObject({ code });
    expect(await maySee(id, jonas)).toBe(true);
  });

  test("gives nobody who is blocked anything", async () => {
    const id = await alice.publish({ reach: "chosen", audiences: [work] });
    await alice.act((tx, now) => block(tx, jonas, now));
    await change(id, chosen({ audiences: [family] }));
    expect(await alice.copiesTo(id)).toEqual([bob, cleo].sort());
  });
});

describe("who may answer", () => {
  test("is changed afterwards, up to nobody at all", async () => {
    const id = await alice.publish({ reach: "chosen", audiences: [family] });
    const say = (choice: Choice | null) =>
      alice.act((tx, now) => changeAnswerable(tx, alice.me, id, choice, now));
    expect(await answerableOf(alice.store.read, id)).toBeNull();
    await say(chosen({ people: [bob] }));
    expect([await maySee(id, bob, "reply"), await maySee(id, cleo, "reply")]).toEqual([true, false]);
    await say(forNobodyElse);
    expect([await maySee(id, bob, "reply"), await maySee(id, bob)]).toEqual([false, true]);
    await say(null);
    expect(await maySee(id, cleo, "reply")).toBe(true);
  });
  test("is told to everybody who has the post, once, and to nobody when nothing changed", async () => {
    const id = await alice.publish({ reach: "chosen", audiences: [family], without: [jonas] });
    await alice.sendAll();
    const close = () => alice.act((tx, now) => changeAnswerable(tx, alice.me, id, forNobodyElse, now));
    await close();
    expect(await alice.copiesTo(id)).toEqual([bob, cleo].sort());
    await alice.sendAll();
    await close();
    expect(await alice.copiesTo(id)).toEqual([]);
  });

  test("is the owner's to say of own posts only", async () => {
    const { id } = await alice.hear(bob);
    await expect(alice.act((tx, now) => changeAnswerable(tx, alice.me, id, null, now))).rejects.toMatchObject(
      {
        code: "post-not-found",
      },
    );
  });
});

test("a choice that is kept for the next ones loses an audience that is removed, and whoever is gone", async () => {
  const choice = chosen({ audiences: [family], people: [dora, jonas], without: [work] });
  await alice.act((tx) => changeDefault(tx, "note", choice));
  expect(await defaultChoice(alice.store.read, "article")).toEqual(forEveryone);
  await alice.act((tx, now) => removeAudience(tx, alice.me, work, now));
  await alice.act((tx, now) => block(tx, jonas, now));
  expect(await defaultChoice(alice.store.read, "note")).toEqual(
    chosen({ audiences: [family], people: [dora], without: [dora] }),
  );
});

test("ten posts in a row that were not for everyone, answers left out, make one for everyone a question", async () => {
  const asks = () => latelyNarrow(alice.store.read, alice.me.ownerId);
  for (let n = 0; n < 9; n++) await alice.publish({ reach: "me" });
  expect(await asks()).toBe(false);
  const last = await alice.publish({ reach: "chosen", audiences: [family] });
  await alice.publish({ replyToId: last, reach: "chosen" });
  const { id: heard } = await alice.hear(bob);
  await alice.publish({ replyToId: heard, reach: "everyone" });
  expect(await asks()).toBe(true);
  await alice.publish({ reach: "unlisted" });
  expect(await asks()).toBe(false);
});
