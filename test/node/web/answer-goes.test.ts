import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../../src/lib/ids.ts";
import { savePerson } from "../../../src/social/people/save-person.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { updatePost } from "../../../src/social/posts/queries.ts";
import { receivePost } from "../../../src/social/posts/receive-post.ts";
import { receivePassed } from "../../../src/social/threads/receive-passed.ts";
import { type Choosing, openChoosing } from "../../support/choosing.ts";
import { wordsOfPage } from "../../support/page-shape.ts";
import { cardOf, postCardOf } from "../../support/people.ts";

let choosing: Choosing;
beforeEach(async () => {
  choosing = await openChoosing();
});
afterEach(() => choosing[Symbol.asyncDispose]());

const known = (name: string, friendly: boolean) => {
  const { acting } = choosing.desk;
  return acting.transact((tx) => savePerson(tx, { ...cardOf(name), friendly }, acting.now()));
};

type Heard = { replyTo?: string; to?: string[]; thread?: string };

/** Their post to the owner and no others known here arrives; its address. */
async function hear(authorId: string, name: string, { replyTo = "", to = [], thread = "" }: Heard = {}) {
  const { acting } = choosing.desk;
  const uri = `http://${name.toLowerCase()}.example/posts/${acting.now()}`;
  const card = {
    ...{ ...postCardOf(uri, authorId), publishedAt: acting.now(), reach: "chosen" as const },
    ...{ replyToUri: replyTo, to: [acting.me.ownerId, ...to], contextUri: thread },
  };
  await acting.transact((tx) => receivePost(tx, acting.me, card, acting.now()));
  return uri;
}

/** Ben's answer in Anna's thread, which her device passes on; its address. */
async function passedByAnna(anna: string, ben: string): Promise<string> {
  const { acting } = choosing.desk;
  const thread = "http://anna.example/threads/1";
  const root = await hear(anna, "Anna", { thread });
  const uri = `http://ben.example/posts/${acting.now()}`;
  const card = {
    ...{ ...postCardOf(uri, ben), publishedAt: acting.now(), reach: "chosen" as const },
    ...{ replyToUri: root, to: [anna] },
  };
  const passed = { byId: anna, thread };
  expect(await acting.transact((tx) => receivePassed(tx, acting.me, card, passed, acting.now()))).toBe(
    "stored",
  );
  return uri;
}

async function pageOf(uri: string) {
  const { desk, browser } = choosing;
  const row = await desk.acting.read.post.findFirstOrThrow({ where: { id: idOf(uri) } });
  return { page: await browser.get(`/posts/${row.sortKey}`), path: `/posts/${row.sortKey}/reply` };
}

/** Answers on the page, as its form says; to whom copies wait to be sent then. */
async function answerOn(uri: string): Promise<string[]> {
  const { desk, send } = choosing;
  const { page, path } = await pageOf(uri);
  expect((await send(page, path, [["text", "Me too"]])).status).toBe(303);
  const own = { own: true, source: "Me too" };
  const { id } = await desk.acting.read.post.findFirstOrThrow({ where: own });
  const sent = await desk.acting.read.delivery.findMany({ where: { postId: id } });
  return sent.map(({ personId }) => personId).sort();
}
const wordsAt = async (uri: string) => wordsOfPage((await pageOf(uri)).page.text);
const ON = "Goes to Anna and, through Anna, to everybody this was shared with.";

describe("whom an answer to something narrow goes to is said before it is written, and that is where it goes:", () => {
  test("to whoever began the thread on a device that passes it on, and through it to all", async () => {
    const anna = await known("Anna", true);
    const uri = await hear(anna, "Anna");
    expect(await wordsAt(uri)).toContain(ON);
    expect(await answerOn(uri)).toEqual([anna]);
    // And the answer to that answer of the owner's.
    const own = await choosing.desk.acting.read.post.findFirstOrThrow({ where: { source: "Me too" } });
    expect(await wordsAt(own.uri)).toContain(ON);
  });

  test("to whoever passed it on, not to who wrote it; the post says who passed it on", async () => {
    const anna = await known("Anna", true);
    const uri = await passedByAnna(anna, await known("Bea", true));
    const words = await wordsAt(uri);
    expect(words).toContain("Shared with you. Passed on by Anna");
    expect(words).toContain(ON);
    expect(await answerOn(uri)).toEqual([anna]);
  });

  test("to somebody elsewhere alone, and to whom the post names, by name", async () => {
    const carl = await known("Carl", false);
    const alone = await hear(carl, "Carl");
    const words = await wordsAt(alone);
    expect(words).toContain("Goes to Carl.");
    expect(words).not.toMatch(/through|Passed on/);
    const two = await hear(carl, "Carl", { to: [choosing.people.Mia] });
    expect(await wordsAt(two)).toContain("Goes to Carl and Mia.");
    expect(await answerOn(two)).toEqual([carl, choosing.people.Mia].sort());
  });

  test("who answers directly in another's thread, on whatever device, passes nothing on", async () => {
    const root = await hear(await known("Carl", false), "Carl");
    const anna = await known("Anna", true);
    const uri = await hear(anna, "Anna", { replyTo: root });
    expect(await wordsAt(uri)).toContain("Goes to Anna.");
    expect(await answerOn(uri)).toEqual([anna]);
  });
});

describe("in a thread of the owner's own", () => {
  const post = async (reach: "chosen" | "subscribers" | "everyone") => {
    const { desk, family, people } = choosing;
    const { acting } = desk;
    const some = reach === "chosen" ? { audiences: [family], without: [people.Jonas] } : {};
    const draft = { text: "Cake", reach, ...some };
    const id = await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
    return (await acting.read.post.findUniqueOrThrow({ where: { id } })).uri;
  };

  test("the answer is seen by those the post is for, in the owner's words, whoever is answered", async () => {
    const { desk, people } = choosing;
    const uri = await post("chosen");
    expect(await wordsAt(uri)).toContain("Seen by Family without Jonas");
    const reply = await hear(people.Ben, "ben", { replyTo: uri });
    // Ben's device signed it, so it was passed on; without that it is between the two.
    expect(await wordsAt(reply)).toContain("Goes to Ben.");
    await desk.acting.transact((tx) => updatePost(tx, idOf(reply), { signed: "{}" }));
    expect(await wordsAt(reply)).toContain("Seen by Family without Jonas");
    expect(await answerOn(reply)).toEqual([people.Ben, people.Mia].sort());
  });

  test("for subscribers the answer to an answer goes to subscribers", async () => {
    const { desk, people } = choosing;
    const uri = await post("subscribers");
    const reply = await hear(people.Ben, "ben", { replyTo: uri });
    await desk.acting.transact((tx) => updatePost(tx, idOf(reply), { signed: "{}" }));
    expect(await wordsAt(reply)).toContain("Seen by your subscribers");
    expect(await answerOn(reply)).toEqual(Object.values(people).sort());
  });

  test("for everyone it is seen by everyone, and goes to nobody in particular", async () => {
    const words = await wordsAt(await post("everyone"));
    expect(words).toContain("Seen by everyone");
    expect(words).not.toContain("Goes to");
  });
});
