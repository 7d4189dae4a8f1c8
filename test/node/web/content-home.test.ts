import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { homeTimeline } from "../../../src/social/posts/timelines.ts";
import { acceptRequest } from "../../../src/social/subscriptions/answer.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

const ELSEWHERE = "mia.example";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

const posts = async () => (await homeTimeline(desk.acting.read, desk.acting.me, { limit: 80 })).items;

async function write(fields: Record<string, string>) {
  return browser.send(await browser.get("/"), "/posts", { do: "post", ...fields });
}

/** Somebody who subscribes to the owner. */
async function subscriber(handle: string, host = ELSEWHERE) {
  const person = await desk.house.meet(handle, host);
  await desk.house.isAsked(person);
  const { acting } = desk;
  await acting.transact((tx) => acceptRequest(tx, acting.me, person.id, acting.now()));
  return person;
}

test("who is alone is shown the way to somebody", async () => {
  const page = await browser.get("/");
  expect(page.text).toContain("The table is set");
  expect(page.text).toContain('href="/connect#theirs"');
  expect(brokenBones(page.text)).toEqual([]);
});

describe("writing", () => {
  test("what is written stands in the timeline, and is text whatever it looks like", async () => {
    expect((await write({ text: "<b>Kettle</b> & tea", reach: "everyone" })).status).toBe(303);
    const page = await browser.get("/");
    expect(page.text).toContain("&lt;b&gt;Kettle&lt;/b&gt; &amp; tea");
    expect(brokenBones(page.text)).toEqual([]);
  });
  test("goes to no more people than the button said, also without script", async () => {
    const first = await browser.get("/");
    const counted = await browser.send(first, "/posts", { do: "count", text: "For the diary", reach: "me" });
    expect(counted.text).toContain("Keep for me");
    const wider = await browser.send(counted, "/posts", {
      do: "post",
      text: "For the diary",
      reach: "everyone",
    });
    expect(wider.status).toBe(422);
    expect(wider.text).toContain("For the diary");
    expect(wider.text).toContain("Post to everyone");
    expect(await posts()).toHaveLength(0);
    await browser.send(wider, "/posts", { do: "post", text: "For the diary", reach: "everyone" });
    expect(await posts()).toHaveLength(1);
  });
  test.each([
    ["nobody chose", {}],
    ["no choice of ours", { reach: "friends" }],
  ])("a post for %s goes to nobody, and stays in the form", async (_what, choice: { reach?: string }) => {
    const answer = await write({ text: "Dear diary", ...choice });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("Choose who sees it.");
    expect(answer.text).toContain("Dear diary");
    expect(await posts()).toHaveLength(0);
  });
  test("only the button posts", async () => {
    for (const wanted of ["", "draft"]) {
      await browser.send(await browser.get("/"), "/posts", {
        do: wanted,
        text: "Not yet",
        reach: "everyone",
      });
    }
    expect(await posts()).toHaveLength(0);
  });
  test("sent twice, it is posted once", async () => {
    const page = await browser.get("/");
    const fields = { do: "post", text: "Once", reach: "everyone" };
    await browser.send(page, "/posts", fields);
    await browser.send(page, "/posts", fields);
    expect(await posts()).toHaveLength(1);
  });
  test("what cannot be posted stays in the form, with a sentence above the button", async () => {
    const mia = await subscriber("mia");
    const fields = { reach: "chosen", to: mia.id, warning: "Soup", text: " " };
    const answer = await write(fields);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("Write something first.");
    expect(answer.text).toContain('value="Soup"');
    expect(answer.text).toMatch(new RegExp(`value="${mia.id}" checked`));
    expect(answer.text).toMatch(/value="chosen" checked/);
    expect(brokenBones(answer.text)).toEqual([]);
    expect(await posts()).toEqual([]);
    await browser.send(answer, "/posts", { ...fields, do: "post", text: "Now with words" });
    expect(await posts()).toHaveLength(1);
  });
  test("chosen, but nobody ticked: nothing is posted", async () => {
    const answer = await write({ text: "For whom?", reach: "chosen" });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("For whom?</textarea>");
    expect(await posts()).toEqual([]);
  });
  test("a warning hides the text behind a click", async () => {
    await write({ text: "Needles", warning: "Hospital", reach: "me" });
    expect((await browser.get("/")).text).toMatch(
      /<details class="cw"><summary class="row"><b[^>]*>Hospital/,
    );
  });
});

