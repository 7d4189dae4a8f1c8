import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Choosing, openChoosing, type Texts } from "../../support/choosing.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

let choosing: Choosing;
let desk: Choosing["desk"];
let browser: Choosing["browser"];
let family: string;
let people: Choosing["people"];

beforeEach(async () => {
  choosing = await openChoosing();
  ({ desk, browser, family, people } = choosing);
});
afterEach(() => choosing[Symbol.asyncDispose]());

const write: Choosing["write"] = (fields, page) => choosing.write(fields, page);
const send: Choosing["send"] = (page, action, fields) => choosing.send(page, action, fields);
const newest = () => choosing.newest();
const toFamily = () => choosing.toFamily();

describe("who may answer", () => {
  test("is chosen while writing, and closed afterwards", async () => {
    await write([...toFamily(), ["answers", "chosen"], ["answer-to", people.Mia], ["do", "post"]]);
    const { sortKey, id } = await newest();
    const answerable = async () => (await desk.acting.read.post.findUnique({ where: { id } }))?.answerable;
    expect(await answerable()).toBe(`chosen|${people.Mia}||`);
    const path = `/posts/${sortKey}/audience`;
    const page = await browser.get(path);
    expect(brokenBones(page.text)).toEqual([]);
    expect(page.text).toMatch(new RegExp(`name="answer-to" value="${people.Mia}" checked`));
    await send(page, path, [
      ["answers", "subscribers"],
      ["do", "answers"],
    ]);
    expect(await answerable()).toBe("subscribers|||");
    await send(page, path, [["do", "close"]]);
    expect(await answerable()).toBe("me|||");
  });
  test("a name typed there is not passed over either", async () => {
    const page = await write([...toFamily(), ["answers", "chosen"], ["answer-add", "Mia"], ["do", "post"]]);
    expect(page.status).toBe(422);
    expect(page.text).toMatch(new RegExp(`name="answer-to" value="${people.Mia}" checked`));
  });
});

describe("who sees a post that is there", () => {
  test("is changed after it was said what that does", async () => {
    await write([...toFamily(), ["do", "post"]]);
    await desk.house.store.transact(async (tx) => {
      await tx.job.deleteMany({});
      await tx.delivery.updateMany({ data: { state: "delivered" } });
    });
    const dora = await desk.house.meet("Dora", "dora.example");
    const { sortKey } = await newest();
    const path = `/posts/${sortKey}/audience`;
    const fields: Texts = [...toFamily(), ["to", dora.id], ["out", people.Jonas]];
    const unseen = await send(await browser.get(path), path, [...fields, ["do", "change"]]);
    expect((await newest()).without).toEqual([]);
    const page = await send(await browser.get(path), path, [...fields, ["do", "look"]]);
    for (const one of [unseen, page]) {
      expect(brokenBones(one.text)).toEqual([]);
      expect(wordsOfPage(one.text)).toMatch(/New, so it goes to them: .?Dora.?\./);
      expect(wordsOfPage(one.text)).toMatch(/Jonas.? has it already and will not see it here any more/);
    }
    await send(page, path, [...fields, ["ask", "yes"], ["do", "change"]]);
    expect(await newest()).toMatchObject({ audiences: [family], without: [people.Jonas] });
    const kinds = (await desk.acting.read.job.findMany({})).map(({ kind, peer }) => `${kind} ${peer}`);
    expect(kinds.filter((one) => !one.startsWith("fetch")).sort()).toEqual([
      "delete jonas.example",
      "post dora.example",
    ]);
  });
  test("is not changed to another choice than the one that was looked at", async () => {
    await write([...toFamily(), ["do", "post"]]);
    const { sortKey } = await newest();
    const path = `/posts/${sortKey}/audience`;
    const page = await send(await browser.get(path), path, [
      ...toFamily(),
      ["out", people.Jonas],
      ["do", "look"],
    ]);
    const other = await send(page, path, [
      ["reach", "everyone"],
      ["do", "change"],
    ]);
    expect(wordsOfPage(other.text)).toContain("Whatever everyone saw cannot be taken back.");
    expect((await newest()).reach).toBe("chosen");
  });
  test("is not made secret again once everyone could see it: that is said, and nothing is offered", async () => {
    await write([
      ["reach", "everyone"],
      ["do", "post"],
    ]);
    const { sortKey } = await newest();
    const path = `/posts/${sortKey}/audience`;
    const page = await browser.get(path);
    expect(wordsOfPage(page.text)).toContain("it cannot be made secret any more");
    expect(page.text).not.toContain('name="reach"');
    const refused = await send(page, path, [...toFamily(), ["do", "look"]]);
    expect(refused.status).toBe(422);
    expect((await newest()).reach).toBe("everyone");
  });
  test("is the owner's to change of own posts only", async () => {
    const person = await desk.house.meet("Zoe", "zoe.example");
    const key = await desk.house.hear(person, { html: "<p>Hi</p>", mentionsMe: true });
    expect((await browser.get(`/posts/${key}/audience`)).status).toBe(403);
  });
});
