import { type Edit, exactly, notReadable, type Source } from "./source.ts";

/** An element of RFC 8794. `size` of what is in it; null: not told, it ends where its parent or the next one begins. */
export type Element = { id: number; at: number; head: number; size: number | null };

export async function elementAt(source: Source, at: number): Promise<Element> {
  const id = await vint(source, at, 4, true);
  const size = await vint(source, at + id.width, 8, false);
  const unknown = size.value === 2 ** (7 * size.width) - 1;
  if (!unknown && !Number.isSafeInteger(size.value)) throw notReadable("an endless element");
  return { id: id.value, at, head: id.width + size.width, size: unknown ? null : size.value };
}

async function vint(source: Source, at: number, most: number, marked: boolean) {
  const first = (await exactly(source, at, 1))[0] ?? 0;
  const width = Math.clz32(first) - 23;
  if (width > most || width < 1) throw notReadable("no element");
  const bytes = await exactly(source, at, width);
  let value = marked ? first : first & (0xff >> width);
  for (const byte of bytes.subarray(1)) value = value * 256 + byte;
  return { value, width };
}

const VOID = 0xec;

/** Empty room of the same size in its place. */
export function voided({ at, head, size }: Element): Edit[] {
  if (size === null) throw notReadable("something endless");
  const width = Math.min(8, head - 1);
  const header = Buffer.alloc(1 + width);
  header[0] = VOID;
  let rest = head + size - 1 - width;
  for (let n = width; n >= 1; n -= 1) {
    header[n] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  header[1] = (header[1] ?? 0) | (0x80 >> (width - 1));
  return [
    { at, bytes: header },
    { at: at + 1 + width, zero: head + size - 1 - width },
  ];
}

export async function uintOf(source: Source, { at, head, size }: Element): Promise<number> {
  if (size === null || size > 8) throw notReadable("a number that is none");
  let value = 0;
  for (const byte of await exactly(source, at + head, size)) value = value * 256 + byte;
  return value;
}

export async function floatOf(source: Source, { at, head, size }: Element): Promise<number> {
  if (size === 4) return (await exactly(source, at + head, 4)).readFloatBE(0);
  return size === 8 ? (await exactly(source, at + head, 8)).readDoubleBE(0) : 0;
}

export async function textOf(source: Source, { at, head, size }: Element): Promise<string> {
  if (size === null || size > 256) throw notReadable("a text that is none");
  return (await exactly(source, at + head, size)).toString("latin1").replace(/\0+$/, "");
}
