import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ownRequest } from "../../src/federation/queries.ts";
import { addEmoji } from "../../src/social/emojis/own-emojis.ts";
import { pin } from "../../src/social/marks/pin.ts";
import { listNotices } from "../../src/social/notices/list.ts";
import { closePoll } from "../../src/social/polls/close-poll.ts";
import { vote } from "../../src/social/polls/vote.ts";
import { edit } from "../../src/social/posts/edit.ts";
import { postById } from "../../src/social/posts/find.ts";
import { historyOf } from "../../src/social/posts/history.ts";
import { type Draft, publish } from "../../src/social/posts/publish.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";

let fediverse: Fediverse;
let anna: Member;
let ben: Member;

const HOUR = 60 * 60_000;

beforeEach(async () => {
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
  await subscribe(ben, anna);
});
afterEach(() => fediverse[Symbol.asyncDispose]());

async function subscribe(who: Member, whom: Member): Promise<void> {
  const { personId } = await who.federation.lookUp(`@${whom.address}`);
  await who.acting.transact((tx) => askToSubscribe(tx, who.acting.me, personId, Date.now()));
  const asking = await eventually("the request arrives", () =>
    whom.store.read.subscription.findFirst({
      where: { personId: whom.acting.me.ownerId, state: "asked", subscriber: { uri: who.uri } },
    }),
  );
  await whom.acting.transact((tx) => acceptRequest(tx, whom.acting.me, asking.subscriberId, Date.now()));
  await eventually("the answer arrives", async () => {
    const request = await ownRequest(who.store.read, who.acting.me.ownerId, whom.uri);
    return request?.state === "accepted";
  });
}

function say(who: Member, text: string, extra: Partial<Draft> = {}): Promise<string> {
  const { acting } = who;
  const draft = { text, reach: "everyone" as const, ...extra };
  return acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
}

const viewOf = (who: Member, id: string) => postById(who.store.read, who.acting.me, id);
const seenBy = (who: Member, id: string) => eventually(`${who.name} has the post`, () => viewOf(who, id));
const question = { options: ["Rye", "Oat"], multiple: false, endsIn: 24 * HOUR };
const fetched = async (id: string) => {
  const row = await anna.store.read.post.findUniqueOrThrow({ where: { id } });
  const headers = { Accept: "application/activity+json" };
  const answer = await fediverse.ask(new Request(row.uri, { headers }));
  return (await answer.json()) as Record<string, unknown>;
};

describe("what a post carries arrives", () => {
  test("hashtags, language and a warning", async () => {
    const id = await say(anna, "Bread #Backen and #bread", { language: "en", warning: "gluten" });
    const post = await seenBy(ben, id);
    expect(post.tags.map(({ tag }) => tag).sort()).toEqual(["backen", "bread"]);
    expect(post).toMatchObject({ language: "en", warning: "gluten", sensitive: true });
    expect(post.html).toContain(`href="${anna.acting.me.origin}/tags/backen"`);
    const wire = await fetched(id);
    expect(wire).toMatchObject({ type: "Note", sensitive: true, summary: "gluten" });
    expect(JSON.stringify(wire["content"])).toContain("Bread");
    expect(wire["contentMap"]).toMatchObject({ en: expect.stringContaining("Bread") });
    expect(wire["tag"]).toContainEqual(
      expect.objectContaining({
        type: "Hashtag",
        name: "#Backen",
        href: `${anna.acting.me.origin}/tags/backen`,
      }),
    );
  });

  test("custom emoji, by their own host alone", async () => {
    const mediaId = "5e0c".repeat(8);
    await anna.acting.transact((tx) => addEmoji(tx, anna.acting.me, { shortcode: "loaf", mediaId }, 1));
    const post = await seenBy(ben, await say(anna, "fresh :loaf: :none:"));
    // Its picture is not here yet, and nothing is shown that is not.
    expect(post.emojis).toEqual([]);
    expect(post.html).toContain(":loaf:");
    const row = await ben.store.read.emoji.findFirstOrThrow();
    expect(row).toMatchObject({ host: anna.host, url: `${anna.acting.me.origin}/media/${mediaId}` });
  });

  test("every version, at both ends", async () => {
    const id = await say(anna, "one loaf");
    await seenBy(ben, id);
    await eventually("it is known to be there", () =>
      anna.store.read.delivery.findFirst({ where: { postId: id, state: "delivered" } }),
    );
    await anna.acting.transact((tx) => edit(tx, anna.acting.me, id, "two loaves", "", Date.now()));
    await eventually("the change arrives", async () => (await viewOf(ben, id))?.html.includes("two"));
    for (const who of [anna, ben]) {
      const versions = await historyOf(who.store.read, id);
      expect(versions.map(({ html }) => html)).toEqual(["<p>one loaf</p>", "<p>two loaves</p>"]);
      expect(versions[0]?.at).toBeLessThan(versions[1]?.at ?? 0);
    }
  });
});

