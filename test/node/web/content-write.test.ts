import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LONGEST_ARTICLE } from "../../../src/social/articles/limits.ts";
import { homeTimeline } from "../../../src/social/posts/timelines.ts";
import type { PostView } from "../../../src/social/posts/view.ts";
import { type Answer, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

const bread = {
  title: "Bread without a recipe",
  text: "## Flour\n\nIt is **never** the same.\n\n<b>raw</b>",
};
const newest = async (): Promise<PostView> => {
  const [post] = (await homeTimeline(desk.acting.read, desk.acting.me, { limit: 5 })).items;
  if (post === undefined) throw new Error("nothing on the timeline");
  return post;
};
const write = async (fields: Record<string, string>, path = "/write"): Promise<Answer> =>
  browser.send(await browser.get(path), path, { reach: "everyone", said: "everyone", ...fields });

describe("writing something long", () => {
  test("says its limit before anything is typed, and works without script", async () => {
    const page = await browser.get("/write");
    expect(brokenBones(page.text)).toEqual([]);
    expect(wordsOfPage(page.text)).toContain("At most 30,000 letters");
    expect(page.text).toContain(`data-most="${LONGEST_ARTICLE}"`);
    expect((await browser.get("/")).text).toContain('href="/write"');
  });
  test("shows in the preview exactly what is published afterwards", async () => {
    const preview = await write({ ...bread, do: "preview" });
    expect(preview.status).toBe(200);
    expect(brokenBones(preview.text)).toEqual([]);
    const shown = /<div class="prose long"[^>]*>(.*?)<\/div>/s.exec(preview.text)?.[1] ?? "";
    expect(shown).toContain("<strong>never</strong>");
    expect(shown).toContain("&lt;b&gt;raw&lt;/b&gt;");
    await browser.send(preview, "/write", { ...bread, reach: "everyone", do: "post" });
    const post = await newest();
    expect(post).toMatchObject({
      kind: "article",
      title: bread.title,
      source: bread.text,
      reach: "everyone",
    });
    const opened = await browser.get(`/posts/${post.sortKey}`);
    expect(brokenBones(opened.text)).toEqual([]);
    expect(opened.text).toContain(shown);
  });
  test("says its language, keeps it with the draft, and changes it with the post", async () => {
    expect((await browser.get("/write")).text).toContain('<option value="en" selected');
    await write({ ...bread, language: "fr", do: "save" });
    expect((await browser.get("/write")).text).toContain('<option value="fr" selected');
    await write({ ...bread, language: "fr", do: "post" });
    const { language, sortKey } = await newest();
    expect(language).toBe("fr");
    await write({ ...bread, language: "de", do: "post" }, `/write/${sortKey}`);
    expect((await newest()).language).toBe("de");
  });
  test("is folded in the list, with the way to the rest", async () => {
    await write({ title: "Long", text: "bread and water, ".repeat(60), do: "post" });
    const post = await newest();
    const home = await browser.get("/");
    expect(home.text).toContain(`href="/posts/${post.sortKey}" aria-label="Read on: Long"`);
    expect(wordsOfPage(home.text)).toMatch(/bread and …|water …|bread …/);
  });
  test.each([
    ["no title", { title: " ", text: "words" }, "Give it a title."],
    ["no text", { title: "Bread", text: " " }, "Write something first."],
    [
      "one letter too many",
      { title: "Bread", text: "a".repeat(LONGEST_ARTICLE + 1) },
      "longer than a post can be",
    ],
    [
      "too much once it is laid out",
      { title: "Bread", text: "&".repeat(LONGEST_ARTICLE) },
      "once it is laid out",
    ],
  ])("with %s comes back as it was typed", async (_, fields, words) => {
    for (const button of ["post", "preview"]) {
      const answer = await write({ ...fields, warning: "careful", do: button });
      expect(answer.status).toBe(422);
      expect(wordsOfPage(answer.text)).toContain(words);
      expect(answer.text).toContain(fields.text.replaceAll("&", "&amp;"));
      expect(answer.text).toContain('value="careful"');
    }
    expect((await homeTimeline(desk.acting.read, desk.acting.me, { limit: 5 })).items).toEqual([]);
  });
  test("of the longest kind goes through, also of letters that are spelled out long", async () => {
    const text = "🍞".repeat(LONGEST_ARTICLE);
    expect((await write({ title: "Bread", text, do: "post" })).status).toBe(303);
    expect((await newest()).source).toBe(text);
  });
  test("to more people than the button said is asked once more", async () => {
    const answer = await write({ ...bread, reach: "everyone", said: "me", do: "post" });
    expect(answer.status).toBe(422);
    expect(wordsOfPage(answer.text)).toContain("You chose more people than the button said");
  });
});

describe("a draft", () => {
  test("is there again, on another page and after a lock, until it is published", async () => {
    await write({ ...bread, do: "save" });
    const again = await browser.get("/write");
    expect(again.text).toContain(`value="${bread.title}"`);
    expect(again.text).toContain("It is **never** the same.");
    expect(wordsOfPage(again.text)).toContain("Draft saved");
    await browser.send(again, "/write", { ...bread, reach: "everyone", do: "post" });
    expect((await browser.get("/write")).text).not.toContain(bread.title);
    expect(await desk.acting.read.setting.count({ where: { key: { startsWith: "draft." } } })).toBe(0);
  });
  test("is saved by the script without a word, also one that is too long", async () => {
    const page = await browser.get("/write");
    const hidden = /name="form" value="([^"]*)"/.exec(page.text.split('action="/write"')[1] ?? "")?.[1] ?? "";
    const fields = { form: hidden, title: "Bread", text: "a".repeat(LONGEST_ARTICLE + 5), do: "save" };
    const answer = await browser.post("/write", fields, { "x-tssop-live": "1" });
    expect(answer).toMatchObject({ status: 204, text: "" });
    expect((await browser.get("/write")).text).toContain(fields.text);
  });
  test("can be thrown away", async () => {
    await write({ ...bread, do: "save" });
    await write({ do: "discard" });
    expect((await browser.get("/write")).text).not.toContain(bread.title);
  });
  test("of a change is kept apart from that of something new", async () => {
    await write({ ...bread, do: "post" });
    const path = `/write/${(await newest()).sortKey}`;
    await write({ title: "Changed", text: "other words", do: "save" }, path);
    expect((await browser.get("/write")).text).not.toContain("other words");
    expect((await browser.get(path)).text).toContain("other words");
  });
});

describe("changing something long", () => {
  test("is done where it was written; the earlier title is kept with the earlier words", async () => {
    await write({ ...bread, do: "post" });
    const { sortKey, id } = await newest();
    const edit = await browser.follow(await browser.get(`/posts/${sortKey}/edit`));
    expect(edit.text).toContain(`value="${bread.title}"`);
    expect(brokenBones(edit.text)).toEqual([]);
    await browser.send(edit, `/write/${sortKey}`, { title: "Rolls", text: "*Smaller.*", do: "post" });
    expect(await newest()).toMatchObject({
      title: "Rolls",
      html: "<p><em>Smaller.</em></p>",
      reach: "everyone",
    });
    const [before] = await desk.acting.read.postRevision.findMany({ where: { postId: id } });
    expect(before).toMatchObject({ title: bread.title });
  });
  test("is not for posts of others, nor for short ones", async () => {
    await browser.send(await browser.get("/"), "/posts", { text: "short", reach: "everyone", do: "post" });
    const { sortKey } = await newest();
    expect((await browser.get(`/write/${sortKey}`)).status).toBe(403);
  });
});
