/** Films and sounds made by hand: small, whole, and with planted words that have to be gone after cleaning. */
export const PLANTED = "+52.5163+013.3777/";
const planted = Buffer.from(PLANTED);

const u32 = (value: number) => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value);
  return out;
};
const u16 = (value: number) => u32(value).subarray(2);

export const box = (type: string, ...parts: Buffer[]): Buffer => {
  const inside = Buffer.concat(parts);
  return Buffer.concat([u32(inside.byteLength + 8), Buffer.from(type, "latin1"), inside]);
};

const RECORDED = u32(3_700_000_000);
const header = Buffer.alloc(4);

function mvhd(seconds: number): Buffer {
  return box("mvhd", header, RECORDED, RECORDED, u32(1000), u32(seconds * 1000), Buffer.alloc(80));
}

function tkhd(width: number, height: number, turned: boolean): Buffer {
  const matrix = Buffer.alloc(36);
  matrix.writeInt32BE(turned ? 0 : 0x10000, 0);
  matrix.writeInt32BE(turned ? 0x10000 : 0, 4);
  const rest = Buffer.alloc(4 + 4 + 4 + 8 + 8);
  return box("tkhd", header, RECORDED, RECORDED, rest, matrix, u16(width), u16(0), u16(height), u16(0));
}

type TrackOf = {
  handler: string;
  entry: Buffer;
  samples: { at: number; sizes: number[] };
  size: [number, number, boolean];
};

function trak({ handler, entry, samples, size }: TrackOf): Buffer {
  const stbl = box(
    "stbl",
    box("stsd", header, u32(1), entry),
    box("stts", header, u32(0)),
    box("stsc", header, u32(1), u32(1), u32(samples.sizes.length), u32(1)),
    box("stsz", header, u32(0), u32(samples.sizes.length), ...samples.sizes.map(u32)),
    box("stco", header, u32(1), u32(samples.at)),
  );
  const dref = box("dref", header, u32(1), box("url ", Buffer.from([0, 0, 0, 1])));
  return box(
    "trak",
    tkhd(...size),
    box("udta", box("name", planted)),
    box(
      "mdia",
      box("mdhd", header, RECORDED, RECORDED, u32(1000), u32(1000), u32(0)),
      box("hdlr", header, u32(0), Buffer.from(handler), Buffer.alloc(12), planted),
      box("minf", box("dinf", dref), stbl, box("uuid", Buffer.alloc(16), planted)),
    ),
  );
}

function visual(): Buffer {
  const fixed = Buffer.alloc(78);
  fixed.write(PLANTED.slice(0, 18), 43);
  return box("avc1", fixed, box("avcC", Buffer.from([1, 2, 3])), box("Xtra", planted));
}

export type FilmOf = {
  brand?: string;
  seconds?: number;
  turned?: boolean;
  before?: boolean;
  sound?: boolean;
};

type MovieOf = Required<Pick<FilmOf, "seconds" | "turned" | "sound">> & { sizes: number[] };

/** The tables of a film: its samples stand at that place, one after the other, and those of the places behind them. */
function movieAt(at: number, { seconds, turned, sound, sizes }: MovieOf): Buffer {
  const meta = box("meta", header, box("ilst", box("\xa9xyz", planted)));
  return box(
    "moov",
    mvhd(seconds),
    trak({
      handler: sound ? "soun" : "vide",
      entry: sound ? box("mp4a", Buffer.alloc(28)) : visual(),
      samples: { at, sizes },
      size: sound ? [0, 0, false] : [640, 360, turned],
    }),
    trak({
      handler: "meta",
      entry: box("mebx", planted),
      samples: { at: at + sizes.reduce((sum, size) => sum + size, 0), sizes: [planted.byteLength * 5] },
      size: [0, 0, false],
    }),
    box("udta", box("\xa9xyz", planted), meta),
    box("meta", header, box("keys", Buffer.from("com.apple.quicktime.location.ISO6709")), planted),
  );
}

const ftypOf = (brand: string) => box("ftyp", Buffer.from(brand), u32(0), Buffer.from("mp42"));

