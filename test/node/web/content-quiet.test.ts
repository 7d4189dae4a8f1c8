import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { ownMoves } from "../../../src/social/moving/moving.ts";
import { listWords } from "../../../src/social/muting/list-words.ts";
import { personById } from "../../../src/social/people/find.ts";
import { savePerson } from "../../../src/social/people/save-person.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { receivePost } from "../../../src/social/posts/receive-post.ts";
import { receiveReport } from "../../../src/social/reports/receive-report.ts";
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

const page = async (path: string) => {
  const answer = await browser.get(path);
  expect(brokenBones(answer.text), path).toEqual([]);
  return answer;
};
const now = async (id = mia.id): Promise<PersonView> => {
  const person = await personById(desk.acting.read, id);
  if (person === null) throw new Error("nobody");
  return person;
};
const send = async (path: string, action: string, fields: Record<string, string>) =>
  browser.follow(await browser.send(await browser.get(path), action, fields));

describe("somebody not to be seen for a while", () => {
  const path = () => `/people/${mia.id}`;

  test("leaves home at once, their page says until when, and one button ends it", async () => {
    await desk.house.hear(mia, { html: "<p>loud words</p>", mentionsMe: true });
    expect((await page("/")).text).toContain("loud words");
    const muted = await send(path(), path(), { do: "mute", for: "week", notices: "yes" });
    expect(wordsOfPage(muted.text)).toContain("You do not see their posts until");
    expect((await page("/")).text).not.toContain("loud words");
    expect((await page("/notices")).text).not.toContain("loud words");
    expect((await page("/people?tab=muted")).text).toContain(path());
    expect(muted.text).toContain("loud words");
    await desk.acting.transact((tx) => tx.muted.updateMany({ data: { until: new Date(1) } }));
    expect((await page("/")).text).toContain("loud words");
    expect((await page(path())).text).not.toContain("You do not see their posts");
    await send(path(), path(), { do: "mute", for: "always", notices: "yes" });
    expect((await page("/")).text).not.toContain("loud words");
    await send(path(), path(), { do: "unmute" });
    expect((await now()).muted).toBeNull();
    expect((await page("/")).text).toContain("loud words");
  });

  test("is folded in a thread, with the reason", async () => {
    const { acting } = desk;
    const id = await acting.transact((tx) =>
      publish(tx, acting.me, { text: "a question", reach: "everyone" }, acting.now(), acting.random),
    );
    const own = await acting.read.post.findUniqueOrThrow({ where: { id } });
    const answer = { uri: `http://${ONION}/posts/a`, authorId: mia.id, html: "<p>loud words</p>" };
    const card = {
      ...{ kind: "note", title: "", warning: "", language: "", url: "", reach: "everyone" as const },
      ...{ publishedAt: acting.now(), editedAt: 0, replyToUri: own.uri, mentions: [], to: [] },
      ...answer,
    };
    await acting.transact((tx) => receivePost(tx, acting.me, card, acting.now()));
    await send(path(), path(), { do: "mute", for: "always", notices: "yes" });
    const thread = await page(`/posts/${own.sortKey}`);
    expect(wordsOfPage(thread.text)).toMatch(
      /Hidden: you do not want to see mia for now\s*Show\s*loud words/,
    );
  });

  test("is not muted for a time nobody offers", async () => {
    const answer = await browser.send(await browser.get(path()), path(), { do: "mute", for: "constructor" });
    expect(answer.status).toBe(400);
    expect((await now()).muted).toBeNull();
  });
});

