/** What a reaction says: an emoji, ":shortcode:" of a picture, or "" for a like. */
const PICTURE = /^:[a-z0-9_+-]{1,64}:$/i;
const LONGEST = 64;
/** Marks above and below letters, which stack without end; what emoji are made with is none of them. */
const STACKED = /(?![\ufe0e\ufe0f\u20e3])\p{M}/u;
/** Reactions of one person that one post has room for, likes not counted. */
export const MOST_EACH = 5;

/** null: no single emoji. */
export function emojiOf(text: string): string | null {
  const trimmed = text.slice(0, LONGEST * 4).trim();
  if (PICTURE.test(trimmed)) return trimmed;
  const [first, ...rest] = new Intl.Segmenter("en", { granularity: "grapheme" }).segment(trimmed);
  if (first === undefined || rest.length > 0 || first.segment.length > LONGEST) return null;
  if (STACKED.test(first.segment)) return null;
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(first.segment)
    ? first.segment
    : null;
}
