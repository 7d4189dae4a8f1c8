import { afterEach, beforeEach, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { systemRandom } from "../../../src/lib/ids.ts";
import { trustIn } from "../../../src/social/messages/keys/trust.ts";
import { readCode, writtenCode } from "../../../src/social/messages/together/code.ts";
import { receiveTogether } from "../../../src/social/messages/together/receive.ts";
import { ownCard, showingNow } from "../../../src/social/messages/together/show.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";
import { KEY, type Talker, talker } from "../../support/talk.ts";

const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";
const TOKEN = "0c".repeat(16);

let desk: OwnerDesk;
let browser: OwnerBrowser;
let mia: Talker;
beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = await talker(desk, "mia", ONION);
  await mia.putKey(KEY, "used");
  desk.acting.lookUp = async () => ({ personId: mia.person.id });
});
afterEach(() => desk[Symbol.asyncDispose]());

async function page(path: string) {
  const got = await browser.get(path);
  expect(got.status).toBe(200);
  expect(brokenBones(got.text)).toEqual([]);
  return got;
}
const does = async (path: string, fields: Record<string, string>, from = path) =>
  browser.follow(await browser.send(await page(from), path, fields));
const showing = () => showingNow(desk.acting.read, desk.acting.me, desk.acting.now());
const trust = () => trustIn(desk.acting.read, mia.person.id);
const scanned = async (token: string) => {
  const coming = { personId: mia.person.id, signedBy: KEY, arrivedAt: desk.acting.now() };
  await desk.acting.transact((tx) => receiveTogether(tx, { token, yes: false }, coming));
};
const theirs = (token = TOKEN) =>
  writtenCode({ origin: `http://${ONION}`, handle: "mia" }, { fingerprint: KEY, token });

test("a code is shown as a picture and as text, says until when it is good, and can be ended", async () => {
  expect((await page("/together")).text).toContain("We are together");
  const shown = await does("/together", { do: "show" });
  expect(shown.text).toContain("Let them scan this");
  const { code = "" } = (await showing()) ?? {};
  expect(readCode(code)).toMatchObject({ address: expect.stringContaining(desk.acting.me.onion) });
  expect(shown.text).toContain(code.replace("&", "&amp;"));
  expect((await browser.get("/together/code.png")).headers["content-type"]).toBe("image/png");
  const ended = await does("/together", { do: "end" });
  expect(ended.text).toContain("It is not good any more.");
  expect(await showing()).toBeNull();
  expect((await browser.get("/together/code.png")).status).toBe(422);
});

test("somebody scanned: the page asks who it is, and a yes verifies them", async () => {
  await does("/together", { do: "show" });
  const { token = "" } = (await showing()) ?? {};
  await scanned(token);
  const asks = await page("/together");
  expect(asks.text).toContain("just scanned: are they here?");
  expect(asks.text).toContain(`@mia@${ONION}`);
  expect((await trust()).kind).toBe("pinned");
  const done = await does("/together", { do: "yes", code: token });
  expect(done.text).toContain("is verified");
  expect(await trust()).toMatchObject({ kind: "verified", how: "together" });
});

test("a no verifies nobody, and the question is gone", async () => {
  await does("/together", { do: "show" });
  const { token = "" } = (await showing()) ?? {};
  await scanned(token);
  const said = await does("/together", { do: "no", code: token });
  expect(said.text).toContain("Nothing was verified");
  expect(await trust()).toMatchObject({ kind: "pinned" });
  // Another page still had the buttons.
  const late = await browser.send(await page("/together"), "/together", { do: "yes", code: token });
  expect(late.text).toContain("That code is not good any more.");
  expect(await trust()).toMatchObject({ kind: "pinned" });
});

test("a pasted code asks whether the two are together, and verifies only then", async () => {
  const asks = await does("/connect", { address: ` ${theirs()}\n` });
  expect(asks.text).toContain("Yes, we are together");
  expect((await trust()).kind).toBe("pinned");
  const path = `/together/${mia.person.id}`;
  const waits = await does(path, { do: "yes" });
  expect(waits.text).toContain("asks now whether it is you");
  expect(await trust()).toMatchObject({ kind: "verified", how: "together" });
  await mia.say({ kind: "together", token: TOKEN, yes: true });
  expect((await page(path)).text).toContain("On both devices.");
});

test("whoever is not with them says no, and nothing was sent", async () => {
  await does("/connect", { address: theirs() });
  const path = `/together/${mia.person.id}`;
  await does(path, { do: "no" });
  expect((await trust()).kind).toBe("pinned");
  expect(await desk.acting.read.letter.count()).toBe(0);
  expect((await page(path)).text).toContain("No code of theirs was scanned");
});

