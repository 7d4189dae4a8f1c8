/** A custom emoji as somebody sent it along: its shortcode without colons, and where its picture is. */
export type EmojiCard = { shortcode: string; url: string };

/** `host` and `shortcode` name the picture: it is shown only through the node. */
export type EmojiView = { host: string; shortcode: string };

/** Of one post, and of the owner's own. */
export const MOST_EMOJIS = 50;

const CODE = "[A-Za-z0-9_+-]{1,64}";
const WHOLE = new RegExp(`^${CODE}$`);
const FOUND = new RegExp(`:(${CODE}):`, "g");

/** Without the colons; "" when it is none. */
export function shortcodeOf(written: string): string {
  const code = written.trim().replace(/^:|:$/g, "");
  return WHOLE.test(code) ? code : "";
}

/** Shortcodes that may stand in a text, each once. ":a:b:" can be read in two ways: both are offered. */
export function shortcodesIn(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(FOUND)) found.add(match[1] ?? "");
  return [...found].slice(0, MOST_EMOJIS);
}
