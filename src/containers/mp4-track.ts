import { type Box, boxesIn, freed, payload } from "./boxes.ts";
import { type Edit, notReadable, type Source } from "./source.ts";

/** Where the parts of a track lie. `exact`: the sizes of its samples are told, so a chunk's end is known. */
export type Track = {
  handler: string;
  width: number;
  height: number;
  chunks: { at: number; bytes: number | null }[];
};

const TABLE = 16 * 1024 * 1024;
const DESCRIPTIONS = 1024 * 1024;

/** What a film needs to be played. Whatever is not named becomes empty room. */
const parts: Readonly<Record<string, readonly string[]>> = {
  trak: ["tkhd", "edts", "mdia", "tapt"],
  edts: ["elst"],
  tapt: ["clef", "prof", "enof"],
  mdia: ["mdhd", "hdlr", "minf"],
  minf: ["vmhd", "smhd", "hdlr", "dinf", "stbl"],
  dinf: ["dref"],
  stbl: [
    ...["stsd", "stts", "ctts", "cslg", "stss", "stsc", "stsz", "stz2", "stco", "co64"],
    ...["sgpd", "sbgp", "sdtp", "stps"],
  ],
};

/** What describes how pictures are coded, inside a sample entry. */
const codecs = [
  ...["avcC", "hvcC", "vpcC", "av1C", "esds", "colr", "pasp", "clap", "btrt", "fiel", "gama", "chrm"],
  ...["mdcv", "clli", "dvcC", "dvvC", "lhvC", "st3d", "sv3d", "SmDm", "CoLL"],
];

type Tables = { stsd: Box | null; stsc: Buffer | null; sizes: Buffer | null; chunks: number[] };

/** Reads a track and notes what in it has to go. A track of anything but picture or sound goes as a whole. */
export async function track(source: Source, box: Box, edits: Edit[]): Promise<Track> {
  const found: Track = { handler: "", width: 0, height: 0, chunks: [] };
  const tables: Tables = { stsd: null, stsc: null, sizes: null, chunks: [] };
  const own: Edit[] = [];
  await walk(box);
  if (found.handler === "") throw notReadable("a track of no kind");
  if (found.handler === "vide" && tables.stsd !== null)
    own.push(...(await descriptions(source, tables.stsd)));
  found.chunks = chunksOf(tables);
  edits.push(...(found.handler === "vide" || found.handler === "soun" ? own : freed(box)));
  return found;

  async function walk(container: Box): Promise<void> {
    const allowed = parts[container.type] ?? [];
    for (const inner of await boxesIn(source, container.at + container.head, container.at + container.size)) {
      if (!allowed.includes(inner.type)) own.push(...freed(inner));
      else if (parts[inner.type] !== undefined) await walk(inner);
      else await leaf(inner, container.type);
    }
  }

  async function leaf(inner: Box, parent: string): Promise<void> {
    switch (inner.type) {
      case "tkhd":
        own.push(timeless(inner, await payload(source, inner, 512)));
        return measure(await payload(source, inner, 512), found);
      case "mdhd":
        own.push(timeless(inner, await payload(source, inner, 512)));
        return;
      case "hdlr":
        if (parent === "mdia") found.handler = (await payload(source, inner, 4096)).toString("latin1", 8, 12);
        // Who made it, and the name of the camera's part.
        own.push({ at: inner.at + inner.head + 12, zero: Math.max(0, inner.size - inner.head - 12) });
        return;
      case "dref":
        own.push(...(await references(source, inner)));
        return;
      case "stsd":
        tables.stsd = inner;
        return;
      case "stsc":
        tables.stsc = await payload(source, inner, TABLE);
        return;
      case "stsz":
        tables.sizes = await payload(source, inner, TABLE);
        return;
      case "stco":
      case "co64":
        tables.chunks = offsets(await payload(source, inner, TABLE), inner.type === "co64" ? 8 : 4);
    }
  }
}

/** When it was recorded and changed. */
export function timeless(box: Box, bytes: Buffer): Edit {
  return { at: box.at + box.head + 4, zero: bytes[0] === 1 ? 16 : 8 };
}

function measure(tkhd: Buffer, found: Track): void {
  const end = tkhd.byteLength;
  if (end < 80) throw notReadable("a short track header");
  const [width, height] = [tkhd.readUInt16BE(end - 8), tkhd.readUInt16BE(end - 4)];
  const turned = tkhd.readInt32BE(end - 44) === 0 && tkhd.readInt32BE(end - 40) !== 0;
  Object.assign(found, turned ? { width: height, height: width } : { width, height });
}

/** A film that has parts in other files names them by where they lie on a disk. */
async function references(source: Source, box: Box): Promise<Edit[]> {
  const start = box.at + box.head + 8;
  const edits: Edit[] = [];
  for (const entry of await boxesIn(source, start, box.at + box.size)) {
    const flags = await payload(source, entry, 64 * 1024);
    if ((flags.at(3) ?? 0) % 2 === 0) throw notReadable("parts in other files");
    if (flags.byteLength > 4) edits.push({ at: entry.at + entry.head + 4, zero: flags.byteLength - 4 });
  }
  return edits;
}

async function descriptions(source: Source, box: Box): Promise<Edit[]> {
  if (box.size > DESCRIPTIONS) throw notReadable("long descriptions");
  const edits: Edit[] = [];
  for (const entry of await boxesIn(source, box.at + box.head + 8, box.at + box.size)) {
    if (entry.size < 86) throw notReadable("a short description");
    // The maker of the encoder, and its name.
    edits.push({ at: entry.at + 20, zero: 4 }, { at: entry.at + 50, zero: 32 });
    for (const inner of await boxesIn(source, entry.at + 86, entry.at + entry.size)) {
      if (!codecs.includes(inner.type)) edits.push(...freed(inner));
    }
  }
  return edits;
}

function offsets(table: Buffer, width: 4 | 8): number[] {
  const count = table.readUInt32BE(4);
  if (8 + count * width > table.byteLength) throw notReadable("a short table");
  return Array.from({ length: count }, (_, n) => {
    const at = 8 + n * width;
    return width === 4 ? table.readUInt32BE(at) : Number(table.readBigUInt64BE(at));
  });
}

/** Sizes of chunks from the sizes of their samples; null where those are not told one by one. */
function chunksOf({ stsc, sizes, chunks }: Tables): Track["chunks"] {
  const told = sizes !== null && sizes.byteLength >= 12 && sizes.readUInt32BE(4) === 0 ? sizes : null;
  if (told === null || stsc === null) return chunks.map((at) => ({ at, bytes: null }));
  const runs = stsc.readUInt32BE(4);
  if (8 + runs * 12 > stsc.byteLength) throw notReadable("a short table");
  let [run, sample] = [0, 0];
  return chunks.map((at, n) => {
    while (run + 1 < runs && stsc.readUInt32BE(8 + (run + 1) * 12) <= n + 1) run += 1;
    const count = runs === 0 ? 0 : stsc.readUInt32BE(8 + run * 12 + 4);
    let bytes = 0;
    for (let left = count; left > 0; left -= 1, sample += 1) {
      const place = 12 + sample * 4;
      if (place + 4 > told.byteLength) throw notReadable("a short table");
      bytes += told.readUInt32BE(place);
    }
    return { at, bytes };
  });
}
