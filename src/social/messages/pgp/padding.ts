/** What stands around the words takes some 700 bytes: a short message, an emoji and a receipt are all as long as this. */
const FLOOR = 1024;

/**
 * Padmé (Nikitin and others, PURBs, 2019): at most 12 % longer, and the length tells only its magnitude. Spaces at the end,
 * which JSON allows.
 */
export function padded(text: string): Uint8Array {
  const bytes = Buffer.from(text, "utf8");
  const whole = Buffer.alloc(Math.max(FLOOR, padme(bytes.length)), 0x20);
  bytes.copy(whole);
  return whole;
}

export function padme(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const bits = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** Math.max(0, exponent - bits);
  return Math.ceil(length / step) * step;
}
