import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { audiences, audiencesOf, members } from "../../../src/social/audiences/list.ts";
import { makeAudience } from "../../../src/social/audiences/make.ts";
import { putIn } from "../../../src/social/audiences/put-in.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let family: string;
let mia: string;
let jonas: string;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = (await desk.house.meet("Mia", "mia.example")).id;
  jonas = (await desk.house.meet("Jonas", "jonas.example")).id;
  family = await make("Family");
});
afterEach(() => desk[Symbol.asyncDispose]());

const make = (name: string) => {
  const { acting } = desk;
  return acting.transact((tx) => makeAudience(tx, name, acting.now(), acting.random));
};
const put = (id: string, ...people: string[]) => {
  const { acting } = desk;
  return acting.transact((tx) => putIn(tx, acting.me, id, people, acting.now()));
};
const within = async (id: string) =>
  (await members(desk.acting.read, id, { limit: 80 })).items.map((person) => person.name).sort();
const pathOf = (id: string) => `/people/audiences/${id}`;
const say = async (path: string, fields: Record<string, string>, action = path) =>
  browser.send(await browser.get(path), action, fields);
/** A post for Family that everybody in it has. */
const had = async () => {
  const { acting } = desk;
  const draft = { text: "Cake", reach: "chosen" as const, audiences: [family] };
  await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
  await desk.house.store.transact(async (tx) => {
    await tx.job.deleteMany({});
    await tx.delivery.updateMany({ data: { state: "delivered" } });
  });
};

