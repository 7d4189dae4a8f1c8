import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { listWaiting } from "../../../src/social/gate/list.ts";
import { addWords, type NewWords } from "../../../src/social/muting/add-words.ts";
import { changeWord, changeWordSet } from "../../../src/social/muting/change-words.ts";
import { listWords, wordsOfSet } from "../../../src/social/muting/list-words.ts";
import { mute, unmute } from "../../../src/social/muting/mute.ts";
import { removeWordSet } from "../../../src/social/muting/remove-words.ts";
import { MOST_WORDS } from "../../../src/social/muting/words.ts";
import { listNotices } from "../../../src/social/notices/list.ts";
import { unreadCounts } from "../../../src/social/notices/notices.ts";
import { listPeople } from "../../../src/social/people/list.ts";
import { thread } from "../../../src/social/posts/thread.ts";
import { homeTimeline } from "../../../src/social/posts/timelines.ts";
import { receiveRequest } from "../../../src/social/subscriptions/receive-request.ts";
import { theOwner } from "../../../src/social/viewer.ts";
import { aliceAndBob, type Owner } from "../../support/people.ts";

const HOUR = 60 * 60_000;
let alice: Owner;
let bob: string;
let all: AsyncDisposable;

beforeEach(async () => {
  const both = await aliceAndBob();
  [alice, bob, all] = [both.alice, both.bob, both];
});
afterEach(() => all[Symbol.asyncDispose]());

const home = async (limit = 80) =>
  (await homeTimeline(alice.store.read, alice.me, { limit }, alice.clock.now)).items.map(({ html }) =>
    html.replace(/<[^>]+>/g, ""),
  );
const notices = async () =>
  (await listNotices(alice.store.read, alice.me, { limit: 40 }, alice.clock.now)).items.map(
    ({ kind }) => kind,
  );
const hide = (words: string, values: Partial<NewWords> = {}) =>
  alice.act((tx, now) =>
    addWords(tx, { words: [{ words, whole: true }], action: "hide", until: 0, ...values }, now, systemRandom),
  );
const quiet = (how: { lasting: number; notices: boolean }) => alice.act((tx, now) => mute(tx, bob, how, now));

describe("somebody muted", () => {
  test("is not on home and gives no notice until the time is over, and nothing is sent", async () => {
    await alice.hear(bob, { html: "<p>loud</p>", mentions: [alice.me.ownerId] });
    expect(await home()).toEqual(["loud"]);
    await quiet({ lasting: HOUR, notices: true });
    expect(await home()).toEqual([]);
    expect(await notices()).not.toContain("mention");
    expect((await unreadCounts(alice.store.read, alice.clock.now)).notices).toBe(0);
    expect(await alice.jobs()).toEqual([]);
    expect((await listPeople(alice.store.read, "muted", { limit: 5 }, alice.clock.now)).items).toHaveLength(
      1,
    );
    expect(await alice.person(bob)).toMatchObject({ subscribed: "accepted", subscriber: "accepted" });

    alice.clock.now += HOUR;
    expect(await home()).toEqual(["loud"]);
    expect(await notices()).toContain("mention");
    expect((await listPeople(alice.store.read, "muted", { limit: 5 }, alice.clock.now)).items).toEqual([]);
  });

  test("still gives notices when the owner wants them, and stays muted until it is ended", async () => {
    await alice.hear(bob, { html: "<p>loud</p>", mentions: [alice.me.ownerId] });
    await quiet({ lasting: 0, notices: false });
    alice.clock.now += 400 * 24 * HOUR;
    expect(await home()).toEqual([]);
    expect(await notices()).toContain("mention");
    await alice.act((tx) => unmute(tx, bob));
    expect(await home()).toEqual(["loud"]);
  });

  test("may still ask to subscribe, and the owner sees it", async () => {
    const carla = await alice.meet("Carla");
    await alice.act((tx, now) => mute(tx, carla, { lasting: 0, notices: true }, now));
    await alice.act((tx, now) => receiveRequest(tx, alice.me, carla, "http://carla.example/1", now));
    const { items } = await listWaiting(alice.store.read, alice.me, { limit: 5 });
    expect(items.map(({ person, asks }) => [person.name, asks])).toEqual([["Carla", true]]);
  });

  test("is left out also where somebody else shares them", async () => {
    const carla = await alice.meet("Carla");
    await alice.subscribeTo(carla);
    const { id } = await alice.hear(bob, { html: "<p>loud</p>" });
    const shared = await alice.hear(carla, { html: "" });
    await alice.act((tx) => tx.post.update({ where: { id: shared.id }, data: { boostOfId: id } }));
    await quiet({ lasting: 0, notices: true });
    expect(await home()).toEqual([]);
  });

  test("is not the owner", async () => {
    const self = alice.act((tx, now) => mute(tx, alice.me.ownerId, { lasting: 0, notices: true }, now));
    await expect(self).rejects.toMatchObject({ code: "not-allowed" });
  });
});

