import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { readCode } from "../../../src/pictures/read-code.ts";
import { codePng } from "../../../src/web/code-picture.ts";
import { type Answer, hiddenFields, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";
import { png } from "../../support/png.ts";

const ADDRESS = "http://25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion/@mia";
const BOUNDARY = "----TssopBoundary7Yh3";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let asked: string[];

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  asked = [];
  const mia = await desk.house.meet("mia", "mia.example");
  const child = { childPath: "dist/picture.cjs", libraries: process.env["LD_LIBRARY_PATH"] ?? null };
  desk.acting.readCode = (bytes) => readCode(child, bytes);
  desk.acting.lookUp = async (address) => {
    asked.push(address);
    if (address === ADDRESS) return { personId: mia.id };
    throw new NodeError("address-not-understood", "no");
  };
});
afterEach(() => desk[Symbol.asyncDispose]());

async function send(picture: Buffer, headers: Record<string, string> = {}, token?: string): Promise<Answer> {
  const page = await browser.get("/connect");
  const form = token ?? hiddenFields(page.text, "/connect/scan")["form"];
  const body = Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="form"\r\n\r\n${form}\r\n`),
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="code"; filename="${picture.length > 0 ? "a.png" : ""}"\r\nContent-Type: ${picture.length > 0 ? "image/png" : "application/octet-stream"}\r\n\r\n`,
    ),
    picture,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
  return browser.upload("/connect/scan", BOUNDARY, body, headers);
}

describe("without a script", () => {
  test("the picture of a code leads to the person, as their address does", async () => {
    const answer = await send(codePng(ADDRESS, 6));
    expect(answer.status).toBe(303);
    expect(answer.headers["location"]).toMatch(/^\/people\/[0-9a-f]{32}$/);
    expect(asked).toEqual([ADDRESS]);
  });
  test("a code that leads nowhere is shown with what is not right, to be mended", async () => {
    const answer = await send(codePng("<b>hello</b>", 6));
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/&lt;b(&gt;|>)hello&lt;\/b(&gt;|>)<\/textarea>/);
    expect(answer.text).toContain("That does not look like an address.");
    expect(brokenBones(answer.text)).toEqual([]);
  });
  test.each([
    ["no code", png(200, 200), "There is no code in that picture."],
    ["nothing a decoder reads", Buffer.from("%PDF-1.7"), "That picture could not be read."],
    ["more dots than may be", png(10, 10, { width: 20_000, height: 20_000 }), "That picture is too large."],
    ["a code of another kind", codePng("two\nlines", 6), "That code says something else."],
    ["nothing picked", Buffer.alloc(0), "Choose a picture first."],
  ])("E24: %s is said beside the picture, and nobody is asked for", async (_, picture, words) => {
    const answer = await send(picture);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    expect(answer.text).toMatch(/<input id="code"[^>]*aria-invalid="true"/);
    expect(brokenBones(answer.text)).toEqual([]);
    expect(asked).toEqual([]);
  });
  test("more than 20 MB is refused in words", async () => {
    const answer = await send(Buffer.alloc(21 * 1024 * 1024));
    expect(answer.text).toContain("That picture is too large.");
  });
});

describe("what the camera sees", () => {
  const camera = { "x-tssop-live": "1" };
  test("is told as read, and leads nowhere by itself", async () => {
    const answer = await send(codePng(ADDRESS, 6), camera);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ text: ADDRESS, says: "" });
    expect(answer.headers["cache-control"]).toContain("no-store");
    expect(asked).toEqual([]);
  });
  test("is no news without a code; another code is said in words", async () => {
    expect(JSON.parse((await send(png(200, 200), camera)).text)).toEqual({ text: "", says: "" });
    expect(JSON.parse((await send(Buffer.from("?"), camera)).text)).toEqual({ text: "", says: "" });
    const other = JSON.parse((await send(codePng("two\nlines", 6), camera)).text);
    expect(other).toEqual({ text: "", says: expect.stringContaining("That code says something else.") });
  });
});

test("E2: a picture is read for a form of ours only, and for nobody who is not in", async () => {
  let read = 0;
  desk.acting.readCode = async () => {
    read += 1;
    return ADDRESS;
  };
  expect((await send(codePng(ADDRESS, 6), {}, "another")).status).toBe(403);
  expect((await send(codePng(ADDRESS, 6), { origin: "http://127.0.0.1:1" })).status).toBe(403);
  const page = await browser.get("/connect");
  desk.phase = "screen-locked";
  expect((await send(codePng(ADDRESS, 6), {}, hiddenFields(page.text, "/connect/scan")["form"])).status).toBe(
    403,
  );
  expect(read).toBe(0);
});

test("camera and microphone are for the owner's pages alone, and the place for none", async () => {
  const { headers } = await browser.get("/connect");
  expect(headers["permissions-policy"]).toBe("camera=(self), microphone=(self), geolocation=()");
});
