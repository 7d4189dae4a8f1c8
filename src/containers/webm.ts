import { blankComments } from "./comments.ts";
import { type Element, elementAt, floatOf, textOf, uintOf, voided } from "./ebml.ts";
import { type Cleaned, type Edit, exactly, notReadable, type Source } from "./source.ts";

const EBML = 0x1a45dfa3;
const DOC_TYPE = 0x4282;
const SEGMENT = 0x18538067;
const VOID = 0xec;
const INFO = 0x1549a966;
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const CLUSTER = 0x1f43b675;
const GROUP = 0xa0;
const ENCODINGS = 0x6d80;
const APPS = [0x4d80, 0x5741];

/** What is needed to play it, by where it stands (RFC 9559). Whatever is not named becomes empty room. */
const inside: Readonly<Record<number, readonly number[]>> = {
  [SEGMENT]: [0x114d9b74, INFO, TRACKS, CLUSTER, 0x1c53bb6b],
  [INFO]: [0x2ad7b1, 0x4489, ...APPS],
  [TRACKS]: [TRACK],
  [TRACK]: [
    ...[0xd7, 0x73c5, 0x83, 0xb9, 0x88, 0x55aa, 0x9c, 0x6de7, 0x6df8, 0x23e383, 0x23314f, 0x55ee],
    ...[0x22b59c, 0x22b59d, 0x86, 0x63a2, 0x56aa, 0x56bb, 0xe0, 0xe1],
  ],
  [CLUSTER]: [0xe7, 0xa3, GROUP, 0xab, 0xa7],
  [GROUP]: [0xa1, 0x9b, 0xfb, 0x75a2, 0x75a1],
};
const ofSegment = [0x114d9b74, INFO, TRACKS, CLUSTER, 0x1c53bb6b, 0x1254c367, 0x1043a770, 0x1941a469];

type Found = {
  edits: Edit[];
  scale: number;
  told: number;
  cluster: number;
  last: number;
  width: number;
  height: number;
  kinds: Set<number>;
  codec: string;
  private: Element | null;
};

/** WebM. The tracks may be picture and sound only. */
export async function cleanWebm(source: Source): Promise<Cleaned> {
  const head = await elementAt(source, 0);
  if (head.id !== EBML || head.size === null || head.size > 4096) throw notReadable("no WebM");
  await docType(source, head);
  const start = head.head + head.size;
  const segment = await elementAt(source, start);
  if (segment.id !== SEGMENT) throw notReadable("no segment");
  const found: Found = {
    ...{ edits: [], scale: 1_000_000, told: 0, cluster: 0, last: 0, width: 0, height: 0 },
    ...{ kinds: new Set<number>(), codec: "", private: null },
  };
  const end = await walk(source, segment, source.size, found);
  if (end < source.size) found.edits.push({ at: end, zero: source.size - end });
  if (found.kinds.size === 0) throw notReadable("no tracks");
  const film = found.kinds.has(1);
  return {
    kind: film ? "film" : "sound",
    type: film ? "video/webm" : "audio/webm",
    from: 0,
    to: end,
    edits: found.edits,
    width: found.width,
    height: found.height,
    length: Math.round((Math.max(found.told, found.last) * found.scale) / 1_000_000),
  };
}

async function docType(source: Source, head: Element): Promise<void> {
  const end = head.head + (head.size ?? 0);
  for (let at = head.head; at < end; ) {
    const one = await elementAt(source, at);
    if (one.id === DOC_TYPE && (await textOf(source, one)) !== "webm") throw notReadable("Matroska");
    at += one.head + (one.size ?? 0);
  }
}

/** Returns where the element ended. */
async function walk(source: Source, parent: Element, limit: number, found: Found): Promise<number> {
  const end = parent.size === null ? limit : parent.at + parent.head + parent.size;
  if (end > limit) throw notReadable("an element that does not fit");
  const allowed = inside[parent.id] ?? [];
  let at = parent.at + parent.head;
  while (at < end) {
    const one = await elementAt(source, at);
    if (parent.id === CLUSTER && parent.size === null && ofSegment.includes(one.id)) return at;
    if (one.size !== null && at + one.head + one.size > end)
      throw notReadable("an element that does not fit");
    if (one.size === null && one.id !== CLUSTER) throw notReadable("something endless");
    if (parent.id === TRACK && one.id === ENCODINGS) throw notReadable("encrypted");
    if (one.id === VOID) found.edits.push({ at: at + one.head, zero: one.size ?? 0 });
    else if (!allowed.includes(one.id)) found.edits.push(...voided(one));
    else if (inside[one.id] !== undefined) {
      at = await walk(source, one, end, found);
      if (one.id === TRACK) await endTrack(source, found);
      continue;
    } else await leaf(source, one, found);
    at += one.head + (one.size ?? 0);
  }
  return at;
}

async function leaf(source: Source, one: Element, found: Found): Promise<void> {
  switch (one.id) {
    case 0x2ad7b1:
      found.scale = await uintOf(source, one);
      return;
    case 0x4489:
      found.told = await floatOf(source, one);
      return;
    case APPS[0]:
    case APPS[1]:
      found.edits.push({ at: one.at + one.head, zero: one.size ?? 0 });
      return;
    case 0x83: {
      const kind = await uintOf(source, one);
      if (kind !== 1 && kind !== 2) throw notReadable("a track that is neither picture nor sound");
      found.kinds.add(kind);
      return;
    }
    case 0x86:
      found.codec = await textOf(source, one);
      return;
    case 0x63a2:
      found.private = one;
      return;
    case 0xe0:
      return measure(source, one, found);
    case 0xe7:
      found.cluster = await uintOf(source, one);
      return;
    case 0xa3:
    case 0xa1: {
      // One byte of the track's number, in every file with fewer than 127 tracks.
      const place = (await exactly(source, one.at + one.head, 3)).readInt16BE(1);
      found.last = Math.max(found.last, found.cluster + place);
    }
  }
}

/** Vorbis keeps its comments in the track's own header: packets laced as Xiph does. */
async function endTrack(source: Source, found: Found): Promise<void> {
  const { codec, private: own } = found;
  found.codec = "";
  found.private = null;
  if (codec !== "A_VORBIS" || own === null || own.size === null) return;
  if (own.size > 1024 * 1024) throw notReadable("a long header");
  const start = own.at + own.head;
  const bytes = await exactly(source, start, own.size);
  let at = 1;
  const laced = () => {
    let size = 0;
    for (let byte = 255; byte === 255; at += 1) {
      byte = bytes[at] ?? 0;
      size += byte;
    }
    return size;
  };
  const [first, second] = [laced(), laced()];
  if (bytes[0] !== 2 || at + first + second > bytes.byteLength) throw notReadable("an odd header");
  found.edits.push({ at: start + at + first, bytes: blankComments(second, "vorbis") });
}

async function measure(source: Source, video: Element, found: Found): Promise<void> {
  const end = video.at + video.head + (video.size ?? 0);
  for (let at = video.at + video.head; at < end; ) {
    const one = await elementAt(source, at);
    if (one.id === 0xb0) found.width = await uintOf(source, one);
    if (one.id === 0xba) found.height = await uintOf(source, one);
    at += one.head + (one.size ?? 0);
  }
}
