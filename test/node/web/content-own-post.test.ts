import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PersonView } from "../../../src/social/people/view.ts";
import { homeTimeline } from "../../../src/social/posts/timelines.ts";
import type { PostView } from "../../../src/social/posts/view.ts";
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

describe("an own post", () => {
  test("says who has it and who is waited for, and is tried at once on a press", async () => {
    const post = await write({ text: "Cake", reach: "chosen", to: mia.id });
    const page = await browser.get("/");
    expect(page.text).toMatch(/class="reach some">.{0,400}<\/svg><span>1 person/s);
    expect(wordsOfPage(page.text)).toContain("0 of 1 have it. Waiting for mia’s device");
    expect(page.text).toContain("Waiting for <bdi>mia</bdi>’s device");
    await browser.send(page, `/posts/${post.sortKey}/try`, {});
    expect(desk.asked).toContain("tryNow");
  });
  test("that everybody has says so where it was opened, with names, and not in the list", async () => {
    const post = await write({ text: "Cake", reach: "chosen", to: mia.id });
    const { read, transact } = desk.acting;
    const rows = await read.delivery.findMany({ where: { postId: post.id } });
    expect(rows).toHaveLength(1);
    await transact((tx) =>
      tx.delivery.updateMany({ where: { postId: post.id }, data: { state: "delivered" } }),
    );
    expect((await browser.get("/")).text).not.toContain("have it");
    const opened = await browser.get(`/posts/${post.sortKey}`);
    expect(opened.text).toContain("Everybody has it.");
    expect(opened.text).toMatch(/<bdi>mia<\/bdi><span class="muted">has it/);
    expect(opened.text).not.toContain("Try now");
  });
  test("is deleted only after a page that says what that does", async () => {
    const post = await write({ text: "A slip", reach: "everyone" });
    const path = `/posts/${post.sortKey}/delete`;
    const page = await browser.get(path);
    expect(page.text).toContain("nobody can force them");
    expect(brokenBones(page.text)).toEqual([]);
    expect(await timeline()).toHaveLength(1);
    const after = await browser.follow(await browser.send(page, path, {}));
    expect(after.text).toContain("The post is deleted.");
    expect(await timeline()).toEqual([]);
  });
  test("is changed, and a change that empties it stays in the form", async () => {
    const post = await write({ text: "Thre eggs", reach: "everyone" });
    const path = `/posts/${post.sortKey}/edit`;
    const page = await browser.get(path);
    expect(page.text).toContain("Thre eggs</textarea>");
    const wrong = await browser.send(page, path, { text: "", warning: "Eggs" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="Eggs"');
    expect(brokenBones(wrong.text)).toEqual([]);
    await browser.send(wrong, path, { text: "Three eggs", warning: "" });
    expect((await newest()).html).toContain("Three eggs");
  });
});
