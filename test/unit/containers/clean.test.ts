import { describe, expect, test } from "vitest";
import { clean } from "../../../src/containers/clean.ts";
import { type Format, shownType, sniff } from "../../../src/containers/sniff.ts";
import { type Cleaned, edited, type Source } from "../../../src/containers/source.ts";
import { box, element, flac, mp3, mp4, ogg, oggSum, PLANTED, wav, webm } from "../../support/films.ts";

const sourceOf = (bytes: Buffer): Source => ({
  size: bytes.byteLength,
  read: async (from, length) => bytes.subarray(from, from + length),
});

/** The cleaned bytes, handed over in pieces of an odd size. */
async function cleaned(bytes: Buffer, format: Format): Promise<{ out: Buffer; found: Cleaned }> {
  const found = await clean(sourceOf(bytes), format);
  const pieces = async function* () {
    for (let at = found.from; at < found.to; at += 61) yield bytes.subarray(at, Math.min(at + 61, found.to));
  };
  const out: Buffer[] = [];
  for await (const piece of edited(pieces(), found)) out.push(piece);
  return { out: Buffer.concat(out), found };
}

const kinds: [string, Format, Buffer, string, Partial<Cleaned>][] = [
  ["MP4", "mp4", mp4(), "PICTURE", { type: "video/mp4", width: 640, height: 360, length: 3000 }],
  ["MP4, its tables first", "mp4", mp4({ before: true }), "PICTURE", { type: "video/mp4" }],
  [
    "MOV, held upright",
    "mp4",
    mp4({ brand: "qt  ", turned: true }),
    "PICTURE",
    { type: "video/quicktime", width: 360, height: 640 },
  ],
  ["M4A", "mp4", mp4({ brand: "M4A ", sound: true }), "PICTURE", { type: "audio/mp4", kind: "sound" }],
  ["WebM", "webm", webm(), "PICTURE", { type: "video/webm", width: 320, height: 240, length: 2500 }],
  ["WebM from a browser, of no told length", "webm", webm({ told: false }), "PICTURE", { length: 1400 }],
  ["MP3", "mp3", mp3(), "UUUU", { type: "audio/mpeg", length: 1306 }],
  ["Ogg", "ogg", ogg(), "SOUND", { type: "audio/ogg", length: 3000 }],
  ["FLAC", "flac", flac(), "SOUND", { type: "audio/flac", length: 2000 }],
  ["WAV", "wav", wav(), "\u0003\u0003", { type: "audio/wav", length: 2000 }],
];

test.each(kinds)(
  "E10: %s loses where and with what it was made, and keeps what it shows",
  async (_, format, bytes, content, facts) => {
    expect(sniff(bytes)).toEqual({ as: "media", format });
    expect(bytes.includes(PLANTED)).toBe(true);
    const { out, found } = await cleaned(bytes, format);
    expect(out.includes(PLANTED)).toBe(false);
    expect(out.includes("location.ISO6709")).toBe(false);
    expect(out.includes(content)).toBe(true);
    expect(found).toMatchObject(facts);
  },
);

test.each(kinds)(
  "%s that was cleaned is whole, and cleaning it again changes nothing",
  async (_, format, bytes) => {
    const once = await cleaned(bytes, format);
    const twice = await cleaned(once.out, format);
    expect(twice.out.equals(once.out)).toBe(true);
    expect(twice.found.length).toBe(once.found.length);
  },
);

test.each(kinds)(
  "%s cut short is refused or ends early, and nothing planted comes through",
  async (_, format, bytes) => {
    for (let end = 1; end < bytes.byteLength; end += Math.ceil(bytes.byteLength / 150)) {
      const out = await cleaned(bytes.subarray(0, end), format).then(
        ({ out }) => out,
        (error: unknown) => {
          expect(error).toMatchObject({ code: "film-not-readable" });
          return Buffer.alloc(0);
        },
      );
      expect(out.includes(PLANTED)).toBe(false);
    }
  },
);

test("a film of nothing but tiny parts is refused before it holds everything up", async () => {
  const head = webm().subarray(0, 20);
  const bytes = Buffer.concat([head, Buffer.alloc(2_000_000, Buffer.from([0xec, 0x80]))]);
  await expect(clean(sourceOf(bytes), "webm")).rejects.toMatchObject({ code: "film-not-readable" });
  const chunks = Buffer.concat([
    wav().subarray(0, 12),
    Buffer.alloc(16_000_000, Buffer.from("abcd\0\0\0\0")),
  ]);
  chunks.writeUInt32LE(chunks.byteLength - 8, 4);
  await expect(clean(sourceOf(chunks), "wav")).rejects.toMatchObject({ code: "film-not-readable" });
});

test("the film itself stays byte for byte where it was, so that every offset holds", async () => {
  const bytes = mp4();
  const { out } = await cleaned(bytes, "mp4");
  expect(out.byteLength).toBe(bytes.byteLength);
  const at = bytes.indexOf("PICTURE");
  expect(out.subarray(at, at + 700).equals(bytes.subarray(at, at + 700))).toBe(true);
  expect(out.subarray(at + 700, at + 780).every((byte) => byte === 0)).toBe(true);
});

test("when it was recorded is gone from every header", async () => {
  const { out } = await cleaned(mp4(), "mp4");
  const time = Buffer.alloc(4);
  time.writeUInt32BE(3_700_000_000);
  expect(mp4().includes(time)).toBe(true);
  expect(out.includes(time)).toBe(false);
});