describe("words", () => {
  test("are added, fold or hide posts with the reason, and are changed and removed", async () => {
    await desk.house.hear(mia, { html: "<p>Football tonight</p>", mentionsMe: true });
    const path = "/settings/words";
    const added = await send(path, path, { words: "football", whole: "yes", action: "warn", lasting: "day" });
    expect(wordsOfPage(added.text)).toContain("footballwhole words, folded, until");
    expect(brokenBones(added.text)).toEqual([]);
    expect(wordsOfPage((await page("/")).text)).toMatch(
      /Hidden because of: football\s*Show\s*Football tonight/,
    );
    expect(wordsOfPage((await page("/notices")).text)).toContain("Hidden because of: football");
    expect((await page("/notices")).text).not.toContain("Football tonight");

    const [word] = await listWords(desk.acting.read);
    const one = `${path}/${word?.id}`;
    expect((await page(one)).text).toContain('value="football"');
    await send(one, one, { words: "tonight", whole: "yes", action: "hide", lasting: "keep" });
    expect(await listWords(desk.acting.read)).toMatchObject([
      { words: "tonight", until: word?.until, action: "hide" },
    ]);
    expect((await page("/")).text).not.toContain("Football");
    expect((await page("/notices")).text).not.toContain("Hidden");
    await send(path, `${one}/remove`, {});
    expect(await listWords(desk.acting.read)).toEqual([]);
    expect((await page("/")).text).toContain("Football tonight");
    expect((await browser.get(one)).status).toBe(404);
  });

  test("that are none are said to be none, and stay in the form", async () => {
    const path = "/settings/words";
    const answer = await browser.send(await browser.get(path), path, {
      words: "\u200b",
      whole: "no",
      action: "hide",
      lasting: "week",
    });
    expect(answer.status).toBe(422);
    expect(brokenBones(answer.text)).toEqual([]);
    expect(answer.text).toContain("Write something first.");
    expect(answer.text).toMatch(/name="action" value="hide" checked/);
  });
});

describe("a report", () => {
  const path = () => `/people/${mia.id}/report`;

  test("says to whom it would go, and proposes to block alone", async () => {
    await desk.house.hear(mia, { html: "<p>bad words</p>", mentionsMe: true });
    const form = await page(path());
    expect(wordsOfPage(form.text)).toContain("Your report goes to mia’s own device");
    expect(form.text).toContain("It goes to the device of @mia@25nj…5sid.onion.");
    expect(wordsOfPage(form.text)).toMatch(/Block mia.*Send to mia’s device/);
    expect(form.text.match(/class="btn main-do"/g)).toHaveLength(1);
    await browser.send(form, path(), { doing: "block", text: "words" });
    expect((await now()).blocked).toBe(true);
    expect(await desk.acting.read.report.count()).toBe(0);
    expect(await desk.acting.read.job.count({ where: { kind: "report" } })).toBe(0);
  });

  test("goes out with words and posts when that is chosen, and is listed", async () => {
    const sortKey = await desk.house.hear(mia, { html: "<p>bad words</p>", mentionsMe: true });
    expect((await page("/")).text).toContain(`/people/${mia.id}/report?post=${sortKey}`);
    const form = await page(`${path()}?post=${sortKey}`);
    expect(form.text).toMatch(new RegExp(`name="post" value="${sortKey}" checked`));
    await browser.send(form, path(), { doing: "send", text: "unkind", post: sortKey });
    expect((await now()).blocked).toBe(false);
    expect(await desk.acting.read.job.count({ where: { kind: "report" } })).toBe(1);
    const list = await page("/settings/reports");
    expect(wordsOfPage(list.text)).toMatch(/About mia.*unkind.*bad words/);
    const long = await browser.send(form, path(), { doing: "send", text: "x".repeat(2_001) });
    expect(long.status).toBe(422);
    expect(brokenBones(long.text)).toEqual([]);
  });

  test("about the owner stands in notices and in the list, and can be removed", async () => {
    const { acting } = desk;
    const card = { uri: "http://x/1", words: "rude <b>", aboutOwner: true, postUris: [] };
    await acting.transact((tx) => receiveReport(tx, acting.me, mia.id, card, acting.now()));
    expect((await page("/notices")).text).toContain('href="/settings/reports"');
    const list = await page("/settings/reports");
    expect(list.text).toContain("rude &lt;b>");
    const { id } = await acting.read.report.findFirstOrThrow();
    await send("/settings/reports", `/settings/reports/${id}/remove`, {});
    expect(await acting.read.report.count()).toBe(0);
  });
});