test("what stands first on a page is told as whole as anywhere else: a poll, and emoji also in a title", async () => {
  const mediaId = "5e0c".repeat(8);
  await anna.acting.transact((tx) => addEmoji(tx, anna.acting.me, { shortcode: "loaf", mediaId }, 1));
  const asked = await say(anna, "Which?", { poll: question });
  const long = await say(anna, "Words.", { title: "All about :loaf:" });
  for (const postId of [asked, long])
    await anna.acting.transact((tx) => pin(tx, anna.acting.me, { postId, on: true }, Date.now()));
  const headers = { Accept: "application/activity+json" };
  const answer = await fediverse.ask(new Request(`${anna.uri}/featured`, { headers }));
  const { orderedItems } = (await answer.json()) as { orderedItems: Record<string, unknown>[] };
  const poll = orderedItems.find(({ type }) => type === "Question");
  expect(JSON.stringify(poll)).toContain("Oat");
  const article = orderedItems.find(({ type }) => type === "Article");
  expect(JSON.stringify(article?.["tag"])).toContain(":loaf:");
});

describe("a poll", () => {
  test("is asked, voted in, counted and closed; the vote never shows as an answer", async () => {
    const id = await say(anna, "Which?", { poll: question });
    const asked = await seenBy(ben, id);
    expect(asked.poll?.options).toEqual([
      { title: "Rye", votes: 0 },
      { title: "Oat", votes: 0 },
    ]);
    await ben.acting.transact((tx) => vote(tx, ben.acting.me, id, [1], Date.now()));
    await eventually("the vote counts", async () => (await viewOf(anna, id))?.poll?.voters === 1);
    expect((await viewOf(anna, id))?.poll?.options[1]).toEqual({ title: "Oat", votes: 1 });
    expect((await viewOf(anna, id))?.replies).toBe(0);
    expect(await anna.store.read.post.count()).toBe(1);
    expect(await fetched(id)).toMatchObject({ type: "Question", votersCount: 1 });
    expect(JSON.stringify(await fetched(id))).not.toContain(ben.host);

    await eventually("it is known to be there", () =>
      anna.store.read.delivery.findFirst({ where: { postId: id, state: "delivered" } }),
    );
    const later = Date.now() + 25 * HOUR;
    expect(await anna.acting.transact((tx) => closePoll(tx, anna.acting.me, id, Date.now()))).toBeGreaterThan(
      0,
    );
    expect(await anna.acting.transact((tx) => closePoll(tx, anna.acting.me, id, later))).toBe(0);
    const told = await listNotices(anna.store.read, anna.acting.me, { limit: 5 });
    expect(told.items[0]).toMatchObject({ kind: "poll", post: { id } });
    // The end lies ahead of Ben's clock, so what arrives is the result and no end yet.
    await eventually(
      "the result arrives",
      async () => (await viewOf(ben, id))?.poll?.options[1]?.votes === 1,
    );
    expect((await viewOf(ben, id))?.poll?.chosen).toEqual([1]);
  });

  describe("whose author changes the options", () => {
    const asks = async () => {
      const id = await say(anna, "Which?", { poll: question });
      await seenBy(ben, id);
      await eventually("it is known to be there", () =>
        anna.store.read.delivery.findFirst({ where: { postId: id, state: "delivered" } }),
      );
      return id;
    };
    const changes = async (id: string, options: string[]) => {
      const poll = { ...question, options };
      await anna.acting.transact((tx) =>
        edit(tx, anna.acting.me, id, "Which?", "", anna.acting.now(), { poll }),
      );
      await eventually("the change arrives", async () => {
        const there = (await viewOf(ben, id))?.poll?.options.map(({ title }) => title);
        return there?.join() === options.join();
      });
    };
    const votes = (id: string, place: number) =>
      ben.acting.transact((tx) => vote(tx, ben.acting.me, id, [place], ben.acting.now()));
    const counted = async (id: string) => (await viewOf(anna, id))?.poll?.voters;

    test("gets no vote for what stands now where another option stood", async () => {
      const id = await asks();
      ben.runner.pause();
      await votes(id, 1);
      await changes(id, ["Wheat", "Barley"]);
      ben.runner.resume();
      ben.runner.wake();
      await eventually(
        "nothing waits",
        async () => (await ben.store.read.job.count({ where: { kind: "vote" } })) === 0,
      );
      expect(await counted(id)).toBe(0);
    });

    test("gets the vote for the same words anew", async () => {
      const id = await asks();
      await votes(id, 0);
      await eventually("the vote counts", async () => (await counted(id)) === 1);
      await changes(id, ["Rye", "Wheat"]);
      expect(await counted(id)).toBe(0);
      await votes(id, 0);
      await eventually("the vote counts again", async () => (await counted(id)) === 1);
    });
  });

  test("A32: a vote that counts nowhere is nothing: twice, for no option, late, in no poll", async () => {
    const id = await say(anna, "Which?", { poll: question });
    const plain = await say(anna, "No question");
    const [poll, note] = [await viewOf(anna, id), await viewOf(anna, plain)];
    const peer = fediverse.peer("mona.example", "mona");
    let count = 0;
    const cast = async (name: string, inReplyTo: string | undefined, attributedTo = peer.uri) => {
      const uri = `${peer.uri}#votes/${++count}`;
      const object = { id: uri, type: "Note", name, attributedTo, to: anna.uri, inReplyTo };
      const activity = {
        "@context": "https://www.w3.org/ns/activitystreams",
        ...{ id: `${uri}/activity`, type: "Create", actor: peer.uri, to: anna.uri, object },
      };
      const answer = await fediverse.ask(peer.signed(`${anna.uri}/inbox`, activity));
      expect(answer.status).toBe(202);
    };
    await cast("Rye", poll?.uri);
    await cast("Rye", poll?.uri);
    await cast("Oat", poll?.uri);
    await cast("Wheat", poll?.uri);
    await cast("Rye", note?.uri);
    await cast("Rye", poll?.uri, anna.uri);
    expect((await viewOf(anna, id))?.poll).toMatchObject({
      voters: 1,
      options: [{ votes: 1 }, { votes: 0 }],
    });
    expect(await anna.store.read.post.count()).toBe(2);
    await anna.store.transact((tx) => tx.poll.updateMany({ data: { endsAt: new Date(1_000) } }));
    const other = fediverse.peer("otto.example", "otto");
    const late = {
      id: `${other.uri}#v`,
      type: "Note",
      name: "Oat",
      attributedTo: other.uri,
      inReplyTo: poll?.uri,
    };
    const activity = { id: `${other.uri}#a`, type: "Create", actor: other.uri, object: late };
    await fediverse.ask(
      other.signed(`${anna.uri}/inbox`, { "@context": "https://www.w3.org/ns/activitystreams", ...activity }),
    );
    expect((await viewOf(anna, id))?.poll?.voters).toBe(1);
  });
});
