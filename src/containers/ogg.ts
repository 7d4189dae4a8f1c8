import { blankComments } from "./comments.ts";
import { type Cleaned, type Edit, exactly, notReadable, type Source } from "./source.ts";

/** A page of RFC 3533. */
type Page = {
  at: number;
  head: number;
  lacing: Buffer;
  bytes: number;
  granule: bigint;
  serial: number;
  first: boolean;
};

const LONGEST_COMMENT = 16 * 1024 * 1024;

/** Ogg with one stream of Opus or Vorbis in it. The comments become spaces; nothing moves. */
export async function cleanOgg(source: Source): Promise<Cleaned> {
  const first = await pageAt(source, 0);
  const start = await exactly(source, first.head, Math.min(first.bytes, 19));
  const codec = codecOf(start);
  const edits = await comments(source, first, codec);
  let granule = 0n;
  let at = 0;
  while (at < source.size) {
    const page = await pageAt(source, at);
    // A second stream would bring comments of its own.
    if (page.serial !== first.serial || (page.first && at > 0)) throw notReadable("more than one stream");
    if (page.granule > granule) granule = page.granule;
    at += page.head + page.bytes;
  }
  const rate = codec === "opus" ? 48_000 : start.readUInt32LE(12);
  return {
    ...{ kind: "sound", type: "audio/ogg", from: 0, to: source.size, edits, width: 0, height: 0 },
    length: rate === 0 ? 0 : Math.round((Number(granule) / rate) * 1000),
  };
}

function codecOf(start: Buffer): "opus" | "vorbis" {
  if (start.toString("latin1", 0, 8) === "OpusHead") return "opus";
  if (start.byteLength >= 16 && start.toString("latin1", 0, 7) === "\u0001vorbis") return "vorbis";
  throw notReadable("neither Opus nor Vorbis");
}

async function pageAt(source: Source, at: number): Promise<Page> {
  const head = await exactly(source, at, 27);
  if (head.toString("latin1", 0, 5) !== "OggS\0") throw notReadable("no page");
  const lacing = Buffer.from(await exactly(source, at + 27, head[26] ?? 0));
  const bytes = lacing.reduce((sum, size) => sum + size, 0);
  const granule = head.readBigInt64LE(6);
  return {
    ...{ at, head: 27 + lacing.byteLength, lacing, bytes, granule, serial: head.readUInt32LE(14) },
    first: ((head[5] ?? 0) & 2) === 2,
  };
}

type Span = { at: number; bytes: number };

/** The second packet, wherever its parts lie, and the sums of the pages it is on. */
async function comments(source: Source, first: Page, codec: "opus" | "vorbis"): Promise<Edit[]> {
  const spans: Span[] = [];
  const pages: Page[] = [];
  let size = 0;
  for (let at = first.head + first.bytes, ended = false; !ended; ) {
    const page = await pageAt(source, at);
    let inPage = 0;
    for (const part of page.lacing) {
      inPage += part;
      ended = part < 255;
      if (ended) break;
    }
    pages.push(page);
    spans.push({ at: at + page.head, bytes: inPage });
    size += inPage;
    if (size > LONGEST_COMMENT) throw notReadable("long comments");
    at += page.head + page.bytes;
  }
  const blank = blankComments(size, codec);
  let from = 0;
  const edits: Edit[] = [];
  for (const [n, page] of pages.entries()) {
    const span = spans[n] ?? { at: 0, bytes: 0 };
    const whole = Buffer.from(await exactly(source, page.at, page.head + page.bytes));
    const part = blank.subarray(from, from + span.bytes);
    from += span.bytes;
    part.copy(whole, page.head);
    whole.writeUInt32LE(0, 22);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(checksum(whole));
    edits.push({ at: page.at + 22, bytes: sum }, { at: span.at, bytes: part });
  }
  return edits;
}

/** CRC-32 with polynomial 0x04c11db7, nothing reflected (RFC 3533, 6). */
export function checksum(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum << 1) ^ (sum & 0x80000000 ? 0x04c11db7 : 0);
  }
  return sum >>> 0;
}
