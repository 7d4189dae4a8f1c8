import { expect, test } from "vitest";
import { measure, pictureType } from "../../src/pictures/measure.ts";
import { reencode as reencodeIn } from "../../src/pictures/reencode.ts";
import { png } from "../support/png.ts";

const CHILD = "dist/picture.cjs";
const reencode = async (childPath: string, bytes: Buffer) => {
  const made = await reencodeIn(
    { childPath, libraries: process.env["LD_LIBRARY_PATH"] ?? null },
    bytes,
    "square",
  );
  return made.bytes;
};

test("E10: a picture becomes a square JPEG without what was hidden in it", async () => {
  const made = await reencode(CHILD, png(600, 300));
  expect(pictureType(made)).toBe("image/jpeg");
  expect(measure(made)).toEqual({ width: 300, height: 300 });
  expect(made.includes("Harbour")).toBe(false);
  const again = await reencode(CHILD, made);
  expect(measure(again)).toEqual({ width: 300, height: 300 });
});

test("E11: a picture that claims more dots than it may is refused before it is decoded", async () => {
  const bomb = png(10, 10, { width: 20_000, height: 20_000 });
  await expect(reencode(CHILD, bomb)).rejects.toMatchObject({ code: "picture-too-large" });
});

test("E12: what is no picture, or a broken one, is refused with a sentence", async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
  const broken = png(50, 50).subarray(0, 90);
  for (const bytes of [svg, broken, Buffer.from("%PDF-1.7"), Buffer.alloc(0)]) {
    await expect(reencode(CHILD, bytes)).rejects.toMatchObject({ code: "picture-not-readable" });
  }
});

test("more than 20 MB is refused without being read", async () => {
  await expect(reencode(CHILD, Buffer.alloc(21 * 1024 * 1024))).rejects.toMatchObject({
    code: "picture-too-large",
  });
});
