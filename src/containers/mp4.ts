import { type Box, boxesIn, freed, payload } from "./boxes.ts";
import { type Track, timeless, track } from "./mp4-track.ts";
import { type Cleaned, type Edit, exactly, notReadable, type Source } from "./source.ts";

const kept = ["ftyp", "styp", "moov", "mdat", "moof", "sidx", "mfra"];
const room = ["free", "skip", "wide"];
const inMovie = ["mvhd", "trak", "mvex", "iods"];
const inFragment: Readonly<Record<string, readonly string[]>> = {
  moof: ["mfhd", "traf"],
  traf: ["tfhd", "tfdt", "trun", "sdtp", "sbgp", "sgpd", "saiz", "saio"],
};

/** Boxes of data outside fragments; a camera writes one. */
const MOST_DATA = 64;

type Movie = { tracks: Track[]; length: number };

/**
 * MP4, M4A and MOV (ISO 14496-12, QuickTime). Only boxes that are needed to play it keep their content; tracks that are
 * neither picture nor sound, such as those with places, go with their samples: of the data only what a kept track
 * points at stays.
 */
export async function cleanMp4(source: Source): Promise<Cleaned> {
  const edits: Edit[] = [];
  const data: Box[] = [];
  let movie: Movie | null = null;
  let fragments = false;
  let brand = "qt  ";
  for (const box of await boxesIn(source, 0, source.size)) {
    if (box.type === "ftyp") brand = (await exactly(source, box.at + box.head, 4)).toString("latin1");
    if (box.type === "mdat") data.push(box);
    if (box.type === "moof") {
      fragments = true;
      await fragment(source, box, edits);
    }
    if (box.type === "moov" && movie === null) movie = await readMovie(source, box, edits);
    else if (room.includes(box.type)) edits.push({ at: box.at + box.head, zero: box.size - box.head });
    else if (!kept.includes(box.type) || box.type === "moov") edits.push(...freed(box));
  }
  if (!fragments && data.length > MOST_DATA) throw notReadable("too much in pieces");
  if (movie === null) throw notReadable("no film in it");
  const playable = movie.tracks.filter(isPlayed);
  if (playable.length === 0) throw notReadable("neither picture nor sound");
  // What no track points at cannot be told where some of the data belongs to fragments.
  if (fragments && movie.tracks.some(({ chunks }) => chunks.length > 0))
    throw notReadable("whole and in fragments");
  if (!fragments) edits.push(...unused(data, movie.tracks));
  else if (playable.length < movie.tracks.length) throw notReadable("other tracks in fragments");
  const picture = playable.find(({ handler }) => handler === "vide");
  return {
    kind: picture === undefined ? "sound" : "film",
    type: picture === undefined ? "audio/mp4" : brand === "qt  " ? "video/quicktime" : "video/mp4",
    from: 0,
    to: source.size,
    edits,
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
    length: movie.length,
  };
}

const isPlayed = ({ handler }: Track) => handler === "vide" || handler === "soun";

async function readMovie(source: Source, box: Box, edits: Edit[]): Promise<Movie> {
  const movie: Movie = { tracks: [], length: 0 };
  for (const inner of await boxesIn(source, box.at + box.head, box.at + box.size)) {
    if (inner.type === "trak") movie.tracks.push(await track(source, inner, edits));
    else if (inner.type === "mvhd") {
      const bytes = await payload(source, inner, 512);
      edits.push(timeless(inner, bytes));
      movie.length = Math.max(movie.length, lengthOf(bytes));
    } else if (inner.type === "mvex") {
      movie.length = Math.max(movie.length, await freeOthers(source, inner, ["mehd", "trex"], edits));
    } else if (!inMovie.includes(inner.type)) edits.push(...freed(inner));
  }
  return movie;
}

async function freeOthers(source: Source, box: Box, allowed: string[], edits: Edit[]): Promise<number> {
  for (const inner of await boxesIn(source, box.at + box.head, box.at + box.size)) {
    if (!allowed.includes(inner.type)) edits.push(...freed(inner));
  }
  return 0;
}

async function fragment(source: Source, box: Box, edits: Edit[]): Promise<void> {
  const allowed = inFragment[box.type] ?? [];
  for (const inner of await boxesIn(source, box.at + box.head, box.at + box.size)) {
    if (!allowed.includes(inner.type)) edits.push(...freed(inner));
    else if (inner.type === "traf") await fragment(source, inner, edits);
  }
}

function lengthOf(mvhd: Buffer): number {
  const long = mvhd[0] === 1;
  if (mvhd.byteLength < (long ? 32 : 20)) throw notReadable("a short film header");
  const scale = mvhd.readUInt32BE(long ? 20 : 12);
  const units = long ? Number(mvhd.readBigUInt64BE(24)) : mvhd.readUInt32BE(16);
  const unknown = long ? units >= 2 ** 63 : units === 0xffffffff;
  return scale === 0 || unknown ? 0 : Math.round((units / scale) * 1000);
}

/** The data that no kept track points at. */
function unused(data: Box[], tracks: Track[]): Edit[] {
  const starts = tracks.flatMap(({ chunks }) => chunks.map(({ at }) => at)).sort((a, b) => a - b);
  const after = (at: number) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return starts[low] ?? Number.POSITIVE_INFINITY;
  };
  const used = tracks
    .filter(isPlayed)
    .flatMap(({ chunks }) =>
      chunks.map(({ at, bytes }) => ({ at, end: bytes === null ? after(at) : at + bytes })),
    )
    .sort((a, b) => a.at - b.at);
  return data.flatMap((box) => {
    const edits: Edit[] = [];
    const end = box.at + box.size;
    let at = box.at + box.head;
    for (const part of used) {
      if (part.end <= at) continue;
      if (part.at >= end) break;
      if (part.at > at) edits.push({ at, zero: part.at - at });
      at = Math.min(part.end, end);
    }
    if (at < end) edits.push({ at, zero: end - at });
    return edits;
  });
}
