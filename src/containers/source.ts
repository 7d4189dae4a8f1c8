import { NodeError } from "../lib/errors.ts";

/** A file that is looked into at any place, without holding it in memory. */
export type Source = {
  readonly size: number;
  /** Fewer bytes than asked for only at the end. */
  read(from: number, length: number): Promise<Buffer>;
};

/** Bytes replaced where they stand: nothing moves, so every offset in the file stays true. */
export type Edit = { at: number; zero: number } | { at: number; bytes: Buffer };

/** What is kept of a file, and what is known of it. `from` to `to`: cut there. Length in milliseconds, 0: not told. */
export type Cleaned = {
  kind: "film" | "sound";
  type: string;
  from: number;
  to: number;
  edits: Edit[];
  width: number;
  height: number;
  length: number;
};

const WINDOW = 256 * 1024;
/** Ten times what ten minutes of film take. A file of nothing but tiny parts would hold everything up. */
const MOST_READS = 1_000_000;

/** Small reads one after the other, as whoever walks a file makes them, cost one large read. */
export function windowed(source: Source): Source {
  let reads = 0;
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  return {
    size: source.size,
    async read(from, length) {
      reads += 1;
      if (reads > MOST_READS) throw notReadable("too many parts");
      if (length > WINDOW) return source.read(from, length);
      if (from < start || from + length > start + window.byteLength) {
        start = from;
        window = await source.read(from, Math.min(WINDOW, Math.max(0, source.size - from)));
      }
      return window.subarray(from - start, from - start + length);
    },
  };
}

export const notReadable = (why: string) => new NodeError("film-not-readable", why);

/** Exactly these bytes. Throws "film-not-readable" at the end of the file. */
export async function exactly(source: Source, from: number, length: number): Promise<Buffer> {
  const bytes = await source.read(from, length);
  if (bytes.byteLength !== length) throw notReadable("ends too soon");
  return bytes;
}

const lengthOf = (edit: Edit) => ("zero" in edit ? edit.zero : edit.bytes.byteLength);

/** The cleaned bytes of a stream that begins at `cleaned.from`. */
export async function* edited(bytes: AsyncIterable<Buffer>, cleaned: Cleaned): AsyncGenerator<Buffer> {
  const edits = [...cleaned.edits].sort((a, b) => a.at - b.at);
  let at = cleaned.from;
  let next = 0;
  for await (const piece of bytes) {
    const end = at + piece.byteLength;
    let out = piece;
    for (let n = next; n < edits.length; n += 1) {
      const edit = edits[n];
      if (edit === undefined || edit.at >= end) break;
      if (out === piece) out = Buffer.from(piece);
      apply(edit, out, at);
      if (n === next && edit.at + lengthOf(edit) <= end) next += 1;
    }
    at = end;
    yield out;
  }
}

function apply(edit: Edit, out: Buffer, at: number): void {
  const from = Math.max(edit.at, at);
  const to = Math.min(edit.at + lengthOf(edit), at + out.byteLength);
  if (to <= from) return;
  if ("zero" in edit) out.fill(0, from - at, to - at);
  else edit.bytes.copy(out, from - at, from - edit.at, to - edit.at);
}
