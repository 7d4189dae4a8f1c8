import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { block } from "../../../src/social/people/block.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type Answer, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";
import { FINGERPRINTS, openTalkDesk, type TalkDesk } from "../../support/talk-desk.ts";

let talk: TalkDesk;
let browser: OwnerBrowser;
let mia: PersonView;

beforeEach(async () => {
  talk = await openTalkDesk();
  browser = ownerBrowser(talk.desk);
  await browser.enter();
  mia = await talk.meet("Mia");
});
afterEach(() => talk[Symbol.asyncDispose]());

const path = (more = "") => `/messages/${mia.id}${more}`;
async function page(at = path()): Promise<Answer> {
  const got = await browser.get(at);
  expect([got.status, brokenBones(got.text)], at).toEqual([200, []]);
  expect(/<title>([^<]*)/.exec(got.text)?.[1]).toMatch(/^(Messages|Settings|Home) · TSSOP$/);
  return got;
}
const press = async (fields: Record<string, string>, action = path(), on = action) =>
  browser.send(await page(on), action, fields);
const setState = (id: string, data: { state?: string; kind?: string; signedBy?: string }) =>
  talk.desk.acting.transact((tx) => tx.message.update({ where: { id }, data }));
const newest = async () => {
  const [first] = await talk.messages(mia);
  if (first === undefined) throw new Error("no message");
  return first;
};

describe("a message", () => {
  test.each([
    ["delivered", "delivered"],
    ["stopped", "did not get there"],
    ["waiting", "waiting for their device"],
  ])("that is %s says so in words", async (state, words) => {
    await setState(await talk.writes(mia, "Ten it is"), { state });
    expect(wordsOfPage((await page()).text)).toContain(words);
  });

  test("that did not get there is put into the field again by a link, below what was begun", async () => {
    const id = await talk.writes(mia, "Ten it is");
    await setState(id, { state: "stopped" });
    await press({ do: "save", text: "begun" });
    expect((await page()).text).toContain(`${path()}?with=${id}#say`);
    expect((await page(`${path()}?with=${id}`)).text).toContain(">begun\nTen it is</textarea>");
  });

  test("that could not be opened asks to be sent again", async () => {
    await talk.says(mia, "x");
    await setState((await newest()).id, { kind: "lost" });
    const got = await page();
    expect(wordsOfPage(got.text)).toContain("can no longer open");
    expect(got.text).toContain(`${path()}?with=lost#say`);
    expect((await page(`${path()}?with=lost`)).text).toContain("Please send it once more.</textarea>");
  });

  test("of another conversation is neither quoted, nor put into the field, nor changed from here", async () => {
    const tom = await talk.meet("Tom");
    const id = await talk.writes(tom, "only for Tom");
    for (const more of [`?reply=${id}`, `?with=${id}`])
      expect((await page(path(more))).text, more).not.toContain("only for Tom</");
    const shown = await page();
    for (const what of ["edit", "delete"]) {
      expect((await browser.get(path(`/${what}/${id}`))).status, what).toBe(404);
      const token = /name="form" value="([^"]*)"/.exec(shown.text)?.[1] ?? "";
      expect((await browser.post(path(`/${what}/${id}`), { form: token, scope: "both" })).status).toBe(404);
    }
    expect((await talk.messages(tom))[0]?.text).toBe("only for Tom");
  });

  test("that came without encryption bears a mark", async () => {
    await talk.says(mia, "open words");
    await setState((await newest()).id, { signedBy: "" });
    expect(wordsOfPage((await page()).text)).toContain("not encrypted");
  });
});

