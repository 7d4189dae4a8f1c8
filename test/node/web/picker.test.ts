import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { publish } from "../../../src/social/posts/publish.ts";
import { type Choosing, openChoosing, type Texts } from "../../support/choosing.ts";
import { hiddenFields } from "../../support/owner-browser.ts";
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
const posts = () => choosing.posts();
const newest = () => choosing.newest();
const toFamily = () => choosing.toFamily();

describe("without script, who that is", () => {
  test("is worked out in words, with whoever is left out, and nothing typed is lost", async () => {
    const page = await write([...toFamily(), ["out", people.Jonas], ["warning", "Sweet"], ["do", "count"]]);
    expect(page.status).toBe(200);
    expect(brokenBones(page.text)).toEqual([]);
    expect(wordsOfPage(page.text)).toContain("Family (3) without Jonas: 2 people");
    expect(page.text).toContain("Post to 2 people</button>");
    expect(page.text).toContain("Cake</textarea>");
    expect(page.text).toContain('value="Sweet"');
    await write([...toFamily(), ["out", people.Jonas], ["do", "post"]], page);
    expect(await newest()).toMatchObject({ reach: "chosen", audiences: [family], without: [people.Jonas] });
    expect((await newest()).delivery?.counts.waiting).toBe(2);
    expect(wordsOfPage((await browser.get("/")).text)).toContain("Family without Jonas");
  });
  test("takes a name that is typed: one is ticked, several are shown, nobody is said", async () => {
    await desk.house.meet("Jonathan", "jonathan.example");
    const one = await write([
      ["reach", "chosen"],
      ["add", "mia"],
      ["do", "add"],
    ]);
    expect(one.text).toMatch(new RegExp(`name="to" value="${people.Mia}" checked`));
    expect(one.text).toContain("Post to 1 person</button>");
    const audience = await write([
      ["reach", "chosen"],
      ["add", "FAMILY"],
      ["do", "add"],
    ]);
    expect(audience.text).toMatch(new RegExp(`name="in" value="${family}" checked`));
    const several = await write([...toFamily(), ["no", "jon"], ["do", "no"]]);
    expect(wordsOfPage(several.text)).toContain("Tick whom you mean");
    expect(several.text).not.toMatch(new RegExp(`name="out" value="${people.Jonas}" checked`));
    const nobody = await write([...toFamily(), ["add", "<i>Zoe</i>"], ["do", "add"]]);
    expect(wordsOfPage(nobody.text)).toContain("<i>Zoe</i>” is known here.");
    expect(nobody.text).not.toContain("<i>Zoe");
    expect(await posts()).toEqual([]);
  });
  test("a name that was typed and not looked at is not passed over: nothing is posted yet", async () => {
    const page = await write([...toFamily(), ["no", "Jonas"], ["do", "post"]]);
    expect(page.status).toBe(422);
    expect(wordsOfPage(page.text)).toContain("Family (3) without Jonas: 2 people");
    expect(wordsOfPage(page.text)).toContain("You typed a name as well.");
    expect(await posts()).toEqual([]);
  });
  test("to more people than the button said is asked once more", async () => {
    const counted = await write([
      ["reach", "chosen"],
      ["to", people.Mia],
      ["do", "count"],
    ]);
    const more = await write([...toFamily(), ["do", "post"]], counted);
    expect(more.status).toBe(422);
    expect(more.text).toContain("Post to 3 people</button>");
    await write([...toFamily(), ["do", "post"]], more);
    expect((await newest()).delivery?.counts.waiting).toBe(3);
  });
  test("everyone, and yet somebody left out, says that they see it too", async () => {
    const fields: Texts = [
      ["reach", "everyone"],
      ["out", people.Jonas],
    ];
    const counted = await write([...fields, ["do", "count"]]);
    expect(wordsOfPage(counted.text)).toMatch(/What everyone may see, .?Jonas.? can see too\./);
    const refused = await write([...fields, ["do", "post"]], counted);
    expect(refused.status).toBe(422);
    expect(await posts()).toEqual([]);
  });
  test("all subscribers are that, and one of them can be left out", async () => {
    const fields: Texts = [
      ["reach", "chosen"],
      ["in", "subscribers"],
      ["out", people.Ben],
    ];
    const page = await write([...fields, ["do", "count"]]);
    expect(wordsOfPage(page.text)).toContain("Subscribers (3) without Ben: 2 people");
    await write([...fields, ["do", "post"]], page);
    expect(await newest()).toMatchObject({ reach: "subscribers", without: [people.Ben] });
  });
  test.each<[string, () => Texts]>([
    [
      "an audience of nobody",
      () => [
        ["reach", "chosen"],
        ["in", "0".repeat(32)],
      ],
    ],
    ["nobody of that id left out", () => [...toFamily(), ["out", "0".repeat(32)]]],
    [
      "a person of nobody",
      () => [
        ["reach", "chosen"],
        ["to", "f".repeat(32)],
      ],
    ],
    [
      "four hundred people of nobody",
      () => [
        ["reach", "chosen"],
        ...Array.from({ length: 400 }, (_, n): [string, string] => ["to", String(n).padStart(32, "0")]),
      ],
    ],
  ])("%s goes to nobody, and the text stays", async (_what, fields) => {
    const page = await write([...fields(), ["do", "post"]]);
    expect(page.status).toBe(422);
    expect(page.text).toContain("Cake</textarea>");
    expect(await posts()).toEqual([]);
  });
  test("ten thousand people in one form are too many to be read", async () => {
    const many = Array.from({ length: 10_000 }, (_, n): [string, string] => [
      "to",
      String(n).padStart(32, "0"),
    ]);
    const page = await write([["reach", "chosen"], ...many, ["do", "post"]]);
    expect(page.status).toBe(413);
    expect(await posts()).toEqual([]);
  });
});

