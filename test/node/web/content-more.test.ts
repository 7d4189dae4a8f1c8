import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let mia: PersonView;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = await desk.house.meet("mia", ONION);
});
afterEach(() => desk[Symbol.asyncDispose]());

describe("notices", () => {
  test("none: a sentence says what will stand there", async () => {
    const page = await browser.get("/notices");
    expect(page.text).toContain("Nothing happened yet.");
    expect(brokenBones(page.text)).toEqual([]);
  });
  test("say who did what, new until they are marked as read", async () => {
    await desk.house.welcome(mia);
    await desk.house.isAsked(mia);
    const key = await desk.house.hear(mia, { html: "<h1>Plums</h1><p>are ripe</p>", mentionsMe: true });
    const page = await browser.get("/notices");
    expect(wordsOfPage(page.text)).toContain("mia mentioned you");
    expect(wordsOfPage(page.text)).toContain("Plums are ripe");
    expect(page.text).toContain(`href="/posts/${key}"`);
    expect(page.text).toContain('href="/requests"');
    expect([...page.text.matchAll(/class="tag warn"/g)]).toHaveLength(2);
    expect(brokenBones(page.text)).toEqual([]);
    const read = await browser.follow(await browser.send(page, "/notices", {}));
    expect(read.text).not.toContain('class="tag warn"');
    expect(read.text).not.toContain("Mark all as read");
    expect(wordsOfPage(read.text)).toContain("mia mentioned you");
  });
  test("stand under their day", async () => {
    let today = Date.UTC(2026, 10, 3, 12);
    desk.acting.now = () => today;
    await desk.house.hear(mia, { html: "<p>Plums</p>", mentionsMe: true });
    expect((await browser.get("/notices")).text).toMatch(/<h2>(Today|Yesterday)<\/h2>/);
    today += 40 * 24 * 60 * 60_000;
    expect((await browser.get("/notices")).text).toMatch(/<h2>[^<]*2026<\/h2>/);
  });
  test("more than a page of them are paged", async () => {
    for (let at = 0; at < 25; at += 1) await desk.house.hear(mia, { html: `<p>${at}</p>`, mentionsMe: true });
    const first = (await browser.get("/notices")).text;
    const older = /href="(\/notices\?before=\d{21})"/.exec(first)?.[1] ?? "";
    expect([...first.matchAll(/mentioned you/g)]).toHaveLength(20);
    expect([...(await browser.get(older)).text.matchAll(/mentioned you/g)]).toHaveLength(5);
  });
});

test("the profile is the owner's, with everything the owner wrote", async () => {
  await browser.send(await browser.get("/"), "/posts", { do: "post", text: "My diary", reach: "me" });
  const page = await browser.get("/profile");
  expect(page.text).toContain("Nora Lind");
  expect(page.text).toContain("My diary");
  expect(page.text).toContain('href="/settings"');
  expect(brokenBones(page.text)).toEqual([]);
});

describe("a link into the onion network", () => {
  const open = (address: string) => browser.get(`/open?${new URLSearchParams({ address })}`);
  const nobodyAsked = async (): Promise<never> => {
    throw new Error("somebody was asked");
  };

  test("leads to what is here already without asking anybody", async () => {
    desk.acting.lookUp = nobodyAsked;
    desk.acting.lookUpPost = nobodyAsked;
    const { me } = desk.acting;
    await browser.send(await browser.get("/"), "/posts", { do: "post", text: "Mine", reach: "everyone" });
    const own = await desk.acting.read.post.findFirst({ where: { own: true } });
    expect((await open(own?.uri ?? "")).headers["location"]).toBe(`/posts/${own?.sortKey}`);
    expect((await open(mia.uri)).headers["location"]).toBe(`/people/${mia.id}`);
    for (const address of [me.origin, `${me.origin}/`, `${me.origin}/@${me.handle}`]) {
      expect((await open(address)).headers["location"], address).toBe("/profile");
    }
    expect((await open(`${me.origin}/posts/0`)).status).toBe(404);
  });
  test("is looked for as a post, then as a person; a person's page as a person only", async () => {
    const asked: string[] = [];
    const key = await desk.house.hear(mia, { html: "<p>Plums</p>", mentionsMe: true });
    const post = await desk.house.postOf(key);
    desk.acting.lookUpPost = async (address) => {
      asked.push(address);
      return address.endsWith("/7") ? { postId: post.id } : null;
    };
    desk.acting.lookUp = async () => ({ personId: mia.id });
    expect((await open(`http://${ONION}/notes/7`)).headers["location"]).toBe(`/posts/${key}`);
    expect((await open(`http://${ONION}/notes/8`)).headers["location"]).toBe(`/people/${mia.id}`);
    expect((await open(`http://${ONION}/@mia`)).headers["location"]).toBe(`/people/${mia.id}`);
    expect(asked).toEqual([`http://${ONION}/notes/7`, `http://${ONION}/notes/8`]);
  });
  test("that leads nowhere gets a sentence", async () => {
    desk.acting.lookUp = async () => {
      throw new NodeError("peer-off", "asleep");
    };
    const page = await open(`http://${ONION}/@nobody`);
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.text).toContain("That device is not on right now.");
    expect(brokenBones(page.text)).toEqual([]);
  });
  test("never takes the node out of the onion network", async () => {
    desk.acting.lookUp = nobodyAsked;
    desk.acting.lookUpPost = nobodyAsked;
    for (const address of ["https://example.com/@mia", "http://127.0.0.1/", "javascript:alert(1)", "", "x"]) {
      const page = await open(address);
      expect(page.status, address).toBeGreaterThanOrEqual(400);
      expect(page.text, address).not.toContain("Something went wrong");
    }
  });
  test("is not followed for a page of somebody else", async () => {
    desk.acting.lookUp = nobodyAsked;
    const answer = await browser.get(`/open?address=http%3A%2F%2F${ONION}%2F`, {
      "sec-fetch-site": "cross-site",
    });
    expect(answer.status).toBe(403);
  });
});

describe("a picture", () => {
  const file = (type: string) => ({ type, bytes: 4, open: () => Readable.from([Buffer.from("abcd")]) });

  test("comes as an image, inline, and is nothing else to a browser", async () => {
    desk.acting.media = async (id) => (id === mia.id ? file("image/png") : null);
    const answer = await browser.get(`/media/person/${mia.id}`);
    expect(answer).toMatchObject({ status: 200, text: "abcd" });
    expect(answer.headers).toMatchObject({
      "content-type": "image/png",
      "content-disposition": "inline",
      "x-content-type-options": "nosniff",
    });
  });
  test("of another type, or of nobody, is not there", async () => {
    for (const type of ["image/svg+xml", "text/html", "application/pdf"]) {
      desk.acting.media = async () => file(type);
      expect((await browser.get(`/media/${mia.id}`)).status, type).toBe(404);
    }
    desk.acting.media = async () => null;
    expect((await browser.get(`/media/${mia.id}`)).status).toBe(404);
    desk.acting.media = async () => file("image/png");
    expect((await browser.get("/media/..%2F..%2Fvault.json")).status).toBe(404);
  });
});
