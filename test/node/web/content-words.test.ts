import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PersonView } from "../../../src/social/people/view.ts";
import { receivePost } from "../../../src/social/posts/receive-post.ts";
import { homeTimeline } from "../../../src/social/posts/timelines.ts";
import type { PostView } from "../../../src/social/posts/view.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

const BOUNDARY = "----TssopBoundary7Yh3";

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

async function newest(): Promise<PostView> {
  const { items } = await homeTimeline(desk.acting.read, desk.acting.me, { limit: 5 });
  if (items[0] === undefined) throw new Error("nothing on the timeline");
  return items[0];
}

async function write(fields: Record<string, string>): Promise<PostView> {
  const answer = await browser.send(await browser.get("/"), "/posts", {
    ...{ do: "post", reach: "everyone", hours: "24" },
    ...fields,
  });
  expect(answer.status).toBe(303);
  return newest();
}

async function miaAsks(): Promise<PostView> {
  const { me, transact } = desk.acting;
  const options = [
    { title: "Rye :loaf:", votes: 2 },
    { title: "Oat", votes: 1 },
  ];
  const card = {
    ...{ uri: `${mia.uri}/q`, authorId: mia.id, kind: "note", html: "<p>Which :loaf:?</p>", title: "" },
    ...{ warning: "", language: "en", url: "", reach: "everyone" as const, publishedAt: Date.now() },
    ...{ editedAt: 0, replyToUri: "", mentions: [me.ownerId], to: [] },
    emojis: [{ shortcode: "loaf", url: "http://mia.example/loaf.png" }],
    poll: { multiple: false, endsAt: Date.now() + 3_600_000, closedAt: 0, voters: 3, options },
  };
  await transact((tx) => receivePost(tx, me, card, Date.now()));
  return newest();
}

describe("a hashtag", () => {
  test("leads to a page with every post that has it", async () => {
    await write({ text: "fresh #Brot" });
    await write({ text: "no tag" });
    expect((await browser.get("/")).text).toContain('href="/tags/brot"');
    const page = await browser.get("/tags/BROT");
    expect(brokenBones(page.text)).toEqual([]);
    expect(wordsOfPage(page.text)).toContain("fresh #Brot");
    expect(wordsOfPage(page.text)).not.toContain("no tag");
    expect((await browser.get("/tags/%3Cb%3E")).status).toBe(404);
  });
});

describe("the language of a post", () => {
  test("is chosen, shown, and offered for the next one", async () => {
    await write({ text: "Guten Tag", language: "de" });
    const page = await browser.get("/");
    expect(page.text).toMatch(/class="prose" dir="auto" lang="de"/);
    expect(page.text).toMatch(/<option value="de" selected/);
  });
});

describe("a poll", () => {
  test("of the owner's shows its counts and no way to vote", async () => {
    const page = await browser.get("/");
    const alone = { ...{ do: "post", reach: "everyone", text: "Which?" }, option: "Rye", hours: "24" };
    const refused = await browser.send(page, "/posts", alone);
    expect(refused.status).toBe(422);
    expect(wordsOfPage(refused.text)).toContain("A poll has 2 to 6 different answers");
    expect(refused.text).toContain('value="Rye"');
    const token = /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const body = new URLSearchParams({
      form: token,
      do: "post",
      reach: "everyone",
      text: "Which?",
      hours: "3",
    });
    for (const option of ["Rye", "Oat"]) body.append("option", option);
    body.append("said", "everyone");
    await browser.upload("/posts", BOUNDARY, multipart(body));
    const asked = await newest();
    expect(asked.poll?.options.map(({ title }) => title)).toEqual(["Rye", "Oat"]);
    const shown = await browser.get(`/posts/${asked.sortKey}`);
    expect(brokenBones(shown.text)).toEqual([]);
    expect(wordsOfPage(shown.text)).toContain("0 people voted");
    expect(shown.text).not.toContain(`/posts/${asked.sortKey}/vote`);
    expect((await browser.get(`/posts/${asked.sortKey}/edit`)).text).toContain("the votes so far are gone");
  });
  test("of another is voted in once", async () => {
    const post = await miaAsks();
    expect((await browser.get("/")).text).not.toContain("/media/emoji/");
    await desk.acting.transact((tx) => tx.emoji.updateMany({ data: { mediaId: "5e".repeat(16) } }));
    const page = await browser.get("/");
    expect(page.text).toContain('<img class="emoji" src="/media/emoji/mia.example/loaf" alt=":loaf:"');
    const path = `/posts/${post.sortKey}/vote`;
    const after = await browser.follow(await browser.send(page, path, { choice: "1" }));
    expect(wordsOfPage(after.text)).toContain("your choice");
    expect(wordsOfPage(after.text)).toContain("4 people voted");
    const jobs = await desk.acting.read.job.findMany({ where: { kind: "vote" } });
    expect(jobs.map(({ peer }) => peer)).toEqual(["mia.example"]);
    expect((await newest()).poll?.chosen).toEqual([1]);
  });
});

describe("a changed post", () => {
  test("shows every version, what came and what went", async () => {
    const post = await write({ text: "one loaf here", language: "en" });
    const path = `/posts/${post.sortKey}/edit`;
    await browser.send(await browser.get(path), path, { text: "two loaf here", language: "fr", warning: "" });
    expect((await newest()).language).toBe("fr");
    expect((await browser.get("/")).text).toContain(`href="/posts/${post.sortKey}/history"`);
    const page = await browser.get(`/posts/${post.sortKey}/history`);
    expect(brokenBones(page.text)).toEqual([]);
    expect(page.text).toMatch(/<del>.*one .*<\/del><ins>.*two .*<\/ins>/s);
  });
});

describe("own emoji", () => {
  test("are added with a name, listed and removed", async () => {
    const page = await browser.get("/settings/emoji");
    expect(brokenBones(page.text)).toEqual([]);
    const token = /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const add = (shortcode: string) =>
      browser.upload(
        "/settings/emoji",
        BOUNDARY,
        multipart(new URLSearchParams({ form: token, shortcode }), "bytes"),
      );
    expect((await add("no good")).status).toBe(422);
    expect((await add(":loaf:")).status).toBe(303);
    const listed = await browser.get("/settings/emoji");
    expect(listed.text).toContain(":loaf:");
    await write({ text: "have :loaf:" });
    expect((await browser.get("/")).text).toContain('/loaf" alt=":loaf:"');
    await browser.send(listed, "/settings/emoji/loaf/remove", {});
    expect((await browser.get("/settings/emoji")).text).not.toContain(":loaf:");
  });
});

function multipart(fields: URLSearchParams, file?: string): string {
  const parts = [...fields].map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  if (file !== undefined) {
    parts.push(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="picture"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n${file}\r\n`,
    );
  }
  return `${parts.join("")}--${BOUNDARY}--\r\n`;
}