describe("the list of audiences", () => {
  test("says that nobody else knows of them, with names, counts and faces", async () => {
    await put(family, mia, jonas);
    const page = await browser.get("/people/audiences");
    expect(brokenBones(page.text)).toEqual([]);
    expect(wordsOfPage(page.text)).toContain("Neither its name nor who is in it ever leaves your devices.");
    expect(wordsOfPage(page.text)).toMatch(/Family 2\s?Change Family/);
    expect(page.text).toContain(`href="/?audience=${family}"`);
    expect((await browser.get("/people")).text).toContain('href="/people/audiences"');
  });
  test("makes one at once; a name that is taken, or none, comes back with a sentence", async () => {
    const made = await say("/people/audiences", { name: "Choir" });
    expect(made.status).toBe(303);
    for (const [name, words] of [
      ["choir", "There is an audience of that name already."],
      ["  ", "Give it a name."],
    ]) {
      const answer = await say("/people/audiences", { name: name ?? "" });
      expect(answer.status).toBe(422);
      expect(wordsOfPage(answer.text)).toContain(words);
      expect(brokenBones(answer.text)).toEqual([]);
    }
    expect((await audiences(desk.acting.read)).map(({ name }) => name)).toEqual(["Choir", "Family"]);
  });
  test("is paged", async () => {
    for (let n = 10; n < 35; n++) await make(`Circle ${n}`);
    const first = (await browser.get("/people/audiences")).text;
    const next = /href="(\/people\/audiences\?before=\d+)"/.exec(first)?.[1] ?? "";
    const shown = (html: string) => [...html.matchAll(/data-audience="/g)].length;
    expect([shown(first), shown((await browser.get(next)).text)]).toEqual([20, 6]);
  });
  test("shows a name with markup as it was typed", async () => {
    const id = await make('<img src=x onerror="x">');
    for (const path of ["/people/audiences", pathOf(id), `${pathOf(id)}/remove`, `/people/${mia}`, "/"]) {
      const page = await browser.get(path);
      expect(page.text).not.toContain("<img src=x");
      expect(page.text).toContain("&lt;img src=x");
    }
  });
});

describe("one audience", () => {
  test("takes in whom a name or an address means, when that is one person", async () => {
    await say(pathOf(family), { do: "add", add: "mia" });
    await say(pathOf(family), { do: "add", add: "@jonas@jonas.example" });
    expect(await within(family)).toEqual(["Jonas", "Mia"]);
    const page = await browser.follow(await say(pathOf(family), { do: "add", add: "Mia" }));
    expect(wordsOfPage(page.text)).toContain("is in it now, and sees what is for it, earlier posts too.");
  });
  test("shows several of one name to choose from, and says it when there is nobody", async () => {
    const other = await desk.house.meet("Miau", "miau.example");
    const several = await say(pathOf(family), { do: "add", add: "m" });
    expect(several.status).toBe(200);
    expect(brokenBones(several.text)).toEqual([]);
    expect(several.text).toContain(`name="person" value="${other.id}"`);
    expect(await within(family)).toEqual([]);
    await browser.send(several, pathOf(family), { do: "put", person: other.id });
    expect(await within(family)).toEqual(["Miau"]);
    const nobody = await say(pathOf(family), { do: "add", add: "<b>Zoe</b>" });
    expect(nobody.status).toBe(422);
    expect(wordsOfPage(nobody.text)).toContain("<b>Zoe</b>” is known here.");
    expect(nobody.text).toContain('href="/connect#theirs"');
  });
  test("offers who is often together with these", async () => {
    const work = await make("Work");
    await put(work, mia, jonas);
    await put(family, mia);
    const page = await browser.get(pathOf(family));
    expect(wordsOfPage(page.text)).toContain("Often together with these:Jonas");
    await browser.send(page, pathOf(family), { do: "put", person: jonas });
    expect(await within(family)).toEqual(["Jonas", "Mia"]);
  });
  test("lets somebody go, says what they still have, and asks their device when the owner wants", async () => {
    await put(family, mia, jonas);
    await had();
    const answer = await say(pathOf(family), { out: jonas });
    const page = await browser.follow(answer);
    expect(brokenBones(page.text)).toEqual([]);
    expect(wordsOfPage(page.text)).toMatch(/You took .?Jonas.? out of .?Family.?\./);
    expect(wordsOfPage(page.text)).toMatch(/Jonas.? still has 1 post not meant for/);
    expect(wordsOfPage(page.text)).toContain("nobody can force it");
    expect(await within(family)).toEqual(["Mia"]);
    await browser.send(page, pathOf(family), { do: "ask", person: jonas });
    expect(await desk.acting.read.job.count({ where: { kind: "delete" } })).toBe(1);
    expect((await browser.get(String(answer.headers["location"]))).text).not.toContain('value="ask"');
  });
  test("gets another name, and goes with a sentence of what that means", async () => {
    await say(pathOf(family), { do: "rename", name: "Kin" });
    expect((await audiences(desk.acting.read)).map(({ name }) => name)).toEqual(["Kin"]);
    const taken = await make("Work");
    const refused = await say(pathOf(taken), { do: "rename", name: "kin" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="kin"');
    const page = await browser.get(`${pathOf(family)}/remove`);
    expect(brokenBones(page.text)).toEqual([]);
    expect(wordsOfPage(page.text)).toContain("Nobody sees more by that");
    await browser.send(page, `${pathOf(family)}/remove`, {});
    expect((await browser.get(pathOf(family))).status).toBe(404);
  });
  test("that is removed takes along what still waited for the people in it", async () => {
    await put(family, mia);
    const { acting } = desk;
    const draft = { text: "Cake", reach: "chosen" as const, audiences: [family] };
    await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
    expect(await acting.read.job.count({ where: { kind: "post" } })).toBe(1);
    await say(`${pathOf(family)}/remove`, {});
    expect(await acting.read.job.count({ where: { kind: "post" } })).toBe(0);
  });
  test.each([
    ["an id of nobody", { do: "put", person: "0".repeat(32) }, 404],
    ["no act of ours", { do: "burn" }, 400],
    ["somebody who is not in it", { out: "'; DROP TABLE Audience" }, 404],
  ])("asked for %s does nothing", async (_what, fields: Record<string, string>, status) => {
    expect((await say(pathOf(family), fields)).status).toBe(status);
    expect(await within(family)).toEqual([]);
  });
  test("unknown is nothing", async () => {
    for (const id of ["0".repeat(32), "friends", "%27"]) {
      expect((await browser.get(`/people/audiences/${id}`)).status).toBe(404);
    }
  });
});

describe("lists of Mastodon", () => {
  const bring = async (file: string) => {
    const page = await browser.get("/people/audiences");
    const token = /name="form" value="([^"]+)"/.exec(page.text)?.[1];
    const parts = [
      `--x\r\nContent-Disposition: form-data; name="lists"; filename="lists.csv"\r\nContent-Type: text/csv\r\n\r\n${file}\r\n`,
      `--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n${token}\r\n--x--\r\n`,
    ];
    return browser.upload("/people/audiences/import", "x", parts.join(""));
  };
  test("become audiences, and whoever is not known is named with a way to look them up", async () => {
    const page = await bring("Family,mia@mia.example\nChoir,ada@ada.example\n");
    expect(page.status).toBe(200);
    expect(brokenBones(page.text)).toEqual([]);
    expect(wordsOfPage(page.text)).toContain("1 person in 2 audiences.");
    expect(page.text).toContain('name="address" value="ada@ada.example"');
    expect(await within(family)).toEqual(["Mia"]);
  });
  test.each([
    ["what holds no list", "<html>", "There is no list in that file."],
    ["too much", "x".repeat(513 * 1024), "larger than 512 KB"],
  ])("of %s are refused with a sentence", async (_what, file, words) => {
    const page = await bring(file);
    expect(page.status).toBe(422);
    expect(wordsOfPage(page.text)).toContain(words);
    expect(await audiences(desk.acting.read)).toHaveLength(1);
  });
});

describe("the page of a person", () => {
  test("says which audiences they are in, and changes that without script", async () => {
    const work = await make("Work");
    await put(work, jonas);
    const path = `/people/${jonas}`;
    const page = await browser.get(path);
    expect(brokenBones(page.text)).toEqual([]);
    expect(page.text).toMatch(new RegExp(`name="in" value="${work}" checked`));
    const { form } = { form: /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? "" };
    const body = new URLSearchParams({ form, in: family });
    for (const id of [family, work]) body.append("shown", id);
    const answer = await browser.upload(`${path}/audiences`, "y", formOf([...body]));
    expect(await audiencesOf(desk.acting.read, jonas)).toEqual([family]);
    expect(wordsOfPage((await browser.follow(answer)).text)).toMatch(/You took .?Jonas.? out of .?Work/);
  });
  test("leaves alone what did not stand in the form", async () => {
    await put(family, jonas);
    await say(`/people/${jonas}`, { shown: "0".repeat(32) }, `/people/${jonas}/audiences`);
    expect(await audiencesOf(desk.acting.read, jonas)).toEqual([family]);
  });
});

function formOf(fields: [string, string][]): string {
  const parts = fields.map(
    ([name, value]) => `--y\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--y--\r\n`;
}

describe("home", () => {
  test("has a tab for each audience, with what the people in it write, and nothing of others", async () => {
    await put(family, mia);
    const people = await Promise.all(
      [mia, jonas].map((id) => desk.acting.read.person.findUnique({ where: { id } })),
    );
    for (const person of people) {
      const known = await desk.house.meet(person?.handle ?? "", person?.host ?? "");
      await desk.house.hear(known, { html: `<p>From ${known.name}.</p>`, mentionsMe: true });
    }
    const all = await browser.get("/");
    expect(all.text).toContain(`href="/?audience=${family}"`);
    const page = await browser.get(`/?audience=${family}`);
    expect(brokenBones(page.text)).toEqual([]);
    expect(wordsOfPage(page.text)).toContain("From Mia.");
    expect(wordsOfPage(page.text)).not.toContain("From Jonas.");
    expect(wordsOfPage((await browser.get("/?audience=none")).text)).toContain("From Jonas.");
  });
  test("of an audience whose people wrote nothing says so", async () => {
    expect(wordsOfPage((await browser.get(`/?audience=${family}`)).text)).toContain("Nothing of them here");
  });
});
