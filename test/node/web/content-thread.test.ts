import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../../src/lib/ids.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { postById } from "../../../src/social/posts/find.ts";
import { receivePost } from "../../../src/social/posts/receive-post.ts";
import type { PostView } from "../../../src/social/posts/view.ts";
import { changeSetting } from "../../../src/social/settings/settings.ts";
import { addMissing, beginLook, noteLook } from "../../../src/social/threads/queries.ts";
import { createToken } from "../../../src/social/tokens/tokens.ts";
import { openDesk } from "../../support/api-desk.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";

const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let mia: PersonView;
let count: number;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = await desk.house.meet("mia", ONION);
  count = 0;
});
afterEach(() => desk[Symbol.asyncDispose]());

/** Mia's post arrives, a second after the one before. */
async function hear(replyToUri = "", more: { uri?: string; repliesUri?: string } = {}): Promise<PostView> {
  const { acting } = desk;
  count += 1;
  const uri = more.uri ?? `http://${ONION}/posts/${count}`;
  const card = {
    ...{ authorId: mia.id, kind: "note", html: `<p>Words no. ${count}.</p>`, title: "", warning: "" },
    ...{ language: "", url: "", reach: "everyone" as const, editedAt: 0, replyToUri },
    ...{ publishedAt: acting.now() - 1_000_000 + count * 1_000, mentions: [], to: [acting.me.ownerId] },
    ...more,
    uri,
  };
  await acting.transact((tx) => receivePost(tx, acting.me, card, acting.now()));
  const post = await postById(acting.read, acting.me, idOf(uri));
  if (post === null) throw new Error("the post was not taken");
  return post;
}

/** The words on a page, in the order they stand there. */
const wordsIn = (text: string) => [...text.matchAll(/Words no\. (\d+)\./g)].map(([, n]) => Number(n));
const linkIn = (text: string, words: string) =>
  new RegExp(`href="([^"]*)"[^>]*>(?:(?!</a>).)*${words}`, "s").exec(text)?.[1]?.replaceAll("&amp;", "&");
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe("a long thread", () => {
  test("goes on over pages, in order, and nothing of it is left out", async () => {
    const first = await hear();
    for (let n = 2; n <= 30; n += 1) await hear(first.uri);
    // Below the second one, so that they stand before the third.
    const second = `http://${ONION}/posts/2`;
    for (let n = 31; n <= 45; n += 1) await hear(second);
    const seen: number[] = [];
    let path: string | undefined = `/posts/${first.sortKey}`;
    for (let pages = 0; path !== undefined && pages < 9; pages += 1) {
      const { text, status } = await browser.get(path);
      expect([status, brokenBones(text)]).toEqual([200, []]);
      const words = wordsIn(text);
      expect(words.length).toBeLessThanOrEqual(21);
      expect(words[0]).toBe(1);
      seen.push(...words.slice(1));
      if (pages > 0) expect(linkIn(text, "To the first replies")).toBe(`/posts/${first.sortKey}`);
      path = linkIn(text, "More replies");
    }
    expect(seen).toEqual([2, ...upTo(31, 45), ...upTo(3, 30)]);
  });

  test("of answers to answers leads on where it is deep, down and up", async () => {
    const posts = [await hear()];
    for (let n = 2; n <= 40; n += 1) posts.push(await hear(posts.at(-1)?.uri));
    const seen = new Set<number>();
    let path: string | undefined = `/posts/${posts[0]?.sortKey}`;
    for (let pages = 0; path !== undefined && pages < 9; pages += 1) {
      const { text } = await browser.get(path);
      for (const n of wordsIn(text)) seen.add(n);
      path = linkIn(text, "More replies") ?? linkIn(text, "The replies to this go on");
    }
    expect([...seen]).toEqual(upTo(1, 40));

    const { text } = await browser.get(`/posts/${posts[39]?.sortKey}`);
    expect(wordsIn(text)).toEqual(upTo(20, 40));
    expect(text).not.toContain("is not here");
    const earlier = await browser.get(linkIn(text, "Earlier in this thread") ?? "");
    expect(wordsIn(earlier.text)).toEqual(upTo(1, 40));
  });

  test("begins at the top again when the answer it would go on from was deleted", async () => {
    const first = await hear();
    await hear(first.uri);
    const { text } = await browser.get(`/posts/${first.sortKey}?after=999999999999999999999`);
    expect(wordsIn(text)).toEqual([1, 2]);
  });

  test("comes whole to an app", async () => {
    const first = await hear();
    for (let n = 2; n <= 30; n += 1) await hear(first.uri);
    let above = first;
    for (let n = 31; n <= 70; n += 1) above = await hear(above.uri);
    const { acting } = desk;
    const token = await acting.transact((tx) =>
      createToken(tx, { name: "app", scopes: "read", random: acting.random }, acting.now()),
    );
    const context = async (post: PostView) => {
      const api = openDesk(acting).as(token);
      const { body } = await api.get(`/api/v1/statuses/${post.sortKey}/context`).expect(200);
      const words = (list: { content: string }[]) => wordsIn(list.map(({ content }) => content).join());
      return [words(body.ancestors), words(body.descendants)];
    };
    expect(await context(first)).toEqual([[], upTo(2, 70)]);
    expect(await context(above)).toEqual([[1, ...upTo(31, 69)], []]);
  });
});

