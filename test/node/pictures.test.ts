import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { measure, pictureType } from "../../src/pictures/measure.ts";
import { reencode as reencodeIn } from "../../src/pictures/reencode.ts";

const CHILD = "dist/picture.cjs";
const reencode = (child: string, bytes: Buffer) =>
  reencodeIn(child, bytes, process.env["LD_LIBRARY_PATH"] ?? null);

/** A real PNG, striped, with a text chunk that names a place. */
function png(width: number, height: number, declared = { width, height }): Buffer {
  const row = Buffer.alloc(1 + width * 3);
  for (let x = 0; x < width; x += 1) row.set([x % 256, 90, 160], 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(declared.width, 0);
  header.writeUInt32BE(declared.height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const chunks = [
    chunk("IHDR", header),
    chunk("tEXt", Buffer.from("Comment\0Harbour Street 14")),
    chunk("IDAT", pixels),
  ];
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    ...chunks,
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.byteLength + 8);
  out.writeUInt32BE(data.byteLength, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.byteLength + 4);
  return out;
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}

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

test("more than 10 MB is refused without being read", async () => {
  await expect(reencode(CHILD, Buffer.alloc(11 * 1024 * 1024))).rejects.toMatchObject({
    code: "picture-too-large",
  });
});
