import { describe, expect, test } from "vitest";
import { readCode as readCodeIn } from "../../src/pictures/read-code.ts";
import { codePng } from "../../src/web/code-picture.ts";
import { jpegOf, pngOf, scene, webpOf } from "../support/code-pictures.ts";
import { noise, png } from "../support/png.ts";

const readCode = (bytes: Buffer) =>
  readCodeIn({ childPath: "dist/picture.cjs", libraries: process.env["LD_LIBRARY_PATH"] ?? null }, bytes);

const ADDRESS = "http://k3zq7v5n2m4xw6hjd2ye5tqf7u3pb4alr6gcs2oxi5hwv7kjm4ntyq2d.onion/@nora";
const mid = { x: 640, y: 480 };
const whole = { width: 1280, height: 960 };

describe("a code is read", () => {
  test.each([1, 2, 10])("that our own page shows, each of its dots %i wide", async (scale) => {
    expect(await readCode(codePng(ADDRESS, scale))).toBe(ADDRESS);
  });
  test.each([
    ["a letter", "a"],
    ["an address", ADDRESS],
    ["an invitation", `${ADDRESS}?invite=${"x".repeat(43)}`],
    ["two thousand letters", `${ADDRESS}?${"y".repeat(1_900)}`],
  ])("of the size that %s needs", async (_, text) => {
    expect(await readCode(codePng(text, 5))).toBe(text);
  });
  test.each([0, 17, 45, 90, 180, 233])("turned by %i degrees, on a busy photo", async (turned) => {
    const photo = scene({ ...whole, ground: "busy", codes: [{ text: ADDRESS, ...mid, dot: 7, turned }] });
    expect(await readCode(await jpegOf(photo, 70))).toBe(ADDRESS);
  });
  test("that is small in a photo as large as a phone makes it", async () => {
    const code = { text: ADDRESS, x: 2_900, y: 900, dot: 12, turned: 12 };
    const photo = scene({ width: 4_000, height: 3_000, ground: "busy", codes: [code] });
    expect(await readCode(await jpegOf(photo))).toBe(ADDRESS);
  });
  test("from a WebP, and from a PNG without a background", async () => {
    const codes = [{ text: ADDRESS, ...mid, dot: 8 }];
    expect(await readCode(await webpOf(scene({ ...whole, codes })))).toBe(ADDRESS);
    expect(await readCode(await pngOf(scene({ ...whole, codes, ground: "clear" })))).toBe(ADDRESS);
  });
  test("that is there twice", async () => {
    const codes = [320, 960].map((x) => ({ text: ADDRESS, x, y: 480, dot: 8 }));
    expect(await readCode(await jpegOf(scene({ ...whole, codes })))).toBe(ADDRESS);
  });
});

test("a picture without a code is said to have none", async () => {
  for (const bytes of [
    noise(500, 400),
    png(300, 200),
    await jpegOf(scene({ ...whole, ground: "busy", codes: [] })),
  ])
    await expect(readCode(bytes)).rejects.toMatchObject({ code: "code-none" });
});

test("E24: of two codes that say different things, neither is taken", async () => {
  const [left, right] = [
    { text: ADDRESS, x: 320, y: 480, dot: 8 },
    { text: ADDRESS.replace("nora", "eve"), x: 960, y: 480, dot: 8 },
  ];
  const both = scene({ ...whole, codes: [left, right] });
  await expect(readCode(await jpegOf(both))).rejects.toMatchObject({ code: "code-several" });
});

describe("E24: what somebody holds before the camera", () => {
  test.each([
    ["with a zero in it", "@nora@a\0b.onion"],
    ["of two lines", `${ADDRESS}\nhttp://evil.onion/`],
    ["that turns the direction of what is read", "@nora\u202eeve@a.onion"],
    ["with letters that are not to be seen", "@no\u200bra@a.onion"],
    ["that is nothing but white", "   "],
    ["longer than any of ours", "z".repeat(2_049)],
  ])("is no code of ours when it is one %s", async (_, text) => {
    await expect(readCode(codePng(text, 6))).rejects.toMatchObject({ code: "code-not-ours" });
  });
  test("loses the space around it, and nothing else", async () => {
    expect(await readCode(codePng(" @zoë@a.onion ", 6))).toBe("@zoë@a.onion");
  });
  test("is refused as other pictures are: too large, cut short, or none", async () => {
    const declared = { width: 20_000, height: 20_000 };
    for (const bytes of [png(10, 10, declared), Buffer.alloc(21 * 1024 * 1024)])
      await expect(readCode(bytes)).rejects.toMatchObject({ code: "picture-too-large" });
    const cut = codePng(ADDRESS, 8).subarray(0, 400);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    for (const bytes of [cut, svg, Buffer.from("GIF89a"), Buffer.from(ADDRESS), Buffer.alloc(0)])
      await expect(readCode(bytes)).rejects.toMatchObject({ code: "picture-not-readable" });
  });
});
