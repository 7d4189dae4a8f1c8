/** A hashtag: `tag` is what it is known by, `name` how it was written, both without "#". */
export type Tag = { tag: string; name: string };

/** Of one post. */
export const MOST_TAGS = 30;
const LONGEST = 64;

const LETTER = "[\\p{L}\\p{N}\\p{M}_·]";
/** One hashtag in a text, its name as the group. Not inside a word, an address or another tag. */
export const HASHTAG = `(?<![\\p{L}\\p{N}\\p{M}_/&#=?.-])#(${LETTER}{1,${LONGEST}})(?!${LETTER})`;

const FOUND = new RegExp(HASHTAG, "gu");
const ADDRESSES = /https?:\/\/[^\s<>"]+/giu;
const WHOLE = new RegExp(`^${LETTER}{1,${LONGEST}}$`, "u");

/** What a tag is known by, whatever its capitals; "" when it is none. A number alone is none: "#1" counts things. */
export function tagKey(written: string): string {
  const key = written
    .slice(0, LONGEST * 4)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^#/, "");
  return WHOLE.test(key) && /\p{L}/u.test(key) ? key : "";
}

/** The tags of a text, each once, as first written. */
export function tagsIn(text: string): Tag[] {
  const bare = text.replace(ADDRESSES, " ");
  return distinctTags([...bare.matchAll(FOUND)].map((match) => match[1] ?? ""));
}

/** Names that somebody gave, made safe and bounded. */
export function distinctTags(names: readonly string[]): Tag[] {
  const found = new Map<string, Tag>();
  for (const written of names) {
    const tag = tagKey(written);
    if (tag !== "" && !found.has(tag))
      found.set(tag, { tag, name: written.normalize("NFKC").replace(/^#/, "") });
    if (found.size === MOST_TAGS) break;
  }
  return [...found.values()];
}

/** Where a tag of the owner's posts leads. */
export function tagAddress(origin: string, tag: string): string {
  return `${origin}/tags/${encodeURIComponent(tag)}`;
}
