import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeGnupgKeys } from "../../../src/social/messages/keys/gnupg.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type Answer, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";
import { DAY, type Sealer, sealerAt } from "../../support/sealing.ts";
import { openTalkDesk, type TalkDesk } from "../../support/talk-desk.ts";

/** Pages of a conversation with somebody whose account is elsewhere. The browser runs no script. */

let talk: TalkDesk;
let browser: OwnerBrowser;
let zoe: PersonView;
let hers: Sealer;

beforeEach(async () => {
  talk = await openTalkDesk();
  browser = ownerBrowser(talk.desk);
  await browser.enter();
  zoe = await talk.meet("Zoe");
  await talk.change(zoe, { friendly: false, keyUri: "" });
  hers = await sealerAt("zoe", 4, Date.now() - DAY);
});
afterEach(() => talk[Symbol.asyncDispose]());

const path = (more = "") => `/messages/${zoe.id}${more}`;
async function page(at = path()): Promise<Answer> {
  const got = await browser.get(at);
  expect([got.status, brokenBones(got.text)], at).toEqual([200, []]);
  return got;
}
const words = async (at = path()) => wordsOfPage((await page(at)).text);
const press = async (fields: Record<string, string>, action: string, on = path()) =>
  browser.follow(await browser.send(await page(on), action, fields));
const jobs = () => talk.desk.acting.read.job.count({ where: { kind: "letter" } });
const armoured = ({ theirs }: Sealer) =>
  `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${Buffer.from(theirs)
    .toString("base64")
    .replace(/.{64}/g, "$&\n")}\n-----END PGP PUBLIC KEY BLOCK-----\n`;
const giveKey = (who = hers) => press({ certificate: armoured(who) }, path("/key"), path("/verify"));

describe("without a key", () => {
  test("the page says who can read along and asks, and not to is chosen", async () => {
    const got = await page();
    expect(wordsOfPage(got.text)).toMatch(/The people who run .*\.onion.* can read what you two write\./);
    expect(got.text).toMatch(/name="open" value="no" checked/);
    expect(got.text).not.toMatch(/name="open" value="yes" checked/);
    expect(got.text).not.toContain('name="text"');
    expect(wordsOfPage(got.text)).toContain("Not end-to-end encrypted");
  });

  test("a page that said otherwise sends nothing openly, and the words are kept", async () => {
    await press({ open: "yes" }, path("/open"));
    const late = await browser.send(await page(), path(), { do: "send", text: "a secret", way: "mail" });
    expect(late.status).toBe(422);
    expect(late.text).toContain(">a secret</textarea>");
    expect([await talk.messages(zoe), await jobs()]).toEqual([[], 0]);
  });

  test("nothing is sent by a page that asks, whatever is posted to it", async () => {
    const form = /name="form" value="([^"]*)"/.exec((await page()).text)?.[1] ?? "";
    const refused = await browser.post(path(), { form, do: "send", text: "secret" });
    expect(refused.status).toBe(422);
    const said = await press({ open: "no" }, path("/open"));
    expect(wordsOfPage(said.text)).toContain("Nothing was sent");
    expect(await talk.messages(zoe)).toEqual([]);
    expect(await jobs()).toBe(0);
    expect((await page()).text).toMatch(/name="open" value="no" checked/);
  });

  test("once the owner agreed each message bears a mark, its state names their address, and it can be ended", async () => {
    const agreed = await press({ open: "yes" }, path("/open"));
    expect(wordsOfPage(agreed.text)).toContain("Send, not encrypted");
    await press({ do: "send", text: "see you" }, path());
    expect(await words()).toMatch(/see you.*not encrypted.*waiting for .*\.onion/s);
    const { text } = await page();
    for (const never of ["/edit/", "/react/", "/timer"]) expect(text).not.toContain(path(never));
    const [message] = await talk.messages(zoe);
    expect(await words(path(`/delete/${message?.id}`))).toContain("is asked to delete it too");
    expect((await browser.get(path(`/edit/${message?.id}`))).status).toBe(404);
    const ended = await press({ open: "stop" }, path("/open"));
    expect(wordsOfPage(ended.text)).toContain("What waited was not sent.");
    expect(await talk.messages(zoe)).toMatchObject([{ state: "stopped" }]);
    expect((await page()).text).not.toContain('name="text"');
  });

  test("a key can be pasted, and what is no key is refused with the next step", async () => {
    expect(await words(path("/verify"))).toContain("No key of theirs is known.");
    const at = await page(path("/verify"));
    for (const [certificate, says] of [
      ["", "Paste a key"],
      ["-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----", "That is no key"],
    ] as const) {
      const refused = await browser.send(at, path("/key"), { certificate });
      expect(refused.status).toBe(422);
      expect(wordsOfPage(refused.text)).toContain(says);
    }
    const taken = await giveKey();
    expect(wordsOfPage(taken.text)).toContain("Messages to them are encrypted to this key now.");
    expect(wordsOfPage(taken.text).replace(/\s/g, "")).toContain(hers.fingerprint.toUpperCase());
    expect(await words()).toContain("Encrypted with OpenPGP");
    expect((await page()).text).toContain('name="text"');
  });

  test("a key can be picked as a file", async () => {
    const at = await page(path("/verify"));
    const form = /name="form" value="([^"]*)"/.exec(at.text)?.[1] ?? "";
    const field = (name: string, more: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const file = field("certificateFile", '; filename="zoe.asc"', armoured(hers));
    const body = `${field("form", "", form)}${field("certificate", "", "")}${file}--b--\r\n`;
    expect((await browser.upload(path("/key"), "b", body)).status).toBe(303);
    expect(await words()).toContain("Encrypted with OpenPGP");
  });
});