describe("hostile words", () => {
  const turned = "\u202egpj.exe\u202c";
  test.each([
    ["HTML", '<b onclick="x()">bold</b><iframe src="//evil.example"></iframe>', "<iframe"],
    ["a picture", "![x](http://evil.example/x.png)", "<img src"],
    ["a script as an address", "javascript:alert(1) [x](javascript:alert(1))", 'href="javascript'],
    ["an address in marks", '**http://evil.example/"onload="x**', '"onload="'],
  ])("%s stays text", async (_what, words, never) => {
    await talk.says(mia, words);
    for (const at of [path(), "/messages"]) {
      const main = (await page(at)).text.replace(/.*<main/s, "");
      expect(main, at).not.toContain(never);
      expect(main, at).not.toMatch(/(?:href|src)="(?:https?:)?\/\/evil/);
    }
  });

  test("letters that turn the direction turn nothing outside of their message, and end an address", async () => {
    await talk.says(mia, `look http://good.example/${turned}`);
    const { text } = await page();
    expect(text).toMatch(/<a href="\/leave\/[0-9a-f]{32}" dir="ltr">http:\/\/good\.example\/<\/a>/);
    expect(text).toMatch(/<div class="said-text" dir="auto">/);
    expect((await page("/messages")).text).toMatch(/<bdi>[^<]*\u202egpj/);
  });

  test("a name that reads from right to left is isolated wherever it stands in a sentence", async () => {
    await talk.change(mia, { name: "ليلى" });
    await talk.putKey(mia, FINGERPRINTS.first, "used");
    await talk.putKey(mia, FINGERPRINTS.other, "offered");
    expect((await page()).text).toContain("<bdi>ليلى</bdi>’s key has changed");
    expect((await page(path("/verify"))).text).toContain("Is it really <bdi>ليلى</bdi>?");
  });

  test("twenty thousand letters of marks are about as much work as as many of words", async () => {
    const work = async (units: string[]) => {
      for (const unit of units) await talk.says(mia, unit.repeat(Math.floor(20_000 / unit.length)));
      await page();
      const before = process.cpuUsage();
      await page();
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const words = await work(Array(6).fill("words "));
    // What looks again at each mark would take thousands of times as long.
    expect(await work(["*", "`", "**a", "> ", "http://", "*a "])).toBeLessThan(50 * words);
  });
});

describe("what is looked for", () => {
  test("stands in no address: the forms post, and older ones are asked for by a button", async () => {
    for (let count = 0; count < 25; count += 1) await talk.says(mia, `anchor ${count}`);
    const first = await press({ q: "anchor" }, "/messages/search", "/messages");
    expect(first.text).toContain("anchor 24");
    expect(first.text).not.toMatch(/(?:href|action)="[^"]*anchor/);
    const before = /name="before" value="(\d{21})"/.exec(first.text)?.[1] ?? "";
    const second = await browser.send(first, "/messages/search", { q: "anchor", before });
    expect(second.text).toMatch(/anchor 0</);
    expect(second.text).not.toContain("anchor 24");
    const found = /href="(\/messages\/[0-9a-f]+\?before=\d{21})#m[0-9a-f]{32}"/.exec(second.text)?.[1] ?? "";
    expect((await page(found)).text).toContain("anchor 4<");
    expect((await browser.get("/messages/search")).status).toBe(303);
  });
});

describe("whom nothing goes to", () => {
  test("before their device was seen, what is written waits", async () => {
    await talk.change(mia, { keyUri: "" });
    const got = await page();
    expect(wordsOfPage(got.text)).toContain("Their device was not seen yet.");
    expect(got.text).toContain('value="send"');
  });

  test("who is blocked is not written to, and nothing can be pressed", async () => {
    await talk.says(mia, "before");
    const before = await page();
    await talk.desk.acting.transact((tx) => block(tx, mia.id, talk.desk.acting.now()));
    const got = await page();
    expect(got.text).not.toContain('value="send"');
    expect(wordsOfPage(got.text)).toMatch(/You blocked .*Mia/);
    const refused = await browser.send(before, path(), { do: "send", text: "all the same" });
    expect(refused.status).toBe(422);
    expect((await talk.messages(mia)).map(({ text }) => text)).toEqual(["before"]);
  });

  test("the owner, a guest and nobody have no conversation", async () => {
    for (const odd of [talk.desk.acting.me.ownerId, "0".repeat(32), "x", "__proto__"])
      for (const more of ["", "/verify", "/timer"])
        expect((await browser.get(`/messages/${odd}${more}`)).status, odd + more).toBe(404);
  });
});

test("a key that was only seen first can be called verified, or not theirs", async () => {
  await talk.putKey(mia, FINGERPRINTS.first, "used");
  const at = path("/verify");
  const got = await page(at);
  expect(got.text).toMatch(/class="digits"/);
  expect(got.text).toContain("They do not match");
  const differ = await browser.follow(await browser.send(got, at, { do: "differ", key: FINGERPRINTS.first }));
  expect(wordsOfPage(differ.text)).toContain("It counts as not verified from now on.");
  const gone = await press({ do: "match", key: FINGERPRINTS.other }, at);
  expect(wordsOfPage(gone.text)).toContain("Their key is another one by now.");
});

describe("notices by the browser", () => {
  const news = async () => JSON.parse((await browser.get("/live/messages")).text);
  const settings = "/settings/messages";
  test("name nobody and nothing until the owner wants it", async () => {
    expect(await news()).toMatchObject({ count: 0 });
    await talk.says(mia, "the boat is free");
    expect(await news()).toEqual({ count: 1, quiet: false, title: "TSSOP", text: "A new message" });
    await press({ hide: "no" }, settings);
    expect(await news()).toEqual({ count: 1, quiet: false, title: "Mia", text: "the boat is free" });
  });

  test("are quiet in the hours that were set, over midnight too; half a pair is asked about", async () => {
    const hour = (later: number) =>
      `${String((new Date(talk.desk.acting.now()).getHours() + later + 24) % 24).padStart(2, "0")}:00`;
    await press({ from: hour(-1), to: hour(2) }, settings);
    expect(await news()).toMatchObject({ quiet: true });
    await press({ from: hour(2), to: hour(-1) }, settings);
    expect(await news()).toMatchObject({ quiet: false });
    const half = await press({ from: "22:00", to: "" }, settings);
    expect(half.status).toBe(422);
    expect(half.text).toContain("Give both times, or neither.");
    expect(half.text).toContain('value="22:00"');
    await press({ from: "", to: "" }, settings);
    expect((await page(settings)).text).not.toContain('value="22:00"');
  });

  test("are told to nobody who is not in", async () => {
    const answer = await ownerBrowser(talk.desk).get("/live/messages");
    expect(answer.headers["content-type"]).toContain("text/html");
    expect(answer.text).not.toContain('"count"');
  });
});

test("what is older than the owner keeps goes as soon as that is chosen", async () => {
  await talk.says(mia, "long ago");
  const old = new Date(talk.desk.acting.now() - 40 * 24 * 60 * 60_000);
  await talk.desk.acting.transact((tx) => tx.message.updateMany({ data: { receivedAt: old } }));
  await press({ keep: "2419200" }, "/settings/messages");
  expect(await talk.messages(mia)).toEqual([]);
});