describe("muted words", () => {
  test("keep posts from home and notices, in a thread they are marked and never missing", async () => {
    const question = await alice.publish({ text: "what about football?" });
    await alice.hear(bob, { html: "<p>quiet day</p>" });
    const { id, uri } = await alice.hear(bob, {
      html: "<p>Foot<i>ball</i> tonight</p>",
      mentions: [alice.me.ownerId],
      replyToUri: (await alice.post(question)).uri,
    });
    expect(uri).not.toBe("");
    await hide("football");
    expect(await home()).toEqual(["quiet day", "what about football?"]);
    expect(await notices()).not.toContain("reply");
    // That Bob let the owner subscribe.
    expect((await unreadCounts(alice.store.read, alice.clock.now)).notices).toBe(1);
    const found = await thread(alice.store.read, alice.me, question, theOwner);
    expect(found?.after.map((post) => [post.id, post.mutedWords[0]?.words])).toEqual([[id, "football"]]);
    expect(found?.post.mutedWords).toEqual([]);
  });

  test("only mark a post when it is to be folded, and nothing once they are over", async () => {
    await alice.hear(bob, { html: "<p>football</p>" });
    await hide("football", { action: "warn", until: alice.clock.now + HOUR });
    expect(await home()).toEqual(["football"]);
    await alice.act((tx) => tx.mutedWord.updateMany({ data: { action: "hide" } }));
    expect(await home()).toEqual([]);
    alice.clock.now += HOUR;
    expect(await home()).toEqual(["football"]);
  });

  test("are found in warning, title, hashtags and what a picture shows, answers of a poll, and what is shared", async () => {
    const ids = [];
    for (const card of [{ warning: "snakes" }, { title: "Snakes", kind: "article" }, {}, {}, {}, {}]) {
      ids.push((await alice.hear(bob, card)).id);
    }
    const [warned = "", , tagged = "", pictured = "", shared = "", asked = ""] = ids;
    await alice.act(async (tx) => {
      await tx.tagged.create({ data: { postId: tagged, tag: "snakes", name: "Snakes" } });
      await tx.attachment.create({ data: { id: "a1", postId: pictured, alt: "two snakes, asleep" } });
      await tx.poll.create({ data: { id: asked } });
      await tx.pollOption.create({ data: { pollId: asked, place: 0, title: "Snakes!" } });
      await tx.post.update({ where: { id: shared }, data: { boostOfId: warned } });
    });
    await hide("snakes");
    expect(await home()).toEqual([]);
  });

  test("leave a full page of the others", async () => {
    for (let n = 0; n < 12; n++) {
      await alice.hear(bob, { html: `<p>${n % 3 === 0 ? "talk" : "football"} ${n}</p>` });
    }
    await hide("football");
    expect(await home(3)).toEqual(["talk 9", "talk 6", "talk 3"]);
    const first = await homeTimeline(alice.store.read, alice.me, { limit: 3 }, alice.clock.now);
    const rest = await homeTimeline(
      alice.store.read,
      alice.me,
      { limit: 3, before: first.older ?? "" },
      alice.clock.now,
    );
    expect(rest.items.map(({ html }) => html)).toEqual(["<p>talk 0</p>"]);
  });

  test("are changed together, counted, cleaned and removed", async () => {
    const setId = await hide("one\u202e  two", {
      title: "Sport",
      words: [{ words: "a\u202e  b", whole: true }],
    });
    const [word] = await wordsOfSet(alice.store.read, setId);
    expect(word).toMatchObject({ words: "a b", title: "Sport", action: "hide" });
    await alice.act((tx) => changeWord(tx, word?.id ?? "", { words: "c", whole: false }));
    await alice.act((tx) => changeWordSet(tx, setId, { action: "warn", title: "Games" }));
    expect(await listWords(alice.store.read)).toMatchObject([
      { words: "c", whole: false, title: "Games", action: "warn" },
    ]);
    await expect(hide(" \u200f ")).rejects.toMatchObject({ code: "text-empty" });
    const many = Array.from({ length: MOST_WORDS }, (_, at) => ({ words: `w${at}`, whole: true }));
    await expect(hide("", { words: many })).rejects.toMatchObject({ code: "too-many-words" });
    await alice.act((tx) => removeWordSet(tx, setId));
    expect(await listWords(alice.store.read)).toEqual([]);
  });
});
