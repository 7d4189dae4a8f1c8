import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PersonView } from "../../../src/social/people/view.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { receiveReaction } from "../../../src/social/reactions/receive-reaction.ts";
import { type Desk, openDesk } from "../../support/api-desk.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let app: ReturnType<Desk["as"]>;
let mia: PersonView;
let hers: string;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  const api = openDesk(desk.house.acting);
  app = api.as(await api.token());
  mia = await desk.house.meet("mia", "mia.example");
  hers = await desk.house.hear(mia, { html: "<p>Mia's plums</p>", mentionsMe: true });
});
afterEach(() => desk[Symbol.asyncDispose]());

const own = async (reach: "everyone" | "subscribers" = "everyone") => {
  const { acting } = desk.house;
  const id = await acting.transact((tx) =>
    publish(tx, acting.me, { text: "My plums", reach }, acting.now(), acting.random),
  );
  return (await acting.read.post.findUniqueOrThrow({ where: { id } })).sortKey;
};
const press = async (key: string, fields: Record<string, string>) => {
  const page = await browser.get("/");
  return browser.send(page, `/posts/${key}/mark`, fields);
};
const status = async (key: string) => (await app.get(`/api/v1/statuses/${key}`).expect(200)).body;

describe("on the page", () => {
  test("like, keep, share and an emoji are pressed and released, and the owner comes back to where they were", async () => {
    for (const what of ["like", "keep", "boost"]) {
      const answer = await press(hers, { do: what });
      expect(answer.headers["location"]).toMatch(/^\/#p-\d{21}$/);
    }
    await press(hers, { emoji: "🎉" });
    expect(await status(hers)).toMatchObject({ favourited: true, bookmarked: true, reblogged: true });
    const page = await browser.get("/");
    expect(page.text).toContain("You shared");
    expect(page.text).toContain("Take 🎉 back");
    expect(brokenBones(page.text)).toEqual([]);
    for (const what of ["unlike", "unkeep", "unboost"]) await press(hers, { do: what });
    await press(hers, { unreact: "🎉" });
    expect(await status(hers)).toMatchObject({ favourited: false, bookmarked: false, reblogged: false });
    expect((await status(hers)).pleroma.emoji_reactions).toEqual([]);
  });

  test("what is kept and liked has a page each; both are empty at first", async () => {
    for (const [path, none, doing] of [
      ["/bookmarks", "You keep nothing yet", "keep"],
      ["/liked", "You like nothing yet", "like"],
    ] as const) {
      expect((await browser.get(path)).text).toContain(none);
      await press(hers, { do: doing });
      const page = await browser.get(path);
      expect(page.text).toContain("Mia's plums");
      expect(brokenBones(page.text)).toEqual([]);
    }
  });

  test("a narrow post has no button to share it, and says why when it is tried", async () => {
    const key = await own("subscribers");
    const page = await browser.get(`/posts/${key}`);
    expect(page.text).not.toContain('value="boost"');
    const answer = await browser.send(page, `/posts/${key}/mark`, { do: "boost" });
    expect(answer.text).toContain("not for everyone");
  });

  test("an own post stands first on the page, at most five do", async () => {
    const keys = [];
    for (let n = 0; n < 6; n++) keys.push(await own());
    for (const key of keys.slice(0, 5)) await press(key, { do: "pin" });
    expect((await press(keys[5] ?? "", { do: "pin" })).text).toContain("Five posts stand first already");
    const page = await browser.get("/profile");
    expect(page.text.split("First on the page").length - 1).toBe(10);
    expect(brokenBones(page.text)).toEqual([]);
    await press(keys[0] ?? "", { do: "unpin" });
    expect((await press(keys[5] ?? "", { do: "pin" })).status).toBe(303);
  });

  test("who liked and shared an own post is listed, with the notice", async () => {
    const key = await own();
    const { acting } = desk.house;
    const { id } = await acting.read.post.findFirstOrThrow({ where: { sortKey: key } });
    const card = { postId: id, personId: mia.id, pictureUrl: "" };
    for (const [n, emoji] of ["", "🎉"].entries())
      await acting.transact((tx) =>
        receiveReaction(tx, acting.me, { ...card, emoji, uri: `http://mia.example/${n}` }, acting.now()),
      );
    expect((await browser.get(`/posts/${key}/marks`)).text).toContain("mia");
    const reactions = await browser.get(`/posts/${key}/marks?who=reaction`);
    expect(reactions.text).toContain("🎉");
    expect(brokenBones(reactions.text)).toEqual([]);
    const notices = await browser.get("/notices");
    expect(notices.text).toContain("likes your post");
    expect(notices.text).toContain("answered your post with an emoji");
    expect(brokenBones(notices.text)).toEqual([]);
  });

  test("an emoji of somebody's own is a picture wherever the reaction stands, shown through the node alone", async () => {
    const key = await own();
    const { acting } = desk.house;
    const { id } = await acting.read.post.findFirstOrThrow({ where: { sortKey: key } });
    const card = { postId: id, personId: mia.id, emoji: ":plum:", pictureUrl: "http://mia.example/plum.png" };
    await acting.transact((tx) =>
      receiveReaction(tx, acting.me, { ...card, uri: "http://mia.example/1" }, acting.now()),
    );
    expect((await browser.get(`/posts/${key}`)).text).not.toContain("/media/emoji/");
    await acting.transact((tx) => tx.emoji.updateMany({ data: { mediaId: "5e".repeat(16) } }));
    const picture = '<img class="emoji" src="/media/emoji/mia.example/plum" alt=":plum:"';
    for (const path of [`/posts/${key}`, `/posts/${key}/marks?who=reaction`, "/notices"]) {
      const page = await browser.get(path);
      expect(page.text, path).toContain(picture);
      expect(page.text).not.toContain("plum.png");
      expect(brokenBones(page.text)).toEqual([]);
    }
    const [told] = (await status(key)).pleroma.emoji_reactions;
    expect(told).toMatchObject({ name: "plum", me: false });
    expect(told.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/media\/emoji\/mia\.example\/plum$/);
  });

  test("an app takes an emoji of the owner's own back by the name it was told", async () => {
    const reactions = `/api/v1/pleroma/statuses/${hers}/reactions`;
    await app.put(`${reactions}/${encodeURIComponent(":plum:")}`).expect(200);
    const [{ name }] = (await app.get(reactions).expect(200)).body;
    expect(name).toBe("plum");
    await app.delete(`${reactions}/${name}`).expect(200);
    expect((await app.get(reactions).expect(200)).body).toEqual([]);
  });

  test.each(["//evil.example", "http://evil.example/", "/\\evil", "javascript:1", "/posts/1?x"])(
    "afterwards nobody is led to %s",
    async (back) => {
      expect((await press(hers, { do: "like", back })).headers["location"]).toBe("/");
    },
  );
});

describe("by app", () => {
  test("each act answers with the post as it is then", async () => {
    const act = async (name: string) => (await app.post(`/api/v1/statuses/${hers}/${name}`).expect(200)).body;
    expect(await act("favourite")).toMatchObject({ id: hers, favourited: true, favourites_count: 1 });
    expect(await act("unfavourite")).toMatchObject({ favourited: false, favourites_count: 0 });
    expect(await act("bookmark")).toMatchObject({ bookmarked: true });
    expect((await app.get("/api/v1/bookmarks").expect(200)).body).toMatchObject([{ id: hers }]);
    expect(await act("unbookmark")).toMatchObject({ bookmarked: false });
    const boosted = await act("reblog");
    expect(boosted).toMatchObject({ content: "", reblogged: true, reblog: { id: hers, reblogged: true } });
    expect(boosted.id).not.toBe(hers);
    expect((await app.get("/api/v1/timelines/home").expect(200)).body[0]).toMatchObject({
      reblog: { id: hers },
    });
    expect((await app.post(`/api/v1/statuses/${boosted.id}/favourite`).expect(200)).body).toMatchObject({
      id: hers,
    });
    expect((await app.get("/api/v1/favourites").expect(200)).body).toMatchObject([{ id: hers }]);
    expect(await act("unreblog")).toMatchObject({ id: hers, reblogged: false });
    expect((await app.get("/api/v1/timelines/home").expect(200)).body).toHaveLength(1);
  });

  test("emoji reactions as Pleroma has them", async () => {
    const at = `/api/v1/pleroma/statuses/${hers}/reactions`;
    await app.put(`${at}/${encodeURIComponent("🎉")}`).expect(200);
    const all = [{ name: "🎉", count: 1, me: true, url: null }];
    expect((await app.get(at).expect(200)).body).toEqual(all);
    await app.put(`${at}/${encodeURIComponent("no emoji")}`).expect(422);
    await app.delete(`${at}/${encodeURIComponent("🎉")}`).expect(200);
    expect((await app.get(at).expect(200)).body).toEqual([]);
  });

  test("pins, who liked, and lists without boosts", async () => {
    const key = await own();
    await app.post(`/api/v1/statuses/${key}/pin`).expect(200);
    const me = (await app.get("/api/v1/accounts/verify_credentials").expect(200)).body.id;
    const of = async (query: string) =>
      (await app.get(`/api/v1/accounts/${me}/statuses?${query}`).expect(200)).body;
    expect(await of("pinned=true")).toMatchObject([{ id: key, pinned: true }]);
    await app.post(`/api/v1/statuses/${hers}/reblog`).expect(200);
    expect(await of("")).toHaveLength(2);
    expect(await of("exclude_reblogs=true")).toMatchObject([{ id: key }]);
    await app.post(`/api/v1/statuses/${key}/favourite`).expect(200);
    const liked = (await app.get(`/api/v1/statuses/${key}/favourited_by`).expect(200)).body;
    expect(liked).toMatchObject([{ id: me }]);
    await app.post(`/api/v1/statuses/${hers}/pin`).expect(404);
  });
});