/** A film of one picture track, with a track of places beside it; what is in the film itself is "PICTURE" over and over. */
export function mp4({
  brand = "isom",
  seconds = 3,
  turned = false,
  before = false,
  sound = false,
}: FilmOf = {}): Buffer {
  const ftyp = ftypOf(brand);
  const picture = Buffer.from("PICTURE".repeat(100));
  const places = Buffer.concat(Array.from({ length: 5 }, () => planted));
  const movie = (at: number) => movieAt(at, { seconds, turned, sound, sizes: [300, 400] });
  const data = box("mdat", picture, places, planted);
  const extra = [box("uuid", Buffer.alloc(16), planted), box("free", planted), box("XMP_", planted)];
  const length = movie(0).byteLength;
  return before
    ? Buffer.concat([ftyp, movie(ftyp.byteLength + length + 8), data, ...extra])
    : Buffer.concat([ftyp, data, movie(ftyp.byteLength + 8), ...extra]);
}

/** All of a film but its pictures: so many bytes of them come behind it. */
export function startOfFilm(bytes: number): Buffer {
  const ftyp = ftypOf("isom");
  const movie = (at: number) => movieAt(at, { seconds: 60, turned: false, sound: false, sizes: [bytes] });
  const length = ftyp.byteLength + movie(0).byteLength + 8;
  return Buffer.concat([ftyp, movie(length), u32(bytes + 8), Buffer.from("mdat")]);
}

/** An element of EBML; its size takes two bytes, or is not told. */
export function element(id: number, inside: Buffer | null, ...more: Buffer[]): Buffer {
  const bytes = Buffer.concat([inside ?? Buffer.alloc(0), ...more]);
  const hex = id.toString(16);
  const name = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  const size = Buffer.from([0x40 | (bytes.byteLength >> 8), bytes.byteLength & 0xff]);
  return Buffer.concat([name, size, bytes]);
}

const endless = (id: number, ...inside: Buffer[]) =>
  Buffer.concat([Buffer.from(id.toString(16), "hex"), Buffer.from([0xff]), ...inside]);

export function webm({ kind = 1, told = true }: { kind?: number; told?: boolean } = {}): Buffer {
  const length = Buffer.alloc(8);
  length.writeDoubleBE(2500);
  const info = element(
    0x1549a966,
    element(0x2ad7b1, Buffer.from([0x0f, 0x42, 0x40])),
    ...(told ? [element(0x4489, length)] : []),
    element(0x4d80, planted),
    element(0x5741, planted),
    element(0x7ba9, planted),
    element(0x4461, Buffer.alloc(8, 7)),
  );
  const video = element(0xe0, element(0xb0, u16(320)), element(0xba, u16(240)));
  const track = element(
    0x1654ae6b,
    element(
      0xae,
      element(0xd7, Buffer.from([1])),
      element(0x83, Buffer.from([kind])),
      element(0x536e, planted),
      element(0x86, Buffer.from("V_VP9")),
      video,
    ),
  );
  const block = (at: number) =>
    element(0xa3, Buffer.from([0x81]), u16(at), Buffer.from([0x80]), Buffer.from("PICTURE"));
  const cluster = endless(
    0x1f43b675,
    element(0xe7, u16(1000)),
    block(0),
    block(400),
    element(0x5854, planted),
  );
  const tags = element(0x1254c367, element(0x7373, element(0x67c8, planted)));
  const attached = element(0x1941a469, planted);
  return Buffer.concat([
    element(0x1a45dfa3, element(0x4282, Buffer.from("webm"))),
    endless(0x18538067, info, track, cluster, tags, attached, element(0xec, planted)),
  ]);
}

export function mp3(frames = 50): Buffer {
  const id3 = Buffer.concat([
    Buffer.from("ID3\u0004\0\0"),
    Buffer.from([0, 0, 1, 0]),
    Buffer.alloc(128 - 18),
    planted,
  ]);
  // MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes.
  const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413, 0x55)]);
  const tag = Buffer.alloc(128);
  tag.write(`TAG${PLANTED}`);
  const ape = Buffer.concat([Buffer.from("APETAGEX"), Buffer.alloc(24), planted]);
  return Buffer.concat([id3, ...Array.from({ length: frames }, () => frame), ape, tag]);
}

