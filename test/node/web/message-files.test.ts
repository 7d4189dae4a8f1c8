import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { removeDropped } from "../../../src/social/media/drop.ts";
import { changeFile } from "../../../src/social/messages/files/queries.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type FormPart, filesOver, multipart } from "../../support/own-files.ts";
import {
  type Answer,
  exchange,
  hiddenFields,
  type OwnerBrowser,
  ownerBrowser,
} from "../../support/owner-browser.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";
import { png } from "../../support/png.ts";
import { openTalkDesk, type TalkDesk } from "../../support/talk-desk.ts";

let talk: TalkDesk;
let browser: OwnerBrowser;
let mia: PersonView;

beforeEach(async () => {
  talk = await openTalkDesk();
  Object.assign(talk.desk.acting, filesOver(talk.desk.house.store, talk.desk.acting.now));
  browser = ownerBrowser(talk.desk);
  await browser.enter();
  mia = await talk.meet("Mia");
  // Who wrote knows the owner.
  await talk.says(mia, "Send it to me");
});
afterEach(() => talk[Symbol.asyncDispose]());

const path = (more = "") => `/messages/${mia.id}${more}`;
async function page(at = path()): Promise<Answer> {
  const got = await browser.get(at);
  expect([got.status, brokenBones(got.text)], at).toEqual([200, []]);
  return got;
}

const PICTURE: FormPart = {
  name: "attached",
  value: png(60, 30),
  file: "C:\\x\\IMG 1.png",
  type: "image/png",
};
const NOTES: FormPart = { name: "attached", value: "words", file: "../notes.txt", type: "text/plain" };

/** The form as a browser without script sends it. */
async function send(fields: Record<string, string>, files: FormPart[], from?: Answer): Promise<Answer> {
  const shown = from ?? (await page());
  const hidden = hiddenFields(shown.text, path());
  const texts = Object.entries({ ...hidden, ...fields }).map(([name, value]) => ({ name, value }));
  return browser.upload(path(), "----x", multipart("----x", [...texts, ...files]));
}
const newest = async () => {
  const [first] = await talk.messages(mia);
  if (first === undefined) throw new Error("no message");
  return first;
};
const onDisk = async () => {
  await removeDropped(talk.desk.house.store);
  return talk.desk.house.store.media.bytes();
};

describe("files of a message, without script", () => {
  test("go with the words that were sent with them", async () => {
    expect((await send({ text: "Here", do: "send" }, [PICTURE, NOTES])).status).toBe(303);
    const { files, text } = await newest();
    expect([text, files.map(({ kind, name }) => [kind, name])]).toEqual([
      "Here",
      [
        ["picture", ""],
        ["file", "notes.txt"],
      ],
    ]);
    const shown = await page();
    const [picture, notes] = files.map(({ id }) => `/media/message/${id}`);
    expect(shown.text).toContain(`<img src="${picture}" alt="Picture without a description"`);
    expect(shown.text).toContain(`<a href="${notes}" download="notes.txt">`);
    expect((await browser.get(picture ?? "")).headers).toMatchObject({
      "content-type": "image/png",
      "content-disposition": "inline",
      "x-content-type-options": "nosniff",
    });
    const saved = await browser.get(notes ?? "");
    expect([saved.text, saved.headers["content-type"]]).toEqual(["words", "application/octet-stream"]);
    expect(saved.headers["content-disposition"]).toMatch(/^attachment; filename="notes.txt"/);
  });

  test("come back to be described, and taken away, before anything is sent", async () => {
    const back = await send({ text: "Here", do: "files" }, [PICTURE, NOTES]);
    expect([back.status, brokenBones(back.text)]).toEqual([200, []]);
    expect(back.text).toContain(">Here</textarea>");
    const [one = "", other = ""] = [...back.text.matchAll(/name="media" value="([0-9a-f]{32})"/g)].map(
      ([, id = ""]) => id,
    );
    const fewer = await send({ text: "Here", media: one, do: `drop-${other}` }, [], back);
    expect(fewer.text).toContain(one);
    expect(fewer.text).not.toContain(other);
    const sent = await send({ text: "", media: one, [`alt-${one}`]: "A field", do: "send" }, [], fewer);
    expect(sent.status).toBe(303);
    expect(await newest()).toMatchObject({ text: "", files: [{ alt: "A field", kind: "picture" }] });
    expect((await page()).text).toContain('alt="A field"');
    expect(wordsOfPage((await page("/messages")).text)).toContain("Waiting for their device");
  });

  test("that are not taken are said, and the words and the others are kept", async () => {
    const gif = { name: "attached", value: "GIF89a", file: "b.gif", type: "image/gif" };
    const back = await send({ text: "Here", do: "send" }, [gif, NOTES]);
    expect(back.status).toBe(422);
    expect(wordsOfPage(back.text)).toContain("b.gif: ");
    expect(back.text).toContain(">Here</textarea>");
    expect(back.text).toContain("notes.txt");
    expect((await newest()).text).toBe("Send it to me");
  });

  test("are ten at the most, and none in a first message", async () => {
    const many = Array.from({ length: 11 }, (_, n) => ({ ...NOTES, file: `${n}.txt` }));
    expect((await send({ text: "", do: "send" }, many)).status).toBe(422);
    expect((await newest()).text).toBe("Send it to me");
    const tom = await talk.meet("Tom");
    mia = tom;
    const back = await send({ text: "Hello", do: "send" }, [NOTES]);
    expect([back.status, wordsOfPage(back.text)]).toEqual([422, expect.stringContaining("carries no files")]);
    expect(back.text).toContain("notes.txt");
    expect(await talk.messages(tom)).toEqual([]);
  });

  test("go from the disk with their message, and nobody finds them at their address", async () => {
    const before = await onDisk();
    await send({ text: "", do: "send" }, [NOTES]);
    const { id, files } = await newest();
    expect(await onDisk()).toBeGreaterThan(before);
    const asked = await page(path(`/delete/${id}`));
    expect(wordsOfPage(asked.text)).toContain("Its file goes with it.");
    expect((await browser.send(asked, path(`/delete/${id}`), { scope: "both" })).status).toBe(303);
    expect(await onDisk()).toBe(before);
    expect((await browser.get(`/media/message/${files[0]?.id}`)).status).toBe(404);
  });
});

