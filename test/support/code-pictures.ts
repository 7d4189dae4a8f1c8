import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import encodeJpeg, { init as initJpeg } from "@jsquash/jpeg/encode.js";
import encodePng, { init as initPng } from "@jsquash/png/encode.js";
import encodeWebp, { init as initWebp } from "@jsquash/webp/encode.js";
import { encodeQR } from "qr";

/** Pictures with codes in them, as a camera or a screen gives them. */
type Dots = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number; colorSpace: "srgb" };

/** x, y: its middle, in dots of the picture. dot: how wide one of the code is. turned: in degrees. */
type Code = { text: string; x: number; y: number; dot: number; turned?: number };

type Scene = {
  width: number;
  height: number;
  codes: Code[];
  /** White, patches of all colours as on a full table, or nothing at all, to be seen through. */
  ground?: "white" | "busy" | "clear";
};

export function scene({ width, height, codes, ground = "white" }: Scene): Dots {
  const data = new Uint8ClampedArray(width * height * 4);
  const next = dice();
  const patches = Array.from({ length: 4_096 }, () => [next() * 256, next() * 256, next() * 256]);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const patch = patches[(Math.floor(x / 23) * 31 + Math.floor(y / 17) * 57) % patches.length] ?? [];
      const grain = (next() - 0.5) * 40;
      const [r = 0, g = 0, b = 0] = patch.map((part) => part + grain);
      data.set(
        ground === "busy" ? [r, g, b, 255] : ground === "white" ? [255, 255, 255, 255] : [0, 0, 0, 0],
        (y * width + x) * 4,
      );
    }
  }
  const picture = { data, width, height, colorSpace: "srgb" as const };
  for (const code of codes) draw(picture, code, ground === "clear");
  return picture;
}

function draw({ data, width, height }: Dots, { text, x, y, dot, turned = 0 }: Code, clear: boolean): void {
  const rows = encodeQR(text, "raw", { border: 4 });
  const [cos, sin] = [Math.cos((turned * Math.PI) / 180), Math.sin((turned * Math.PI) / 180)];
  const reach = rows.length * dot;
  for (let v = Math.max(0, Math.floor(y - reach)); v < Math.min(height, y + reach); v += 1) {
    for (let u = Math.max(0, Math.floor(x - reach)); u < Math.min(width, x + reach); u += 1) {
      const [right, down] = [u + 0.5 - x, v + 0.5 - y];
      const column = Math.floor((right * cos + down * sin) / dot + rows.length / 2);
      const row = Math.floor((down * cos - right * sin) / dot + rows.length / 2);
      const dark = rows[row]?.[column];
      if (dark === undefined || (clear && !dark)) continue;
      data.set(dark ? [24, 24, 30, 255] : [238, 236, 230, 255], (v * width + u) * 4);
    }
  }
}

/** The same patches each time. */
function dice(): () => number {
  let state = 20_240_917;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const fromHere = createRequire(import.meta.url);
const codec = (path: string) => new WebAssembly.Module(readFileSync(fromHere.resolve(path)));

export async function jpegOf(picture: Dots, quality = 85): Promise<Buffer> {
  await initJpeg(codec("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
  // A browser that takes a film for its camera knows the plain kind only.
  return Buffer.from(await encodeJpeg(picture, { quality, progressive: false, baseline: true }));
}

export async function pngOf(picture: Dots): Promise<Buffer> {
  await initPng(codec("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
  return Buffer.from(await encodePng(picture));
}

export async function webpOf(picture: Dots): Promise<Buffer> {
  await initWebp(codec("@jsquash/webp/codec/enc/webp_enc_simd.wasm"));
  return Buffer.from(await encodeWebp(picture, { quality: 85 }));
}
