import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { block } from "../../../src/social/people/block.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { homeTimeline } from "../../../src/social/posts/timelines.ts";
import type { PostView } from "../../../src/social/posts/view.ts";
import { leaveGiven, leaveRefused } from "../../../src/social/quotes/answered.ts";
import { receiveQuoteRequest } from "../../../src/social/quotes/receive-request.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let mia: PersonView;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = await desk.house.meet("mia", "mia.example");
});
afterEach(() => desk[Symbol.asyncDispose]());

const now = () => desk.acting.now();
const newest = async (): Promise<PostView> => {
  const [post] = (await homeTimeline(desk.acting.read, desk.acting.me, { limit: 5 })).items;
  if (post === undefined) throw new Error("nothing on the timeline");
  return post;
};
const hear = () => desk.house.hear(mia, { html: "<p>Rain all day</p>", mentionsMe: true });
async function quoteMia(): Promise<PostView> {
  const path = `/posts/${await hear()}/quote`;
  await browser.send(await browser.get(path), path, { text: "So it was", reach: "everyone", do: "post" });
  return newest();
}
const ownPost = (quotable: "everyone" | "subscribers") =>
  desk.acting.transact((tx) =>
    publish(tx, desk.acting.me, { text: "Kettle", reach: "everyone", quotable }, now(), desk.acting.random),
  );
const ask = (postId: string, n = 1) =>
  desk.acting.transact((tx) => {
    const quotingUri = `http://mia.example/posts/q${n}`;
    const request = { personId: mia.id, postId, quotingUri, uri: `http://mia.example/asks/${n}` };
    return receiveQuoteRequest(tx, desk.acting.me, request, now());
  });

describe("quoting", () => {
  test("begins with a button under what is for everyone, and says that its author is asked", async () => {
    const sortKey = await hear();
    const path = `/posts/${sortKey}/quote`;
    expect((await browser.get(`/posts/${sortKey}`)).text).toContain(`href="${path}"`);
    const page = await browser.get(path);
    expect(brokenBones(page.text)).toEqual([]);
    expect(wordsOfPage(page.text)).toContain("mia is asked.");
    expect(page.text).toContain("<p>Rain all day</p>");
  });
  test("waits for leave, shows what was quoted, and what came of it", async () => {
    const post = await quoteMia();
    const said = async () => wordsOfPage((await browser.get(`/posts/${post.sortKey}`)).text);
    expect(await said()).toContain("Waiting for mia’s leave.");
    expect(await said()).toContain("Rain all day");
    expect(brokenBones((await browser.get(`/posts/${post.sortKey}`)).text)).toEqual([]);
    const answered = { postId: post.id, authorId: mia.id };
    const { me, transact } = desk.acting;
    await transact((tx) => leaveGiven(tx, me, { ...answered, stamp: "http://mia.example/q/1" }, now()));
    expect(await said()).not.toContain("Waiting for mia");
    await transact((tx) => leaveRefused(tx, me, answered, now()));
    expect(await said()).toContain("mia did not allow it.");
    expect(await said()).not.toContain("Rain all day");
  });
  test("is for everyone, or comes back with a sentence and what was typed", async () => {
    const path = `/posts/${await hear()}/quote`;
    const fields = { text: "So it was", reach: "me", said: "me", do: "post" };
    const answer = await browser.send(await browser.get(path), path, fields);
    expect(answer.status).toBe(422);
    expect(wordsOfPage(answer.text)).toContain("A quote of somebody else’s post is for everyone");
    expect(answer.text).toContain("So it was");
  });
  test("is not offered where its author does not want it", async () => {
    const sortKey = await hear();
    const { transact } = desk.acting;
    await transact((tx) => tx.post.updateMany({ where: { sortKey }, data: { quotable: "nobody" } }));
    expect((await browser.get(`/posts/${sortKey}`)).text).not.toContain(`/posts/${sortKey}/quote"`);
    const page = await browser.get(`/posts/${sortKey}/quote`);
    expect(wordsOfPage(page.text)).toContain("mia does not want to be quoted.");
    expect(page.text).not.toContain("<textarea");
  });
  test("oneself needs nobody", async () => {
    await ownPost("everyone");
    const path = `/posts/${(await newest()).sortKey}/quote`;
    await browser.send(await browser.get(path), path, { text: "Again", reach: "me", do: "post" });
    expect(await newest()).toMatchObject({ quote: { state: "approved", post: { html: "<p>Kettle</p>" } } });
    expect(await desk.acting.read.job.count({ where: { kind: "quote-request" } })).toBe(0);
  });
});

describe("being quoted", () => {
  test("is asked for: the notice leads to the answer", async () => {
    await desk.house.welcome(mia);
    const postId = await ownPost("subscribers");
    const { sortKey } = await newest();
    expect(await ask(postId)).toBe("asked");
    const path = `/posts/${sortKey}/quotes`;
    const notices = await browser.get("/notices");
    expect(wordsOfPage(notices.text)).toContain("mia would like to quote you");
    expect(notices.text).toContain(`href="${path}"`);
    const page = await browser.get(path);
    expect(brokenBones(page.text)).toEqual([]);
    const [stamp] = await desk.acting.read.quoteStamp.findMany();
    await browser.send(page, path, { quote: stamp?.id ?? "", do: "allow" });
    expect(wordsOfPage((await browser.get(path)).text)).toContain("mia quotes this post");
    expect(wordsOfPage((await browser.get("/notices")).text)).not.toContain("would like to quote you");
    await browser.send(page, path, { quote: stamp?.id ?? "", do: "revoke" });
    expect(wordsOfPage((await browser.get(path)).text)).toContain("Nobody quotes this post.");
    const jobs = await desk.acting.read.job.findMany({ where: { kind: { startsWith: "quote" } } });
    expect(jobs.map(({ kind }) => kind)).toEqual(["quote-answer", "quote-revoke"]);
  });
  test("can be declined, and answered once only", async () => {
    const postId = await ownPost("subscribers");
    await ask(postId);
    const path = `/posts/${(await newest()).sortKey}/quotes`;
    const page = await browser.get(path);
    const quote = (await desk.acting.read.quoteStamp.findFirstOrThrow()).id;
    await browser.send(page, path, { quote, do: "decline" });
    expect((await browser.send(page, path, { quote, do: "allow" })).status).toBe(404);
    expect(await ask(postId)).toBe("refused");
  });
  test("ends with a block: the leave is void", async () => {
    const { acting } = desk;
    expect(await ask(await ownPost("everyone"))).toBe("granted");
    await acting.transact((tx) => block(tx, mia.id, now()));
    expect(await acting.read.quoteStamp.findMany()).toMatchObject([{ state: "revoked" }]);
  });
  test("is allowed to whom the owner chose, while writing and afterwards", async () => {
    const home = await browser.get("/");
    await browser.send(home, "/posts", { text: "Tea", reach: "everyone", quotable: "nobody", do: "post" });
    const post = await newest();
    expect(post.quotable).toBe("nobody");
    expect(await ask(post.id)).toBe("refused");
    const path = `/posts/${post.sortKey}/quotes`;
    await browser.send(await browser.get(path), path, { quotable: "everyone", do: "quotable" });
    expect(await ask(post.id, 2)).toBe("granted");
    const edit = `/posts/${post.sortKey}/edit`;
    const fields = { text: "Tea", warning: "", quotable: "subscribers" };
    await browser.send(await browser.get(edit), edit, fields);
    expect(await newest()).toMatchObject({ quotable: "subscribers", editedAt: 0 });
  });
});