describe("a choice kept for the next ones", () => {
  test("is there again, until another is kept; long posts have their own", async () => {
    await write([...toFamily(), ["out", people.Jonas], ["keep", "yes"], ["do", "post"]]);
    const home = await browser.get("/");
    expect(wordsOfPage(home.text)).toContain("Family (3) without Jonas: 2 people");
    expect(home.text).toContain("Post to 2 people</button>");
    expect((await browser.get("/write")).text).toContain("Post to everyone</button>");
  });
  test("is changed in the settings, for each kind apart", async () => {
    const page = await browser.get("/settings/seen");
    expect(brokenBones(page.text)).toEqual([]);
    const fields: Texts = [
      ["note-reach", "me"],
      ["article-reach", "chosen"],
      ["article-in", family],
    ];
    const looked = await send(page, "/settings/seen", [...fields, ["do", "article-count"]]);
    expect(wordsOfPage(looked.text)).toContain("Family (3): 3 people");
    expect((await send(looked, "/settings/seen", [...fields, ["do", "save"]])).status).toBe(303);
    expect((await browser.get("/")).text).toContain("Keep for me</button>");
    expect((await browser.get("/write")).text).toContain("Post to 3 people</button>");
  });
});

describe("a post for everyone after ten that were not", () => {
  test("is a question, with the text kept; then it is not asked again", async () => {
    const { acting } = desk;
    for (let n = 0; n < 10; n++) {
      await acting.transact((tx) =>
        publish(tx, acting.me, { text: `${n}`, reach: "me" }, acting.now(), acting.random),
      );
    }
    const asked = await write([
      ["reach", "everyone"],
      ["do", "post"],
    ]);
    expect(asked.status).toBe(422);
    expect(brokenBones(asked.text)).toEqual([]);
    expect(wordsOfPage(asked.text)).toContain("Is this one for everyone?");
    expect(asked.text).toContain("Cake</textarea>");
    expect(await posts()).toHaveLength(10);
    const again = await write(
      [
        ["reach", "everyone"],
        ["do", "count"],
      ],
      asked,
    );
    expect(again.text).toContain("Post to everyone</button>");
    expect(await posts()).toHaveLength(10);
    await write(
      [
        ["reach", "everyone"],
        ["do", "everyone"],
      ],
      asked,
    );
    expect(await newest()).toMatchObject({ reach: "everyone", source: "Cake" });
    expect(
      (
        await write([
          ["reach", "everyone"],
          ["do", "post"],
        ])
      ).status,
    ).toBe(303);
    expect(await posts()).toHaveLength(12);
  });
});

test("a script asks what a choice means, and gets the same words", async () => {
  const page = await browser.get("/");
  const token = hiddenFields(page.text, "/posts")["form"] ?? "";
  const body = { form: token, prefix: "", reach: "chosen", in: family, out: people.Jonas, text: "" };
  const answer = await browser.post("/who", body);
  expect(answer.status).toBe(200);
  expect(wordsOfPage(answer.text)).toContain("Family (3) without Jonas: 2 people");
  expect(answer.text).toContain('data-said="chosen:2"');
  expect((await browser.post("/who", { ...body, form: "" })).status).not.toBe(200);
  expect((await browser.post("/who", { ...body, prefix: '"><b>' })).status).toBe(400);
});
