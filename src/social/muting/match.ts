import type { MutedWord } from "./words.ts";

/** Letters, digits and what belongs to them: next to one of these, a word is only a part of another. */
const PART = "[\\p{L}\\p{N}\\p{M}_]";
const BEGINS_AS_WORD = new RegExp(`^${PART}`, "u");
const ENDS_AS_WORD = new RegExp(`${PART}$`, "u");
/** Writing that sets no spaces between words: there a word is found wherever it stands. */
const UNSPACED_START = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
const UNSPACED_END = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]$/u;

/** Texts that look the same become the same: wide letters, capitals, ß and ss, letters nobody sees, doubled spaces. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(/\s+/g, " ")
    .trim();
}

type Search = { word: MutedWord; text: string; pattern: RegExp | null };

/** Made once for all posts of a page. Gives the words that stand in a text. */
export function matcher(words: readonly MutedWord[]): (text: string) => MutedWord[] {
  const searches = words.flatMap((word): Search[] => {
    const text = folded(word.words);
    return text === "" ? [] : [{ word, text, pattern: word.whole ? wholeWord(text) : null }];
  });
  return (given) => {
    const text = folded(given);
    // Looking for plain letters first costs next to nothing; most words are in no post.
    return searches
      .filter((one) => text.includes(one.text) && (one.pattern === null || one.pattern.test(text)))
      .map(({ word }) => word);
  };
}

function wholeWord(text: string): RegExp {
  const before = BEGINS_AS_WORD.test(text) && !UNSPACED_START.test(text) ? `(?<!${PART})` : "";
  const after = ENDS_AS_WORD.test(text) && !UNSPACED_END.test(text) ? `(?!${PART})` : "";
  return new RegExp(before + text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&") + after, "u");
}
