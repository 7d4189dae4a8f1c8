import type { Page } from "playwright-core";
import { PLANTED } from "../films.ts";

/** A JPEG as a phone makes it: a real one, painted in the browser, that says where it was taken (EXIF 2.32, GPS). */
export async function photo(page: Page): Promise<Buffer> {
  const painted = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 800, height: 500 });
    const pen = canvas.getContext("2d");
    if (pen === null) throw new Error("no canvas");
    const sky = pen.createLinearGradient(0, 0, 0, 500);
    sky.addColorStop(0, "#dfe6ea");
    sky.addColorStop(0.6, "#c9d2c6");
    sky.addColorStop(1, "#5f6f4e");
    pen.fillStyle = sky;
    pen.fillRect(0, 0, 800, 500);
    for (let tree = 0; tree < 9; tree += 1) {
      pen.fillStyle = `rgba(60, 72, 50, ${0.3 + tree / 16})`;
      pen.beginPath();
      pen.arc(60 + tree * 88, 330 + (tree % 3) * 26, 54, 0, 7);
      pen.fill();
      pen.fillRect(54 + tree * 88, 340, 12, 120);
    }
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1] ?? "";
  });
  const jpeg = Buffer.from(painted, "base64");
  return Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]);
}

/** One directory that names the one with the place; the words that are looked for afterwards stand behind both. */
function exif(): Buffer {
  const rational = (...numbers: number[]) => {
    const out = Buffer.alloc(numbers.length * 8);
    numbers.forEach((number, place) => {
      out.writeUInt32LE(number, place * 8);
      out.writeUInt32LE(1, place * 8 + 4);
    });
    return out;
  };
  const entry = (tag: number, type: number, count: number, value: number) => {
    const out = Buffer.alloc(12);
    out.writeUInt16LE(tag, 0);
    out.writeUInt16LE(type, 2);
    out.writeUInt32LE(count, 4);
    out.writeUInt32LE(value, 8);
    return out;
  };
  const [gpsAt, dataAt] = [8 + 2 + 12 + 4, 26 + 2 + 4 * 12 + 4];
  const directory = (...entries: Buffer[]) =>
    Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)]);
  const tiff = Buffer.concat([
    Buffer.from("II*\0\x08\0\0\0", "latin1"),
    directory(entry(0x8825, 4, 1, gpsAt)),
    directory(
      entry(1, 2, 2, 0x4e),
      entry(2, 5, 3, dataAt),
      entry(3, 2, 2, 0x45),
      entry(4, 5, 3, dataAt + 24),
    ),
    rational(52, 30, 58),
    rational(13, 22, 39),
    Buffer.from(PLANTED),
  ]);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const length = body.byteLength + 2;
  return Buffer.concat([Buffer.from([0xff, 0xe1, length >> 8, length & 0xff]), body]);
}
