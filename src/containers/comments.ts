import { notReadable } from "./source.ts";

/**
 * A comment header (Vorbis I, 5.2; RFC 7845, 5.2) of exactly this many bytes that says nothing: its maker is a row of
 * spaces, and there are no comments.
 */
export function blankComments(bytes: number, kind: "opus" | "vorbis"): Buffer {
  const [name, end] = kind === "opus" ? ["OpusTags", 0] : ["\u0003vorbis", 1];
  const spaces = bytes - name.length - 8 - end;
  if (spaces < 0) throw notReadable("a short comment");
  const out = Buffer.alloc(bytes, " ");
  out.write(name, "latin1");
  out.writeUInt32LE(spaces, name.length);
  out.writeUInt32LE(0, name.length + 4 + spaces);
  if (end === 1) out[bytes - 1] = 1;
  return out;
}
