/** Letters that are looked at: an armour that fits a post of the largest size is below. */
const LOOKED_AT = 160 * 1024;
const BEGIN = "-----BEGIN PGP MESSAGE-----";
const END = "-----END PGP MESSAGE-----";
/** "Version: …", "Comment: …"; no line of base64 has a colon. */
const HEADER = /^[A-Za-z]+: /;
/** The checksum that older programs write (RFC 9580, 6.1). */
const CHECKSUM = /^=[A-Za-z0-9+/]{4}$/;

/**
 * The OpenPGP message in somebody's words, unpacked; empty: it begins and is not whole; null: there is none. Servers turn
 * line breaks into something else, so they are not counted on. What stands around it is nobody's signed word and is left out.
 */
export function armourIn(text: string): Uint8Array | null {
  const begin = text.slice(0, LOOKED_AT).indexOf(BEGIN);
  if (begin < 0) return null;
  const end = text.indexOf(END, begin);
  const body = end < 0 || end - begin > LOOKED_AT ? "" : text.slice(begin + BEGIN.length, end);
  // A pattern that looks for blanks at the end of a line begins anew at each blank.
  const lines = body
    .replaceAll("\u200b", "")
    .split("\n")
    .map((line) => line.trim());
  const packed = lines.filter((line) => !HEADER.test(line) && !CHECKSUM.test(line)).join("");
  const base64 = packed.replace(/\s+/gu, "");
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
    ? new Uint8Array(Buffer.from(base64, "base64"))
    : new Uint8Array();
}
