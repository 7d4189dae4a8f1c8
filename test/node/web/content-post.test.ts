import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PersonView } from "../../../src/social/people/view.ts";
import type { PostCard } from "../../../src/social/posts/post.ts";
import { receivePost } from "../../../src/social/posts/receive-post.ts";
import { homeTimeline } from "../../../src/social/posts/timelines.ts";
import type { PostView } from "../../../src/social/posts/view.ts";
import { acceptRequest } from "../../../src/social/subscriptions/answer.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";

const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let mia: PersonView;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = await desk.house.meet("mia", ONION);
  await desk.house.isAsked(mia);
  const { acting } = desk;
  await acting.transact((tx) => acceptRequest(tx, acting.me, mia.id, acting.now()));
});
afterEach(() => desk[Symbol.asyncDispose]());

const timeline = async () => (await homeTimeline(desk.acting.read, desk.acting.me, { limit: 80 })).items;
const newest = async (): Promise<PostView> => {
  const [post] = await timeline();
  if (post === undefined) throw new Error("nothing on the timeline");
  return post;
};

/** The owner posts; the newest post. */
async function write(fields: Record<string, string>): Promise<PostView> {
  await browser.send(await browser.get("/"), "/posts", { do: "post", ...fields });
  return newest();
}

/** Mia's post arrives, meant for the owner. */
async function hear(card: Partial<PostCard>): Promise<PostView> {
  const { acting } = desk;
  const now = acting.now();
  const uri = `http://${ONION}/posts/${now}${(await timeline()).length}`;
  const plain: PostCard = {
    uri,
    authorId: mia.id,
    kind: "note",
    html: "<p>Words</p>",
    title: "",
    warning: "",
    language: "",
    url: "",
    reach: "everyone",
    publishedAt: now,
    editedAt: 0,
    replyToUri: "",
    mentions: [],
    to: [acting.me.ownerId],
  };
  await acting.transact((tx) => receivePost(tx, acting.me, { ...plain, ...card }, now));
  const post = (await timeline()).find((one) => one.uri === (card.uri ?? uri));
  if (post === undefined) throw new Error("the post was not taken");
  return post;
}

describe("a post by somebody else", () => {
  test("that is narrow says that it was shared, never with whom else", async () => {
    const kai = await desk.house.meet("kai", "kai.example");
    await hear({ reach: "chosen", to: [desk.acting.me.ownerId, kai.id] });
    const { text } = await browser.get("/");
    expect(text).toContain("Shared with you");
    expect(text).not.toContain(`/people/${kai.id}`);
    expect(text).not.toContain("2 people");
  });
  test("leads nowhere by itself: links go to pages of ours", async () => {
    const address = `http://${ONION}/posts/7`;
    await hear({
      html: `<p><a href="${address}">in</a> <a href="https://example.com/?a=1&amp;b=2">out</a></p>`,
    });
    const { text } = await browser.get("/");
    expect(text).toContain(`href="/open?${new URLSearchParams({ address })}"`);
    expect(text).not.toContain("example.com");
    const leave = /href="(\/leave\/[0-9a-f]{32})"/.exec(text)?.[1] ?? "";
    expect((await browser.get(leave)).text).toContain("https://example.com/?a=1&amp;b=2");
  });
  test("brings no headings into our page", async () => {
    const post = await hear({ html: "<h1>Bread</h1><h4>Crust</h4><p>Words</p>" });
    for (const path of ["/", `/posts/${post.sortKey}`, `/people/${mia.id}`]) {
      expect(brokenBones((await browser.get(path)).text), path).toEqual([]);
    }
  });
  test("cannot be changed or deleted by the owner", async () => {
    const post = await hear({});
    for (const what of ["edit", "delete"]) {
      expect((await browser.get(`/posts/${post.sortKey}/${what}`)).status).toBe(403);
      const page = await browser.get("/");
      const sent = await browser.send(page, "/posts", { do: "count" });
      const form = /name="form" value="([^"]*)"/.exec(sent.text)?.[1] ?? "";
      expect((await browser.post(`/posts/${post.sortKey}/${what}`, { form, text: "Mine" })).status).toBe(403);
    }
    expect((await newest()).html).toContain("Words");
    expect((await browser.get("/")).text).not.toContain(`/posts/${post.sortKey}/delete`);
  });
  test("that is not here looks like one that never was", async () => {
    const answer = await browser.get("/posts/999999999999999999999");
    expect(answer.status).toBe(404);
    expect(brokenBones(answer.text).filter((one) => !one.includes("status"))).toEqual([]);
  });
});

describe("a thread", () => {
  test("shows what is answered above and answers below", async () => {
    const mine = await write({ text: "Who brings bread?", reach: "everyone" });
    const answer = await hear({ html: "<p>I do</p>", replyToUri: mine.uri });
    const { text } = await browser.get(`/posts/${answer.sortKey}`);
    expect(text.indexOf("Who brings bread?")).toBeLessThan(text.indexOf("focus-post"));
    expect(text).toContain("answers <bdi>Nora Lind</bdi>");
    expect((await browser.get(`/posts/${mine.sortKey}`)).text).toMatch(
      /class="post deep1"(?:(?!<\/article>).)*I do/s,
    );
    expect(brokenBones(text)).toEqual([]);
  });
  test("says what is missing, and asks for it only when told to", async () => {
    const missing = `http://${ONION}/posts/before`;
    const asked: string[] = [];
    desk.acting.lookUpPost = async (address) => {
      asked.push(address);
      const post = await hear({ uri: missing, html: "<p>The beginning</p>" });
      return { postId: post.id };
    };
    const post = await hear({ replyToUri: missing });
    const path = `/posts/${post.sortKey}`;
    const page = await browser.get(path);
    expect(page.text).toContain("1 post of this thread is not here");
    expect(asked).toEqual([]);
    await browser.send(page, `${path}/fetch`, {});
    expect(asked).toEqual([missing]);
    expect((await timeline()).map(({ html }) => html)).toContain("<p>The beginning</p>");
  });
  test("says so when what is missing cannot be had", async () => {
    const post = await hear({ replyToUri: `http://${ONION}/posts/gone` });
    const path = `/posts/${post.sortKey}`;
    const after = await browser.follow(await browser.send(await browser.get(path), `${path}/fetch`, {}));
    expect(after.text).toContain("This post is not here.");
  });
});

describe("an answer", () => {
  test("to something narrow is never wider, and that is said before it is written", async () => {
    const post = await hear({ reach: "chosen" });
    const path = `/posts/${post.sortKey}`;
    const page = await browser.get(path);
    expect(page.text).toContain("Goes to <bdi>mia</bdi>.");
    await browser.send(page, `${path}/reply`, { text: "Between us", reach: "everyone" });
    const answer = (await timeline()).find(({ html }) => html.includes("Between us"));
    expect(answer).toMatchObject({ reach: "chosen", replyToId: post.id });
    expect(answer?.to.map(({ id }) => id)).toEqual([mia.id]);
  });
  test("that cannot be sent stays in the form", async () => {
    const post = await hear({});
    const path = `/posts/${post.sortKey}`;
    const long = "long ".repeat(1_100);
    const answer = await browser.send(await browser.get(path), `${path}/reply`, { text: long });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("long long long");
    expect(answer.text).toContain("That is longer than a post can be.");
    expect(brokenBones(answer.text)).toEqual([]);
  });
});