describe("who sees it", () => {
  test("working it out names the people and posts nothing", async () => {
    const [mia] = [await subscriber("mia"), await subscriber("kai")];
    const answer = await write({ text: "Cake", reach: "chosen", to: mia.id, do: "count" });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain("Post to 1 person</button>");
    expect(
      /<summary>(?:(?!<\/summary>).)*1 person(?:(?!<\/summary>).)*<\/summary>/s.exec(answer.text)?.[0],
    ).toContain("<bdi>mia</bdi>");
    expect(answer.text).toContain("Cake</textarea>");
    expect(await posts()).toEqual([]);
  });
  test("whom the text names is counted too, for it goes there", async () => {
    const [mia] = [await subscriber("mia"), await subscriber("kai")];
    const answer = await write({ text: "Cake, @kai", reach: "chosen", to: mia.id, do: "count" });
    expect(answer.text).toContain("Post to 2 people</button>");
    await browser.send(answer, "/posts", { text: "Cake, @kai", reach: "chosen", to: mia.id, do: "post" });
    expect((await posts())[0]?.delivery?.counts.waiting).toBe(2);
  });
  test("all subscribers are counted, not only the few with a box", async () => {
    for (let at = 0; at < 85; at += 1) await subscriber(`guest${at}`);
    const answer = await write({ text: "All of you", reach: "subscribers", do: "count" });
    expect(answer.text).toContain("Post to 85 people</button>");
    expect([...answer.text.matchAll(/name="to"/g)]).toHaveLength(8);
  });
  test("ticks are for the chosen only: another reach leaves them out", async () => {
    const mia = await desk.house.meet("mia", ELSEWHERE);
    await write({ text: "Diary", reach: "me", to: mia.id });
    const [post] = await posts();
    expect(post?.to).toEqual([]);
    expect(post?.delivery).toBeNull();
  });
});

describe("people a text names who are not known here", () => {
  const address = `ada@${"a".repeat(10)}.example`;

  test("are looked up before it is posted", async () => {
    const asked: string[] = [];
    desk.acting.lookUp = async (one) => {
      asked.push(one);
      const person = await desk.house.meet("ada", `${"a".repeat(10)}.example`);
      return { personId: person.id };
    };
    await write({ text: `Hello @${address}`, reach: "everyone" });
    expect(asked).toEqual([address]);
    expect((await posts())[0]?.mentions.map(({ handle }) => handle)).toEqual(["ada"]);
  });
  test("do not hold a post back when there is no network, or nobody answers", async () => {
    desk.acting.lookUp = async () => {
      throw new NodeError("peer-off", "asleep");
    };
    const page = await browser.follow(await write({ text: `Hello @${address}`, reach: "everyone" }));
    expect(page.text).toContain(`@${address} could not be found just now, so nobody there is told.`);
    desk.network = { at: "failed", trouble: "no-network", since: Date.now(), nextTryAt: 0 };
    desk.acting.lookUp = async () => {
      throw new Error("asked without a network");
    };
    expect((await write({ text: `Again @${address}`, reach: "everyone" })).status).toBe(303);
    expect(await posts()).toHaveLength(2);
  });
  test("are looked up again when the post is changed", async () => {
    desk.acting.lookUp = async () => {
      throw new NodeError("peer-off", "asleep");
    };
    await write({ text: `Hello @${address}`, reach: "everyone" });
    const [post] = await posts();
    desk.acting.lookUp = async () => {
      const person = await desk.house.meet("ada", `${"a".repeat(10)}.example`);
      return { personId: person.id };
    };
    const action = `/posts/${post?.sortKey}/edit`;
    await browser.send(await browser.get(action), action, { text: `Hello again @${address}` });
    expect((await posts())[0]?.mentions.map(({ handle }) => handle)).toEqual(["ada"]);
  });
});

test("without a way to the network that is said, and what is written goes out later", async () => {
  desk.network = { at: "failed", trouble: "no-network", since: Date.now(), nextTryAt: 0 };
  const page = await browser.get("/");
  expect(page.text).toContain("No way to the network right now.");
  expect(page.text).toContain("goes out later");
  expect(brokenBones(page.text)).toEqual([]);
});

test("posts are paged, twenty at a time, there and back", async () => {
  const mia = await desk.house.meet("mia", ELSEWHERE);
  for (let at = 1; at <= 45; at += 1) {
    await desk.house.hear(mia, { html: `<p>Post number ${at}.</p>`, mentionsMe: true });
  }
  const shown = (html: string) => [...html.matchAll(/Post number (\d+)\./g)].map(([, n]) => Number(n));
  const linkIn = (html: string, words: string) => {
    const links = [...html.matchAll(/<a class="btn" href="([^"]*)">((?:(?!<\/a>).)*)<\/a>/gs)];
    return links.find(([, , inner]) => inner?.includes(words))?.[1] ?? "";
  };
  const first = (await browser.get("/")).text;
  expect(shown(first)).toEqual(Array.from({ length: 20 }, (_, at) => 45 - at));
  expect(linkIn(first, "Newer posts")).toBe("");
  const second = (await browser.get(linkIn(first, "Older posts"))).text;
  expect(shown(second)).toEqual(Array.from({ length: 20 }, (_, at) => 25 - at));
  const third = (await browser.get(linkIn(second, "Older posts"))).text;
  expect(shown(third)).toEqual([5, 4, 3, 2, 1]);
  expect(linkIn(third, "Older posts")).toBe("");
  expect(shown((await browser.get(linkIn(second, "Newer posts"))).text)).toEqual(shown(first));
  expect(brokenBones(third)).toEqual([]);
});

test("a cursor of no list shows the first page", async () => {
  await write({ text: "Here", reach: "me" });
  expect(wordsOfPage((await browser.get("/?before=%27%20OR%201")).text)).toContain("Here");
});

test("requests are counted beside the timeline", async () => {
  await desk.house.isAsked(await desk.house.meet("mia", ELSEWHERE));
  expect((await browser.get("/")).text).toContain("1 person would like to subscribe to you");
});
