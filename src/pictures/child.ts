/**
 * Decodes what somebody picked from their disk: hostile bytes, so in a process of its own, started with --permission,
 * without files, network, children or keys, and with codecs in WebAssembly. Bytes in on stdin, a square JPEG out on
 * stdout: pixels only, so no place, camera or date of the original is left. Ends with 2 when it cannot be read,
 * with 3 when it is too large.
 */

import jpegDecoder from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
import jpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import decodeJpeg, { init as initJpegDecoder } from "@jsquash/jpeg/decode.js";
import encodeJpeg, { init as initJpegEncoder } from "@jsquash/jpeg/encode.js";
import pngCodec from "@jsquash/png/codec/pkg/squoosh_png_bg.wasm";
import decodePng, { init as initPng } from "@jsquash/png/decode.js";
import resize, { initResize } from "@jsquash/resize";
import resizer from "@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm";
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.wasm";
import decodeWebp, { init as initWebp } from "@jsquash/webp/decode.js";
import { measure, pictureType } from "./measure.ts";

const MOST_DOTS = 40_000_000;
const SIDE = 400;
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
  await initResize(compiled(resizer));
  const side = Math.min(SIDE, picture.width, picture.height);
  return resize(picture, { width: side, height: side, fitMethod: "contain" });
}

async function main(): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const bytes = new Uint8Array(Buffer.concat(chunks));
  const size = measure(bytes);
  if (size === null || size.width < 1 || size.height < 1) return 2;
  if (size.width * size.height > MOST_DOTS) return 3;
  const picture = await squared(await decode(bytes));
  await initJpegEncoder(compiled(jpegEncoder));
  const out = Buffer.from(await encodeJpeg(picture, { quality: QUALITY }));
  await new Promise<void>((resolve) => process.stdout.write(out, () => resolve()));
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  () => {
    process.exitCode = 2;
  },
);