test("the sums of an Ogg file are right after its comments became spaces", async () => {
  const { out } = await cleaned(ogg(), "ogg");
  let at = 0;
  let pages = 0;
  while (at < out.byteLength) {
    const lacing = out.subarray(at + 27, at + 27 + (out[at + 26] ?? 0));
    const end = at + 27 + lacing.byteLength + lacing.reduce((sum, size) => sum + size, 0);
    const page = Buffer.from(out.subarray(at, end));
    const told = page.readUInt32LE(22);
    page.writeUInt32LE(0, 22);
    expect(told).toBe(oggSum(page));
    at = end;
    pages += 1;
  }
  expect(pages).toBe(5);
});

const odd: [string, Format, Buffer][] = [
  ["a box larger than the file", "mp4", Buffer.concat([mp4(), Buffer.from("7fffffff6d646174", "hex")])],
  [
    "no tracks",
    "mp4",
    Buffer.concat([box("ftyp", Buffer.from("isom")), box("moov", box("mvhd", Buffer.alloc(100)))]),
  ],
  [
    "parts in another file",
    "mp4",
    Buffer.from(mp4().toString("latin1").replace("url \0\0\0\u0001", "url \0\0\0\0"), "latin1"),
  ],
  ["subtitles as a track", "webm", webm({ kind: 17 })],
  ["Matroska", "webm", Buffer.concat([element(0x1a45dfa3, element(0x4282, Buffer.from("matroska")))])],
  ["no frames", "mp3", Buffer.from("ID3\u0004\0\0\0\0\0\u0001x")],
  [
    "words between the frames",
    "mp3",
    Buffer.concat([mp3().subarray(138, 138 + 417 * 20), Buffer.alloc(900, "w")]),
  ],
  ["two streams", "ogg", Buffer.concat([ogg(), ogg()])],
  [
    "a chunk that does not fit",
    "wav",
    Buffer.concat([wav().subarray(0, 12), Buffer.from("fmt \xff\xff\xff\x7f", "latin1")]),
  ],
];

test.each(odd)("a film or sound with %s is refused", async (_, format, bytes) => {
  await expect(cleaned(bytes, format)).rejects.toMatchObject({ code: "film-not-readable" });
});

test.each([
  ["GIF89a.......", "sealed-picture", "image/gif"],
  ["\0\0\0\u0018ftypheic", "sealed-picture", null],
  ["\0\0\0\u0018ftypavif", "sealed-picture", "image/avif"],
  ['<?xml version="1.0"?><svg xmlns="x">', "sealed-picture", null],
  ["%PDF-1.7", "other", null],
  ['{"type":"Person"}', "other", null],
  ["<!doctype html><script>", "other", null],
  ["RIFF....AVI LIST", "sealed-media", null],
])("E12: %j is known by its first bytes", (text, as, type) => {
  const bytes = Buffer.from(text, "latin1");
  expect(sniff(bytes).as).toBe(as);
  expect(shownType(bytes)).toBe(type);
});

describe("tags behind the frames of a FLAC file", () => {
  const u32 = (value: number) => {
    const out = Buffer.alloc(4);
    out.writeUInt32LE(value);
    return out;
  };
  const place = Buffer.from(PLANTED);
  const id3 = Buffer.concat([Buffer.from("TAG"), place, Buffer.alloc(125 - place.byteLength)]);
  const apeEnd = (flags: number) =>
    Buffer.concat([
      ...[Buffer.from("APETAGEX"), u32(2000), u32(place.byteLength + 32), u32(1), u32(flags)],
      Buffer.alloc(8),
    ]);
  const ape = Buffer.concat([place, apeEnd(0)]);
  const apeWithHeader = Buffer.concat([apeEnd(0xa0000000), place, apeEnd(0x80000000)]);
  const words = Buffer.concat([Buffer.from("LYRICSBEGIN"), place]);
  const lyrics2 = Buffer.concat([
    words,
    Buffer.from(`${words.byteLength}`.padStart(6, "0")),
    Buffer.from("LYRICS200"),
  ]);
  const lyrics1 = Buffer.concat([words, Buffer.from("LYRICSEND")]);
  const appended = Buffer.concat([
    ...[Buffer.from("ID3\x04\0\x10\0\0\0"), Buffer.from([place.byteLength]), place],
    ...[Buffer.from("3DI\x04\0\x10\0\0\0"), Buffer.from([place.byteLength])],
  ]);

  test.each<[string, Buffer[]]>([
    ["ID3v1", [id3]],
    ["APE", [ape]],
    ["APE with a header", [apeWithHeader]],
    ["Lyrics3", [lyrics1]],
    ["Lyrics3 of the second version", [lyrics2]],
    ["ID3v2.4", [appended]],
    ["all of them", [apeWithHeader, appended, lyrics2, ape, lyrics1, id3]],
  ])("are cut off: %s", async (_, tags) => {
    const { out } = await cleaned(Buffer.concat([flac(), ...tags]), "flac");
    expect(out.byteLength).toBe(flac().byteLength);
    expect(out.includes(PLANTED)).toBe(false);
  });

  test.each<[string, Buffer]>([
    ["not the last thing in the file", Buffer.concat([ape, Buffer.from("more")])],
    ["larger than the file", Buffer.concat([Buffer.from("999999LYRICS200")])],
  ])("are refused where they are %s", async (_, tag) => {
    await expect(cleaned(Buffer.concat([flac(), tag]), "flac")).rejects.toMatchObject({
      code: "film-not-readable",
    });
  });
});

test("a film that is whole and in fragments at once is refused", async () => {
  const moof = box("moof", box("mfhd", Buffer.alloc(8)));
  const film = mp4();
  film.write("free", film.lastIndexOf("trak"), "latin1"); // the track of places
  expect((await cleaned(film, "mp4")).out.includes(PLANTED)).toBe(false);
  const bytes = Buffer.concat([film, moof, box("mdat", Buffer.from("SOUND"))]);
  await expect(cleaned(bytes, "mp4")).rejects.toMatchObject({ code: "film-not-readable" });
});