function page(flags: number, granule: bigint, number: number, packets: Buffer[]): Buffer {
  const lacing = packets.flatMap((packet) => {
    const parts = Array.from({ length: Math.floor(packet.byteLength / 255) }, () => 255);
    return [...parts, packet.byteLength % 255];
  });
  const head = Buffer.alloc(27);
  head.write("OggS");
  head[5] = flags;
  head.writeBigInt64LE(granule, 6);
  head.writeUInt32LE(77, 14);
  head.writeUInt32LE(number, 18);
  head[26] = lacing.length;
  const whole = Buffer.concat([head, Buffer.from(lacing), ...packets]);
  whole.writeUInt32LE(oggSum(whole), 22);
  return whole;
}

/** By the table-less rule of RFC 3533, written anew. */
export function oggSum(bytes: Buffer): number {
  let sum = 0n;
  for (const byte of bytes) {
    sum ^= BigInt(byte) << 24n;
    for (let bit = 0; bit < 8; bit += 1) {
      sum = (sum << 1n) & 0x1ffffffffn;
      if (sum & 0x100000000n) sum ^= 0x104c11db7n;
    }
  }
  return Number(sum & 0xffffffffn);
}

export function ogg(): Buffer {
  const u32le = (value: number) => Buffer.from(u32(value)).reverse();
  const head = Buffer.concat([
    Buffer.from("OpusHead"),
    Buffer.from([1, 1, 0, 0]),
    u32le(48_000),
    Buffer.from([0, 0, 0]),
  ]);
  const comment = Buffer.concat([Buffer.from("LOCATION="), planted]);
  const maker = Buffer.from("A recorder of the north");
  const long = Buffer.concat([Buffer.from("PLACE="), Buffer.alloc(600, "x"), planted]);
  const tags = Buffer.concat([
    ...[Buffer.from("OpusTags"), u32le(maker.byteLength), maker, u32le(2)],
    ...[u32le(comment.byteLength), comment, u32le(long.byteLength), long],
  ]);
  const sound = Array.from({ length: 3 }, (_, n) =>
    page(0, BigInt((n + 1) * 48_000), n + 2, [Buffer.from("SOUND")]),
  );
  return Buffer.concat([page(2, 0n, 0, [head]), page(0, 0n, 1, [tags]), ...sound]);
}

export function flac(): Buffer {
  const block = (kind: number, bytes: Buffer) =>
    Buffer.concat([Buffer.from([kind]), u32(bytes.byteLength).subarray(1), bytes]);
  const info = Buffer.alloc(34);
  info.writeUIntBE((44_100 << 4) >>> 0, 10, 3);
  info.writeUInt32BE(44_100 * 2, 14);
  return Buffer.concat([
    ...[Buffer.from("fLaC"), block(0, info), block(4, planted), block(6, planted), block(0x82, planted)],
    ...[Buffer.from([0xff, 0xf8]), Buffer.from("SOUND".repeat(20))],
  ]);
}

export function wav(): Buffer {
  const chunk = (name: string, bytes: Buffer) => {
    const size = Buffer.from(u32(bytes.byteLength)).reverse();
    return Buffer.concat([Buffer.from(name), size, bytes, Buffer.alloc(bytes.byteLength % 2)]);
  };
  const format = Buffer.alloc(16);
  format.writeUInt32LE(8_000, 8);
  const inside = Buffer.concat([
    ...[Buffer.from("WAVE"), chunk("fmt ", format), chunk("bext", planted)],
    ...[chunk("LIST", planted), chunk("data", Buffer.alloc(16_000, 3)), chunk("id3 ", planted)],
  ]);
  return Buffer.concat([Buffer.from("RIFF"), Buffer.from(u32(inside.byteLength)).reverse(), inside]);
}
