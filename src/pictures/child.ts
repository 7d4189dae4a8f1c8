/**
 * Decodes what somebody picked from their disk: hostile bytes, so in a process of its own, started with --permission,
 * without files, network, children or keys, and with codecs in WebAssembly. Bytes in on stdin; out on stdout a line of
 * JSON (see reencode.ts) and the new picture: pixels only, so no place, camera or date of the original is left. With
 * "square" as its argument it makes a picture of a person, with "codes" it only says what the codes in it say, else it
 * makes one for a post. Ends with 2 when it cannot be read, with 3 when it is too large.
 */

import jpegDecoder from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
import jpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import decodeJpeg, { init as initJpegDecoder } from "@jsquash/jpeg/decode.js";
import encodeJpeg, { init as initJpegEncoder } from "@jsquash/jpeg/encode.js";
import pngCodec from "@jsquash/png/codec/pkg/squoosh_png_bg.wasm";
import decodePng, { init as initPng } from "@jsquash/png/decode.js";
import encodePng, { init as initPngEncoder } from "@jsquash/png/encode.js";
import resize, { initResize } from "@jsquash/resize";
import resizer from "@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm";
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.wasm";
import decodeWebp, { init as initWebp } from "@jsquash/webp/decode.js";
import { encode as encodeBlurhash } from "blurhash";
import { findCodes } from "./find-codes.ts";
import { measure, pictureType } from "./measure.ts";

const MOST_DOTS = 40_000_000;
const SIDE = 400;
const LONGEST_SIDE = 2048;
/** A drawing stays sharp as PNG; a photo would be many times as large. */
const LARGEST_PNG = 1_500_000;
const BLUR_SIDE = 32;
const QUALITY = 82;

/** The codecs want the browser's ImageData; Node has none. */
class Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly colorSpace = "srgb";
  constructor(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}
Object.assign(globalThis, { ImageData: Pixels });

const compiled = (bytes: Uint8Array<ArrayBuffer>) => new WebAssembly.Module(bytes);

async function decode(bytes: Uint8Array<ArrayBuffer>): Promise<ImageData> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  switch (pictureType(bytes)) {
    case "image/jpeg":
      await initJpegDecoder(compiled(jpegDecoder));
      return decodeJpeg(buffer, { preserveOrientation: true });
    case "image/png":
      await initPng(compiled(pngCodec));
      return decodePng(buffer);
    case "image/webp":
      await initWebp(compiled(webpDecoder));
      return decodeWebp(buffer);
    default:
      throw new Error("not a picture");
  }
}

async function squared(picture: ImageData): Promise<ImageData> {
  const side = Math.min(SIDE, picture.width, picture.height);
  return resize(picture, { width: side, height: side, fitMethod: "contain" });
}

async function fitting(picture: ImageData, longest: number): Promise<ImageData> {
  const factor = Math.min(1, longest / Math.max(picture.width, picture.height));
  if (factor === 1) return picture;
  const sized = (side: number) => Math.max(1, Math.round(side * factor));
  return resize(picture, { width: sized(picture.width), height: sized(picture.height) });
}

function isSeeThrough({ data }: ImageData): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true;
  return false;
}

async function jpeg(picture: ImageData): Promise<Encoded> {
  await initJpegEncoder(compiled(jpegEncoder));
  return { type: "image/jpeg", bytes: Buffer.from(await encodeJpeg(picture, { quality: QUALITY })) };
}

type Encoded = { type: string; bytes: Buffer };

async function encoded(picture: ImageData, wasPng: boolean): Promise<Encoded> {
  const seeThrough = isSeeThrough(picture);
  if (!wasPng && !seeThrough) return jpeg(picture);
  await initPngEncoder(compiled(pngCodec));
  const png = { type: "image/png", bytes: Buffer.from(await encodePng(picture)) };
  return seeThrough || png.bytes.byteLength <= LARGEST_PNG ? png : jpeg(picture);
}

async function made(decoded: ImageData, square: boolean, wasPng: boolean): Promise<Buffer> {
  await initResize(compiled(resizer));
  const picture = square ? await squared(decoded) : await fitting(decoded, LONGEST_SIDE);
  const { type, bytes } = square ? await jpeg(picture) : await encoded(picture, wasPng);
  const small = await fitting(picture, BLUR_SIDE);
  const { width, height } = picture;
  const blurhash = encodeBlurhash(small.data, small.width, small.height, 4, 3);
  return Buffer.concat([Buffer.from(`${JSON.stringify({ type, width, height, blurhash })}\n`), bytes]);
}

async function main(task: string): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const bytes = new Uint8Array(Buffer.concat(chunks));
  const size = measure(bytes);
  if (size === null || size.width < 1 || size.height < 1) return 2;
  if (size.width * size.height > MOST_DOTS) return 3;
  const decoded = await decode(bytes);
  const out =
    task === "codes"
      ? JSON.stringify(await findCodes(decoded))
      : await made(decoded, task === "square", pictureType(bytes) === "image/png");
  await new Promise<void>((resolve) => process.stdout.write(out, () => resolve()));
  return 0;
}

main(process.argv[2] ?? "").then(
  (code) => {
    process.exitCode = code;
  },
  () => {
    process.exitCode = 2;
  },
);
