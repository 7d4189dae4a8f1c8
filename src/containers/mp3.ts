import { type Cleaned, exactly, notReadable, type Source } from "./source.ts";

const rates = [44_100, 48_000, 32_000];
const bitrates: Readonly<Record<string, readonly number[]>> = {
  "1-1": [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  "1-2": [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  "1-3": [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  "2-1": [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  "2-2": [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

type Frame = { bytes: number; milliseconds: number };

/** The header of a frame (ISO 11172-3, 2.4.1.3); null: none stands here. */
export function frameOf(bytes: Buffer): Frame | null {
  if (bytes.byteLength < 4 || bytes[0] !== 0xff || ((bytes[1] ?? 0) & 0xe0) !== 0xe0) return null;
  const [second, third] = [bytes[1] ?? 0, bytes[2] ?? 0];
  const version = [2.5, 0, 2, 1][(second >> 3) & 3] ?? 0;
  const layer = 4 - ((second >> 1) & 3);
  const base = rates[(third >> 2) & 3];
  if (version === 0 || layer === 4 || base === undefined) return null;
  const table = bitrates[`${version === 1 ? 1 : 2}-${version === 1 ? layer : Math.min(layer, 2)}`];
  const kilobits = table?.[(third >> 4) - 1];
  if (kilobits === undefined) return null;
  const rate = base / (version === 1 ? 1 : version === 2 ? 2 : 4);
  const samples = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152;
  const padding = (third >> 1) & 1;
  const slots = Math.floor((samples / 8) * ((kilobits * 1000) / rate));
  const size = layer === 1 ? (Math.floor((12 * kilobits * 1000) / rate) + padding) * 4 : slots + padding;
  return { bytes: size, milliseconds: (samples / rate) * 1000 };
}

/** Where what stands before the sound ends: ID3v2 tags. */
export async function afterId3(source: Source): Promise<number> {
  let at = 0;
  for (;;) {
    const head = await source.read(at, 10);
    if (head.byteLength < 10 || head.toString("latin1", 0, 3) !== "ID3") return at;
    const size = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
    at += 10 + size + (((head[5] ?? 0) & 0x10) === 0 ? 0 : 10);
  }
}

const FRAMES_AT_LEAST = 3;

/** Only the frames stay: tags before and behind them are cut off. */
export async function cleanMp3(source: Source): Promise<Cleaned> {
  const start = await firstFrame(source, await afterId3(source));
  let at = start;
  let length = 0;
  let count = 0;
  for (;;) {
    const frame = frameOf(await source.read(at, 4));
    if (frame === null || frame.bytes < 4 || at + frame.bytes > source.size) break;
    at += frame.bytes;
    length += frame.milliseconds;
    count += 1;
  }
  if (count < FRAMES_AT_LEAST) throw notReadable("no frames");
  if (!(await isTail(source, at))) throw notReadable("something between the frames");
  return {
    ...{ kind: "sound", type: "audio/mpeg", from: start, to: at, edits: [] },
    ...{ width: 0, height: 0, length: Math.round(length) },
  };
}

/** Some writers leave zeros between their tag and the first frame. */
async function firstFrame(source: Source, from: number): Promise<number> {
  for (let at = from; at < source.size; at += 1) {
    if (((await exactly(source, at, 1))[0] ?? 0) !== 0) return at;
  }
  throw notReadable("no frames");
}

const LONGEST_TAIL = 512 * 1024;

/** Behind the last frame: a tag, zeros, or a frame that was cut short. */
async function isTail(source: Source, at: number): Promise<boolean> {
  const head = (await source.read(at, 11)).toString("latin1");
  if (/^(TAG|APETAGEX|LYRICSBEGIN|ID3)/.test(head) || head.replaceAll("\0", "") === "") return true;
  return source.size - at <= LONGEST_TAIL && frameOf(await source.read(at, 4)) !== null;
}