describe("a file of theirs", () => {
  const wire = {
    ...{ id: "a".repeat(32), key: randomBytes(32).toString("base64url"), sha256: "b".repeat(64) },
    ...{ name: "map.tif", type: "image/tiff", bytes: 340_000_000, alt: "The upper lake", voice: false },
    ...{ width: 0, height: 0, length: 0 },
  };
  const theirs = async (change: object = {}) => {
    await talk.does(mia, { kind: "text", text: "", replyTo: "", vanish: 0, files: [{ ...wire, ...change }] });
    const [file] = (await newest()).files;
    if (file === undefined) throw new Error("no file");
    return file.id;
  };
  const setFile = (id: string, data: Parameters<typeof changeFile>[2]) =>
    talk.desk.acting.transact((tx) => changeFile(tx, { id }, data));
  const press = async (id: string, what: string) =>
    browser.send(await page(), path(`/file/${id}`), { do: what });

  test("is asked for by a press, waits, comes, is stopped, and says each in words", async () => {
    const id = await theirs();
    const words = async () => wordsOfPage((await page()).text);
    expect(await words()).toMatch(/map\.tif.*The upper lake.*On Mia’s device.*Get it \(340 MB\)/s);
    expect((await press(id, "get")).headers["location"]).toBe(path(`#f-${id}`));
    expect(await words()).toMatch(/Waiting for Mia’s device.*Stop/s);
    await setFile(id, { received: 12_000_000 });
    expect((await page()).text).toContain('<progress max="340000000" value="12000000"');
    expect(await words()).toContain("Coming: 12 MB of 340 MB");
    await press(id, "stop");
    expect(await words()).toMatch(/12 MB of 340 MB are here.*Get the rest/s);
    expect((await browser.get(`/media/message/${id}`)).status).toBe(404);
  });

  test.each([
    ["gone", "", /not on Mia’s device any more.*Try again/s],
    ["failed", "damaged", /not the file that was sent.*Try again/s],
    ["failed", "disk-full", /no room on this device.*Try again/s],
  ])("that is %s %s says what to do", async (state, why, words) => {
    const id = await theirs();
    await setFile(id, { state, why });
    expect(wordsOfPage((await page()).text)).toMatch(words);
    await press(id, "get");
    expect((await newest()).files[0]).toMatchObject({ state: "coming", why: "" });
  });

  test("comes by itself where it is a small picture or sound, and not otherwise", async () => {
    for (const [change, state] of [
      [{ type: "image/jpeg", bytes: 1024 * 1024 }, "coming"],
      [{ type: "audio/webm", bytes: 50_000, voice: true }, "coming"],
      [{ type: "image/jpeg", bytes: 1024 * 1024 + 1 }, "offered"],
      [{ type: "application/pdf", bytes: 10 }, "offered"],
      [{ type: "video/mp4", bytes: 10 }, "offered"],
    ] as const) {
      await theirs(change);
      expect((await newest()).files[0]?.state).toBe(state);
    }
  });

  test("is not asked for through another conversation, and an own file not at all", async () => {
    const id = await theirs();
    const tom = await talk.meet("Tom");
    const { form = "" } = hiddenFields((await page()).text, path());
    expect((await browser.post(`/messages/${tom.id}/file/${id}`, { form, do: "get" })).status).toBe(422);
    expect((await newest()).files[0]?.state).toBe("offered");
  });
});

describe("what the script sends", () => {
  test("is a file of the form, with its voice", async () => {
    const { form = "" } = hiddenFields((await page()).text, path());
    const own = { origin: talk.desk.origin, "sec-fetch-site": "same-origin", cookie: browser.cookie() };
    const headers = { "content-type": "text/plain", "x-tssop-form": form, "x-tssop-voice": "1", ...own };
    const answer = await exchange(talk.desk.port, "POST", "/files/message", headers, "words");
    const id = /name="media" value="([0-9a-f]{32})"/.exec(answer.text)?.[1] ?? "";
    expect(answer.text).toContain(`name="voice" value="${id}"`);
    await send({ text: "", media: id, voice: id, do: "send" }, []);
    expect((await newest()).files).toMatchObject([{ voice: true }]);
  });

  test("may use the microphone here and nowhere else", async () => {
    const { headers } = await page();
    expect(headers["permissions-policy"]).toContain("microphone=(self)");
  });
});
