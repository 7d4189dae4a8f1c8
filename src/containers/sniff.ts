/** How a film or a sound is wrapped. */
export type Format = "mp4" | "webm" | "mp3" | "ogg" | "flac" | "wav";

/** What the first bytes say a file is. other: to be handed on as it is, for saving only. */
export type Sniffed =
  | { as: "picture"; type: "image/jpeg" | "image/png" | "image/webp" }
  | { as: "sealed-picture" }
  | { as: "media"; format: Format }
  | { as: "sealed-media" }
  | { as: "other" };

/** Enough for each of the marks below. */
export const SNIFFED = 512;

const pictures = /^(avif|avis|heic|heix|hevc|hevx|heim|heis|mif1|msf1|jxl |crx )$/;

/**
 * By magic bytes, never by name. `sealed-`: a kind we cannot look into, so that what it tells about its maker would
 * stay in it.
 */
export function sniff(bytes: Buffer): Sniffed {
  const ascii = (from: number, to: number) => bytes.toString("latin1", from, to);
  const start = ascii(0, 4);
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff)
    return { as: "picture", type: "image/jpeg" };
  if (ascii(0, 8) === "\x89PNG\r\n\x1a\n") return { as: "picture", type: "image/png" };
  if (start === "RIFF") return riff(ascii(8, 12));
  if (ascii(4, 8) === "ftyp")
    return pictures.test(ascii(8, 12)) ? { as: "sealed-picture" } : { as: "media", format: "mp4" };
  if (/^(moov|mdat|wide)$/.test(ascii(4, 8))) return { as: "media", format: "mp4" };
  if (start === "\x1aE\xdf\xa3") return { as: "media", format: "webm" };
  if (start === "OggS") return { as: "media", format: "ogg" };
  if (start === "fLaC") return { as: "media", format: "flac" };
  if (ascii(0, 3) === "ID3") return { as: "media", format: "mp3" };
  if (bytes[0] === 0xff && /^(fb|fa|f3|f2|e3|e2)$/.test((bytes[1] ?? 0).toString(16)))
    return { as: "media", format: "mp3" };
  if (isSealedPicture(bytes, ascii)) return { as: "sealed-picture" };
  if (["FLV\u0001", "0&\u00b2u", "\0\0\u0001\u00ba"].includes(start) || isAdts(bytes))
    return { as: "sealed-media" };
  return { as: "other" };
}

function riff(kind: string): Sniffed {
  if (kind === "WEBP") return { as: "picture", type: "image/webp" };
  return kind === "WAVE" ? { as: "media", format: "wav" } : { as: "sealed-media" };
}

function isSealedPicture(bytes: Buffer, ascii: (from: number, to: number) => string): boolean {
  if (
    ["GIF8", "II*\0", "MM\0*", "8BPS", "\0\0\u0001\0", "qoif"].includes(ascii(0, 4)) ||
    ascii(0, 2) + ascii(6, 10) === "BM\0\0\0\0"
  )
    return true;
  return /^[\s\ufeff]*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(
    bytes.toString("utf8"),
  );
}

/** AAC without a container. */
function isAdts(bytes: Buffer): boolean {
  return bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0;
}

/** The type a browser is told for somebody else's file; null: not one that is shown. */
export function shownType(bytes: Buffer): string | null {
  const found = sniff(bytes);
  if (found.as === "picture") return found.type;
  if (found.as === "media") return mediaTypes[found.format];
  if (/^GIF8[79]a/.test(bytes.toString("latin1", 0, 6))) return "image/gif";
  return /^avi[fs]$/.test(bytes.toString("latin1", 8, 12)) && found.as === "sealed-picture"
    ? "image/avif"
    : null;
}

const mediaTypes: Readonly<Record<Format, string>> = {
  mp4: "video/mp4",
  webm: "video/webm",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  flac: "audio/flac",
  wav: "audio/wav",
};
