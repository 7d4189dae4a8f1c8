import { afterEach, beforeEach, expect, test } from "vitest";
import { INBOX_BOUNDS } from "../../src/federation/json-guard.ts";
import { editArticle } from "../../src/social/articles/edit.ts";
import { LONGEST_ARTICLE } from "../../src/social/articles/limits.ts";
import { postById } from "../../src/social/posts/find.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";

let fediverse: Fediverse;
let anna: Member;
let ben: Member;
let largest = 0;

beforeEach(async () => {
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
  const { personId } = await ben.federation.lookUp(`@${anna.address}`);
  await ben.acting.transact((tx) => askToSubscribe(tx, ben.acting.me, personId, Date.now()));
  const asking = await eventually("the request arrives", () =>
    anna.store.read.subscription.findFirst({ where: { state: "asked", subscriber: { uri: ben.uri } } }),
  );
  await anna.acting.transact((tx) => acceptRequest(tx, anna.acting.me, asking.subscriberId, Date.now()));
  fediverse.interfere(ben.host, async (request, go) => {
    largest = Math.max(largest, (await request.clone().arrayBuffer()).byteLength);
    return go();
  });
});
afterEach(() => fediverse[Symbol.asyncDispose]());

const write = (title: string, text: string, language = "") => {
  const { acting } = anna;
  const draft = { title, text, language, reach: "everyone" as const };
  return acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
};
const arrives = (postId: string) =>
  eventually("it arrives", () => postById(ben.store.read, ben.acting.me, postId));

test("a long post arrives with its title and its layout, and a change of the title alone arrives too", async () => {
  const id = await write("Bread", "# Flour\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> Wait.", "en");
  expect(await arrives(id)).toMatchObject({
    kind: "article",
    title: "Bread",
    warning: "",
    language: "en",
    html: (await postById(anna.store.read, anna.acting.me, id))?.html,
  });
  const { acting } = anna;
  const changed = { title: "Rolls", text: "# Flour", warning: "butter" };
  await acting.transact((tx) => editArticle(tx, acting.me, id, changed, acting.now()));
  await eventually("the change arrives", async () => (await arrives(id)).title === "Rolls");
  expect(await arrives(id)).toMatchObject({ warning: "butter", html: "<h1>Flour</h1>" });
});

test.each([
  ["letters of four bytes", "🍞"],
  ["letters of three bytes", "麦粉は毎回違う。"],
  ["words in bold", "a **word** here, "],
])("the longest one fits what others take: %s", async (_, some) => {
  largest = 0;
  const text = [...some.repeat(LONGEST_ARTICLE)].slice(0, LONGEST_ARTICLE).join("").trim();
  const id = await write("T".repeat(150), text, "ja");
  const there = await arrives(id);
  expect(there.html).toBe((await postById(anna.store.read, anna.acting.me, id))?.html);
  expect(largest).toBeGreaterThan(30_000);
  expect(largest).toBeLessThan(INBOX_BOUNDS.bytes);
});

test("at its address it is an Article for servers", async () => {
  const id = await write("Bread", "*soft*");
  const { uri } = await anna.store.read.post.findUniqueOrThrow({ where: { id } });
  const answer = await fediverse.ask(new Request(uri, { headers: { Accept: "application/activity+json" } }));
  expect(await answer.json()).toMatchObject({
    type: "Article",
    id: uri,
    name: "Bread",
    source: { content: "*soft*", mediaType: "text/markdown" },
  });
});
