import { type Edit, exactly, notReadable, type Source } from "./source.ts";

/** A box of ISO 14496-12 and of QuickTime. `head`: bytes before what is in it. */
export type Box = { type: string; at: number; head: number; size: number };

/** More boxes in one than any camera writes. */
const MOST = 20_000;

export async function boxesIn(source: Source, from: number, to: number): Promise<Box[]> {
  const found: Box[] = [];
  for (let at = from; at < to; ) {
    // QuickTime ends some lists with four zeros.
    if (to - at < 8) break;
    const box = await boxAt(source, at, to);
    if (box === null) break;
    found.push(box);
    if (found.length > MOST) throw notReadable("too many boxes");
    at += box.size;
  }
  return found;
}

async function boxAt(source: Source, at: number, to: number): Promise<Box | null> {
  const start = await exactly(source, at, 8);
  const type = start.toString("latin1", 4, 8);
  const short = start.readUInt32BE(0);
  if (short === 0 && type === "\0\0\0\0") return null;
  if (short === 0) return to === source.size ? { type, at, head: 8, size: to - at } : fail();
  const long = short === 1;
  const size = long ? Number((await exactly(source, at + 8, 8)).readBigUInt64BE(0)) : short;
  const head = long ? 16 : 8;
  return size >= head && at + size <= to ? { type, at, head, size } : fail();
}

function fail(): never {
  throw notReadable("a box that does not fit");
}

/** The box becomes empty room of the same size. */
export function freed({ at, head, size }: Box): Edit[] {
  return [
    { at: at + 4, bytes: Buffer.from("free", "latin1") },
    { at: at + head, zero: size - head },
  ];
}

/** What is in a box, when that is a table and not the film. */
export async function payload(source: Source, { at, head, size }: Box, most: number): Promise<Buffer> {
  if (size - head > most) throw notReadable("a table that is too large");
  return exactly(source, at + head, size - head);
}
