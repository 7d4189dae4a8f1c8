import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { messagesWith } from "../../../src/social/messages/thread.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";
import { KEY, OTHER_KEY, type Talker, talker } from "../../support/talk.ts";

const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let mia: Talker;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = await talker(desk, "mia", ONION);
});
afterEach(() => desk[Symbol.asyncDispose]());

const change = (data: { friendly?: boolean; keyUri?: string }) =>
  desk.acting.transact((tx) => tx.person.update({ where: { id: mia.person.id }, data }));
const path = () => `/messages/${mia.person.id}`;
async function page(at = path()) {
  const got = await browser.get(at);
  expect(got.status).toBe(200);
  expect(brokenBones(got.text)).toEqual([]);
  return got;
}
const sends = async (fields: Record<string, string>, at = path()) =>
  browser.follow(await browser.send(await page(), at, { do: "send", ...fields }));
const messages = async () =>
  (await messagesWith(desk.acting.read, mia.person.id, { limit: 20 }, desk.acting.now())).items;
test("before anything was written the page says what conversations are, and leads to people", async () => {
  expect((await page("/messages")).text).toContain("No messages yet");
  const found = await browser.send(await page("/messages/new"), "/messages/new", { q: "mia" });
  expect(found.text).toContain(`href="/messages/${mia.person.id}#say"`);
});

test("what is written stands there at once and waits for their device; the title names nobody", async () => {
  const got = await sends({ text: "The boat is free from ten." });
  expect(got.text).toContain("The boat is free from ten.");
  expect(got.text).toContain("waiting for their device");
  expect(got.text).toContain("<title>Messages · TSSOP</title>");
  expect((await page("/messages")).text).toContain("Waiting for their device");
});

test("what came counts as new until the conversation was opened", async () => {
  await mia.write("hello **Nora**");
  expect((await page("/messages")).text).toMatch(/class="n">1<span/);
  expect((await page()).text).toContain("hello <b>Nora</b>");
  expect((await page("/messages")).text).not.toMatch(/class="n">1<span/);
});

test("an empty message is refused with a sentence, and a long one is kept in the field", async () => {
  expect((await sends({ text: " \n " })).text).toContain("Write something first.");
  const long = "x".repeat(20_001);
  const got = await sends({ text: long });
  expect(got.text).toContain("That is too long for one message.");
  expect(got.text).toContain(long);
  expect(await messages()).toEqual([]);
});

test("a draft waits, in the list too, and is gone once it was sent", async () => {
  await sends({ do: "save", text: "half a thou" });
  expect((await page()).text).toContain(">half a thou</textarea>");
  expect((await page("/messages")).text).toContain("Draft:");
  await sends({ text: "half a thousand" });
  expect((await page("/messages")).text).not.toContain("Draft:");
});

test("a message is answered, changed, given an emoji and deleted without a script", async () => {
  await mia.write("Ten?");
  const [theirs] = await messages();
  const replying = await page(`${path()}?reply=${theirs?.id}`);
  expect(replying.text).toContain("You answer:");
  await browser.send(replying, path(), { do: "send", text: "Tne it is", replyTo: theirs?.id ?? "" });
  const [own] = await messages();
  expect(own?.replyTo?.text).toBe("Ten?");
  const edit = `${path()}/edit/${own?.id}`;
  await browser.send(await page(edit), edit, { text: "Ten it is" });
  await browser.send(await page(), `${path()}/react/${theirs?.id}`, { emoji: "👍" });
  const got = await page();
  for (const words of ["Ten it is", "changed", "Take back 👍"]) expect(got.text).toContain(words);
  const remove = `${path()}/delete/${own?.id}`;
  await browser.send(await page(remove), remove, { scope: "both" });
  const after = await page();
  expect(after.text).toContain("This message was deleted.");
  expect(after.text).not.toContain("Ten it is");
});

test("a timer is chosen, said in the conversation, and stands under the field", async () => {
  const at = `${path()}/timer`;
  await browser.send(await page(at), at, { timer: "604800" });
  const got = await page();
  expect(got.text).toContain("You set messages to vanish 1 week after reading");
  expect(got.text).toContain("Messages here vanish 1 week after they are read.");
});

describe("whose key it is", () => {
  test("stands as a word once the number was compared", async () => {
    await mia.putKey(KEY, "used");
    await page();
    const at = `${path()}/verify`;
    const got = await page(at);
    expect(got.text).toContain("Not verified so far.");
    await browser.send(got, at, { do: "match", key: KEY });
    expect((await page()).text).toContain("Verified");
  });

  test("is asked when their address names another: nothing is sent, the draft waits", async () => {
    await mia.putKey(KEY, "used", "number");
    await mia.putKey(OTHER_KEY, "offered");
    const got = await page();
    expect(got.text).toContain("key has changed, so we stopped sending");
    expect(got.text).toMatch(/value="send" disabled/);
    expect((await sends({ text: "secret" })).text).toContain("Their key has changed, so nothing was sent.");
    expect(await messages()).toEqual([]);
    const at = `${path()}/verify`;
    await browser.send(await page(at), at, { do: "differ", key: OTHER_KEY });
    expect((await page()).text).toContain("You said that this key is not theirs");
    await browser.send(await page(at), at, { do: "match", key: OTHER_KEY });
    const after = await page(at);
    expect(after.text).toContain("You compared it with them");
    expect(after.text).toContain("Earlier");
  });
});

test("B13: what somebody writes is text: no HTML, no picture, no link that leaves by itself", async () => {
  await mia.write(
    '<img src="http://evil.example/x.png"><script>alert(1)</script> <cid:1> http://evil.example/a',
  );
  const { text } = await page();
  expect(text).not.toContain('<img src="http://evil');
  expect(text).not.toContain("<script>alert");
  expect(text).not.toContain('href="http://evil.example/a"');
  expect(text).toContain("/leave");
});

test("to somebody whose device does not understand letters nothing is sent, and the page says why", async () => {
  await change({ friendly: false, keyUri: "" });
  const got = await page();
  expect(got.text).toContain("This would not be end-to-end encrypted");
  expect(got.text).not.toContain('value="send"');
});

test("messages are found by their words", async () => {
  await mia.write("the old anchor");
  await mia.write("nothing");
  const got = await browser.send(await page("/messages"), "/messages/search", { q: "anchor" });
  expect(got.text).toContain("1 message found");
  expect(got.text).toContain("the old anchor");
});

test("who is told what was read, and how long messages stay, are set on a page", async () => {
  const at = "/settings/messages";
  const got = await browser.follow(
    await browser.send(await page(at), at, { receipts: "no", keep: "2419200" }),
  );
  expect(got.text).toContain('name="receipts" value="no" checked');
  expect(got.text).toContain('name="keep" value="2419200" checked');
});

test("a conversation is deleted whole, after a question, and whose key is whose stays known", async () => {
  await mia.putKey(KEY, "used", "number");
  await mia.write("first of hers");
  await sends({ text: "mine, which waits" });
  const asks = await page(`${path()}/timer`);
  expect(asks.text).toContain("Delete all messages here");
  const sure = await page(`${path()}/clear`);
  const list = await browser.follow(await browser.send(sure, `${path()}/clear`, {}));
  expect(list.text).toContain("The conversation is deleted here.");
  expect(list.text).toContain("No messages yet");
  expect(await messages()).toEqual([]);
  // That hers was read goes to her all the same.
  expect(await desk.acting.read.letter.count({ where: { kind: { not: "read" } } })).toBe(0);
  expect((await page()).text).toContain("Verified");
});