describe("moving", () => {
  const path = "/settings/moving";
  const known = (values: object) =>
    desk.acting.transact((tx) =>
      savePerson(
        tx,
        {
          ...{
            uri: mia.uri,
            handle: "mia",
            host: ONION,
            name: "mia",
            aboutHtml: "",
            url: "",
            sharedInbox: "",
          },
          ...{ inbox: `${mia.uri}/inbox`, followersUri: "", outboxUri: "", featuredUri: "", pictureUrl: "" },
          ...{ approves: true, automated: false },
          ...values,
        },
        Date.now(),
      ),
    );

  test("here from an earlier address: it is looked up, named and forgotten again", async () => {
    desk.acting.lookUp = async () => ({ personId: mia.id });
    const added = await send(path, `${path}/from`, { from: `mia@${ONION}` });
    expect(added.text).toContain(`@mia@${ONION}`);
    expect(brokenBones(added.text)).toEqual([]);
    expect((await ownMoves(desk.acting.read, desk.acting.me)).aliases).toEqual([mia.uri]);
    await send(path, `${path}/forget`, { uri: mia.uri });
    expect((await ownMoves(desk.acting.read, desk.acting.me)).aliases).toEqual([]);
    desk.acting.lookUp = async () => {
      throw new NodeError("peer-off", "off");
    };
    const off = await browser.send(await browser.get(path), `${path}/from`, { from: "mia@x" });
    expect(off.status).toBe(422);
    expect(off.text).toContain("not on right now");
    expect(off.text).toContain('value="mia@x"');
  });

  test("away needs the new address to name this one, and the passphrase; then every page says so", async () => {
    desk.acting.lookUpAnew = async () => ({ personId: mia.id });
    const own = `@${desk.acting.me.handle}@${desk.acting.me.onion}`;
    const unnamed = await browser.send(await browser.get(path), `${path}/to`, { to: `mia@${ONION}` });
    expect(wordsOfPage(unnamed.text)).toContain(`add ${own} there`);
    await known({ aliases: desk.acting.me.ownerUri });
    const asked = await browser.send(await browser.get(path), `${path}/to`, { to: `mia@${ONION}` });
    expect(asked.text).toContain("Nobody subscribes to you, so nobody is told.");
    expect(brokenBones(asked.text)).toEqual([]);
    const wrong = await browser.send(asked, `${path}/go`, { passphrase: "guess" });
    expect(wrong.text).toContain("That is not the passphrase.");
    expect((await ownMoves(desk.acting.read, desk.acting.me)).to).toBe("");
    await browser.send(asked, `${path}/go`, { passphrase: desk.passphrase });
    expect((await ownMoves(desk.acting.read, desk.acting.me)).to).toBe(mia.uri);
    for (const place of ["/", "/profile", path, "/settings"]) {
      expect(wordsOfPage((await page(place)).text), place).toContain("You have moved to");
    }
    await send(path, `${path}/back`, {});
    expect((await ownMoves(desk.acting.read, desk.acting.me)).to).toBe("");
    expect(wordsOfPage((await page(path)).text)).toContain("You can move again in 7 days.");
  });

  test("of somebody else is certain only when the new place says so", async () => {
    const ben = await desk.house.meet("ben", ONION);
    await known({ movedToUri: ben.uri, aliases: "http://elsewhere.example/@mia" });
    expect((await page(`/people/${mia.id}`)).text).toContain("http://elsewhere.example/@mia");
    expect(wordsOfPage((await page(`/people/${mia.id}`)).text)).toContain("has not been confirmed");
    await desk.acting.transact((tx) =>
      tx.person.update({ where: { id: ben.id }, data: { aliases: mia.uri } }),
    );
    const certain = await page(`/people/${mia.id}`);
    expect(wordsOfPage(certain.text)).toContain(`mia has moved to @ben@${ONION}`);
  });
});