describe("with a key", () => {
  test("of the kind that GnuPG makes, the owner is led to one of that kind, until there is one", async () => {
    await giveKey();
    for (const at of [path(), path("/verify")])
      expect((await page(at)).text, at).toContain('href="/settings/gnupg"');
    const { acting } = talk.desk;
    await acting.transact((tx) => makeGnupgKeys(tx, acting.me, acting.now()));
    for (const at of [path(), path("/verify")])
      expect((await page(at)).text, at).not.toContain('href="/settings/gnupg"');
  });

  test("another one stops everything until the fingerprint was compared", async () => {
    await giveKey();
    await giveKey(await sealerAt("mallory", 4, Date.now() - DAY));
    expect(await words()).toContain("key has changed, so we stopped sending");
    expect(await words()).toContain("have them read to you the fingerprint");
    expect((await page()).text).toMatch(/value="send" disabled/);
  });

  test("nobody is asked whether to write openly", async () => {
    await giveKey();
    const form = /name="form" value="([^"]*)"/.exec((await page()).text)?.[1] ?? "";
    expect((await browser.post(path("/open"), { form, open: "yes" })).status).toBe(400);
    const row = await talk.desk.acting.read.conversation.findFirst({ where: { personId: zoe.id } });
    expect(row?.open ?? false).toBe(false);
  });

  test.each([
    ["ab".repeat(32), "", "signed with the key we know"],
    ["", "", "not signed: anyone could have written this"],
    ["", "other", "signed with a key we do not know: anyone could have written this"],
  ])("whose a message is stands beside it in words (%s, %s)", async (signedBy, why, says) => {
    await giveKey();
    await talk.says(zoe, "sealed words");
    const [message] = await talk.messages(zoe);
    await talk.desk.acting.transact((tx) =>
      tx.message.update({ where: { id: message?.id ?? "" }, data: { form: "mail", signedBy, why } }),
    );
    const shown = await words();
    expect(shown).toContain(says);
    expect(shown).not.toContain("not encrypted");
    if (signedBy === "") expect(shown).not.toContain("signed with the key we know");
  });
});

test("a device that takes letters is never written to openly", async () => {
  const mia = await talk.meet("Mia");
  const at = await browser.get(`/messages/${mia.id}`);
  expect(at.text).not.toContain('name="open"');
  const form = /name="form" value="([^"]*)"/.exec(at.text)?.[1] ?? "";
  expect((await browser.post(`/messages/${mia.id}/open`, { form, open: "yes" })).status).toBe(400);
  expect((await browser.post(`/messages/${mia.id}/key`, { form, certificate: armoured(hers) })).status).toBe(
    422,
  );
  expect(await talk.desk.acting.read.personKey.count()).toBe(0);
});