describe("what of a thread is not here", () => {
  const list = { repliesUri: `http://${ONION}/posts/1/replies` };
  const at = (post: PostView) => `/posts/${post.sortKey}`;
  const look = (post: PostView, done: boolean, values: object = {}) =>
    desk.acting.transact(async (tx) => {
      await beginLook(tx, post.id, desk.acting.now());
      await noteLook(tx, post.id, { ...(done ? { readAt: new Date(desk.acting.now()) } : {}), ...values });
    });
  const name = (post: PostView, whys: string[]) =>
    desk.acting.transact(async (tx) => {
      for (const [n, why] of whys.entries())
        await addMissing(tx, post.id, { uri: `http://${ONION}/missing/${n}`, why }, desk.acting.now());
    });

  test("may be asked for where its author lists answers, and is only when told to", async () => {
    const post = await hear("", list);
    const page = await browser.get(at(post));
    expect(page.text).toContain("There may be more replies");
    expect(page.text).toContain("Look for more replies");
    expect(brokenBones(page.text)).toEqual([]);
    expect(desk.asked).toEqual([]);
    const answer = await browser.send(page, `${at(post)}/look`, {});
    expect([answer.status, answer.headers["location"]]).toEqual([303, at(post)]);
    expect(desk.asked).toEqual([`lookForAnswers ${post.id}`]);
  });

  test("is not spoken of where nobody says that there is more", async () => {
    const { text } = await browser.get(at(await hear()));
    expect(text).not.toContain("more replies");
  });

  test("is being looked for, with how much is to go", async () => {
    const post = await hear("", list);
    await look(post, false);
    expect((await browser.get(at(post))).text).toContain("Looking for more replies");
    await name(post, ["", "", "off"]);
    const { text } = await browser.get(at(post));
    expect(text).toContain("Fetching replies: 2 to go.");
    expect(text).not.toContain("/look");
  });

  test("is counted, never hidden, with why and since when", async () => {
    const post = await hear("", list);
    await look(post, true);
    await name(post, [...Array<string>(9).fill("off"), "outside", "outside", "later", "gone"]);
    const { text } = await browser.get(at(post));
    expect(text).toContain("12 replies not fetched");
    expect(text).toContain("9 of them are on devices that are off.");
    expect(text).toContain("2 of them are outside the onion network");
    expect(text).toContain("1 more was deleted, or is not for you.");
    expect(text).toMatch(/Last looked: <time datetime/);
    expect(text).toMatch(/data-say[^>]*>12 replies/);
    expect(text).toContain("Fetch them");
    expect(brokenBones(text)).toEqual([]);
    await desk.acting.transact((tx) => changeSetting(tx, "language", "de"));
    expect((await browser.get(at(post))).text).toContain("12 Antworten nicht geholt");
  });

  test("is not counted once it is here, however it came", async () => {
    const post = await hear("", list);
    await look(post, true);
    await name(post, ["off"]);
    expect((await browser.get(at(post))).text).toContain("1 reply not fetched");
    await hear(post.uri, { uri: `http://${ONION}/missing/0` });
    const { text } = await browser.get(at(post));
    expect(text).toContain("Every reply we heard of is here.");
    expect(text).toContain("Look again");
  });

  test("is said too while the device that lists it is off", async () => {
    const post = await hear("", list);
    await look(post, false, { why: "off" });
    const { text } = await browser.get(at(post));
    expect(text).toContain("Some devices that may know of replies are off.");
    expect(text).toContain("Nobody could be asked so far.");
    expect(text).not.toContain("Every reply we heard of is here.");
  });
});
