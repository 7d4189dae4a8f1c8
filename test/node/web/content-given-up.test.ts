import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PersonView } from "../../../src/social/people/view.ts";
import { homeTimeline } from "../../../src/social/posts/timelines.ts";
import type { PostView } from "../../../src/social/posts/view.ts";
import { type Answer, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let mia: PersonView;
let otto: PersonView;
let post: PostView;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = await desk.house.meet("mia", "mia.example");
  otto = await desk.house.meet("otto", "otto.example");
  const form = await browser.get("/");
  await browser.send(form, "/posts", {
    do: "post",
    text: "@mia@mia.example and @otto@otto.example, cake",
    reach: "everyone",
  });
  const [newest] = (await homeTimeline(desk.acting.read, desk.acting.me, { limit: 1 })).items;
  if (newest === undefined) throw new Error("nothing on the timeline");
  post = newest;
});
afterEach(() => desk[Symbol.asyncDispose]());

const AGAIN = "Try once more for those who were given up";
const opened = async () => (await browser.get(`/posts/${post.sortKey}`)).text;
/** What stands beside a person's name. */
const said = async ({ handle }: PersonView) =>
  new RegExp(`<bdi>${handle}</bdi><span class="muted">([^<]*)`).exec(await opened())?.[1] ?? "";

/** As the queue does it: the delivery says why, and the job is gone. */
async function giveUp(person: PersonView, why: string): Promise<void> {
  await desk.acting.transact(async (tx) => {
    const where = { postId: post.id, personId: person.id };
    await tx.delivery.updateMany({ where, data: { state: "stopped", why } });
    await tx.job.deleteMany({ where: { kind: "post", about: { contains: person.id } } });
    if (why === "gone") await tx.person.update({ where: { id: person.id }, data: { gone: true } });
  });
}

const jobs = () => desk.acting.read.job.findMany({ where: { kind: "post" } });
const stateFor = async (person: PersonView) =>
  (await desk.acting.read.delivery.findFirstOrThrow({ where: { postId: post.id, personId: person.id } }))
    .state;
/** The button, on a page that was opened a while ago. */
const press = async (page?: Answer) => {
  const path = `/posts/${post.sortKey}`;
  const from = page ?? (await browser.get(path));
  return browser.follow(await browser.send(from, `${path}/retry`, {}));
};

describe("somebody who waits", () => {
  test("has not been on at the same time yet, or has and is awaited again", async () => {
    expect(await said(mia)).toContain("you have not been on at the same time yet");
    await desk.acting.transact((tx) => tx.peer.create({ data: { host: mia.host, reachedAt: new Date() } }));
    expect(await said(mia)).toContain("it goes there when both are on");
    expect(await said(otto)).toContain("you have not been on at the same time yet");
  });
});

describe("a post that was given up", () => {
  test.each([
    ["out of time", "We stopped trying after 60 days."],
    ["gone", "Nobody is there any more, says their address."],
    ["person is gone", "Nobody is there any more, says their address."],
    ["status 413", "Their device did not want it."],
  ])("says why: %s", async (why, words) => {
    await giveUp(mia, why);
    expect(await said(mia)).toBe(words);
    expect(brokenBones(await opened())).toEqual([]);
  });

  test("is tried once more on a press, for those who can be reached", async () => {
    for (const person of [mia, otto]) await giveUp(person, "out of time");
    expect(await jobs()).toEqual([]);
    expect(await opened()).toContain(AGAIN);
    expect(wordsOfPage(await opened())).toContain("For 2 people it was given up.");
    const page = await browser.get(`/posts/${post.sortKey}`);
    await press(page);
    expect((await jobs()).map(({ peer }) => peer).sort()).toEqual([mia.host, otto.host]);
    expect(await said(mia)).toContain("waiting since");
    expect(await opened()).not.toContain(AGAIN);
    await press(page);
    expect(await jobs()).toHaveLength(2);
  });

  test("for somebody who is gone waits for nobody: no button, and a press on an older page says so", async () => {
    await giveUp(mia, "out of time");
    const page = await browser.get(`/posts/${post.sortKey}`);
    await giveUp(mia, "gone");
    await desk.acting.transact((tx) =>
      tx.delivery.updateMany({ where: { personId: otto.id }, data: { state: "delivered" } }),
    );
    await desk.acting.transact((tx) => tx.job.deleteMany({}));
    expect(await opened()).not.toContain(AGAIN);
    expect(wordsOfPage((await press(page)).text)).toContain("There is nobody to try it for");
    expect([await stateFor(mia), await jobs()]).toEqual(["stopped", []]);
    expect(await said(mia)).toBe("Nobody is there any more, says their address.");
  });

  test("goes again to who can be reached and not to who is gone, until they are heard of", async () => {
    await giveUp(mia, "gone");
    await giveUp(otto, "out of time");
    expect(await opened()).toContain(AGAIN);
    await press();
    expect((await jobs()).map(({ peer }) => peer)).toEqual([otto.host]);
    expect([await stateFor(mia), await stateFor(otto)]).toEqual(["stopped", "waiting"]);
    await desk.house.meet("mia", "mia.example");
    expect(await opened()).toContain(AGAIN);
    await press();
    expect(await stateFor(mia)).toBe("waiting");
  });
});
