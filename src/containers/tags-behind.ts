import { notReadable, type Source } from "./source.ts";

const ID3V1 = 128;
const APE = 32;
const ID3_FOOTER = 10;
/** Of Lyrics3 before its second version (id3.org/Lyrics3): no longer than this, with both its marks. */
const LYRICS = 5_100 + 20;
/** No tag of any kind may begin in what is left of the end. */
const LOOKED_AT = 64 * 1024;
const MARKS = /APETAGEX|LYRICSBEGIN|LYRICSEND|LYRICS200/;

/** Where the sound ends: tags that players keep behind it (ID3v1, ID3v2.4, APE, Lyrics3) are left out, one after the other. */
export async function endOfSound(source: Source, from: number): Promise<number> {
  let end = source.size;
  for (;;) {
    const size = await tagBefore(source, end);
    if (size === 0) break;
    if (end - size < from) throw notReadable("a tag larger than the file");
    end -= size;
  }
  const rest = await before(source, end, LOOKED_AT);
  if (MARKS.test(rest)) throw notReadable("a tag between or behind the frames");
  return end;
}

/** Bytes of the tag that ends there; 0: none does. */
async function tagBefore(source: Source, end: number): Promise<number> {
  if ((await before(source, end, ID3V1)).startsWith("TAG")) return ID3V1;
  const ape = await before(source, end, APE);
  // Its size counts items and footer; a header of the same length may stand before them.
  if (ape.startsWith("APETAGEX") && ape.length === APE) {
    const footer = Buffer.from(ape, "latin1");
    return footer.readUInt32LE(12) + (footer.readUInt32LE(20) >= 0x80000000 ? APE : 0);
  }
  const lyrics = /^(\d{6})LYRICS200$/.exec(await before(source, end, 15));
  if (lyrics !== null) return Number(lyrics[1]) + 15;
  const old = await before(source, end, LYRICS);
  const begin = old.endsWith("LYRICSEND") ? old.lastIndexOf("LYRICSBEGIN") : -1;
  if (begin >= 0) return old.length - begin;
  const id3 = Buffer.from(await before(source, end, ID3_FOOTER), "latin1");
  if (id3.toString("latin1", 0, 3) !== "3DI") return 0;
  return id3.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0) + 2 * ID3_FOOTER;
}

async function before(source: Source, end: number, bytes: number): Promise<string> {
  const from = Math.max(0, end - bytes);
  return (await source.read(from, end - from)).toString("latin1");
}