test("a card leads to the person and verifies nothing; another key on it is said", async () => {
  const person = await does("/connect", { address: theirs("") });
  expect(person.text).toContain("mia@25nj…5sid.onion");
  expect((await trust()).kind).toBe("pinned");
  const path = `/messages/${mia.person.id}/verify`;
  expect((await page(path)).text).toContain("The card you scanned names this key.");
  await does("/connect", { address: theirs("").replace(KEY, "ef".repeat(32)) });
  expect((await page(path)).text).toContain("The card you scanned names another key.");
});

test("what keeps a code from being used is said, and it can be tried again", async () => {
  await does("/connect", { address: theirs() });
  const path = `/together/${mia.person.id}`;
  const { checkKey } = desk.acting;
  desk.acting.checkKey = async () => {
    throw new NodeError("together-other-key", "another");
  };
  const wrong = await browser.send(await page(path), path, { do: "yes" });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("The code names another key than their address does.");
  desk.acting.checkKey = checkKey;
  await does(path, { do: "yes" });
  expect((await trust()).kind).toBe("verified");
});

test("the own card is the picture on the page that shows the address, and names the key", async () => {
  const card = await ownCard(desk.acting.read, desk.acting.me);
  expect(readCode(card)).toMatchObject({ token: "", fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect((await browser.get("/connect/qr.png")).headers["content-type"]).toBe("image/png");
});

test("codes of others' making are none", () => {
  for (const text of [
    "",
    "#",
    `http://${ONION}/@mia`,
    `http://${ONION}/@mia#key=zz`,
    `http://${ONION}/@mia#key=${KEY}#key=${KEY}`,
    `http://${ONION}/@mia#together=1&key=${KEY}`,
    `#key=${KEY}`,
    `http://${ONION}/@mia#together=${TOKEN}`,
  ])
    expect(readCode(text), text).toBeNull();
  const token = systemRandom(16).toString("hex");
  expect(
    readCode(theirs(token).toUpperCase().replace("KEY", "key").replace("TOGETHER", "together")),
  ).toMatchObject({ token, fingerprint: KEY });
});

const WORDS = ["anchor", "basket", "cabbage", "dawn", "eagle", "fabric", "galaxy", "habit"];

test("eight words are shown to be read aloud, and who typed them is asked about", async () => {
  const offered: string[] = [];
  desk.acting.offerByPhone = async (text) => {
    offered.push(text);
    return { words: WORDS, until: Date.now() + 600_000, taken: Promise.resolve(true) };
  };
  const shown = await does("/together", { do: "phone" });
  for (const word of WORDS) expect(shown.text).toContain(`<li>${word}</li>`);
  const { token = "", code } = (await showing()) ?? {};
  expect(offered).toEqual([code]);
  expect((await page("/together")).text).toContain("The words were used just now.");
  await scanned(token);
  expect((await page("/together")).text).toContain("just typed the words: are they on the phone with you?");
  await does("/together", { do: "yes", code: token });
  expect(await trust()).toMatchObject({ kind: "verified", how: "phone" });
});

test("without a connection no words are shown, and the page says so", async () => {
  desk.acting.offerByPhone = async () => {
    throw new NodeError("tor-down", "no connection");
  };
  const wrong = await browser.send(await page("/together"), "/together", { do: "phone" });
  expect(wrong.status).toBeGreaterThanOrEqual(400);
  expect(await showing()).toBeNull();
});

test("words that are typed are looked for, and lead to the question whose voice it is", async () => {
  const answer = Promise.withResolvers<string>();
  desk.acting.fetchByPhone = () => answer.promise;
  const looks = await does("/together/words", { words: WORDS.join(" ") }, "/together");
  expect(looks.text).toContain("Looking for the device that shows these words");
  expect(looks.text).toContain('http-equiv="refresh"');
  answer.resolve(theirs());
  await answer.promise;
  const found = await page("/together/words");
  expect(found.text).not.toContain('http-equiv="refresh"');
  const asks = await browser.follow(await browser.send(found, "/together/words", { do: "go" }));
  expect(asks.text).toContain("Yes, it is their voice");
  await does(`/together/${mia.person.id}`, { do: "yes" });
  expect(await trust()).toMatchObject({ kind: "verified", how: "phone" });
});

test("what is wrong with words is said, and they stay in the field", async () => {
  const begin = await page("/together");
  const few = await browser.send(begin, "/together/words", { words: "anchor basket" });
  expect(few.status).toBe(422);
  expect(few.text).toContain(">anchor basket</textarea>");
  desk.acting.fetchByPhone = async () => {
    throw new NodeError("phone-nobody", "none");
  };
  const none = await does("/together/words", { words: WORDS.join(", ") }, "/together");
  expect(none.text).toContain(`>${WORDS.join(", ")}</textarea>`);
  desk.acting.fetchByPhone = async () => "http://example.org/#key=1";
  await does("/together/words", { words: WORDS.join(" ") }, "/together");
  const found = await page("/together/words");
  const odd = await browser.send(found, "/together/words", { do: "go" });
  expect(odd.text).toContain("is no code of TSSOP");
});
