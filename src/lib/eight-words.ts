import { wordlist } from "@scure/bip39/wordlists/english.js";
import { NodeError } from "./errors.ts";
import type { Random } from "./ids.ts";

/**
 * Eight words that are said on the phone, drawn evenly from the 2,048 English ones of BIP-39: 88 bits. The first four
 * letters of each are its own, so that four letters are enough.
 */
export const WORDS = 8;

/** So that nobody's text is taken apart for long. */
const LONGEST = 1_000;
const ENOUGH = 4;
/** Further away from every word than this, nothing is proposed. */
const FARTHEST = 3;

const known = new Set(wordlist);
const byStart = new Map(wordlist.map((word) => [word.slice(0, ENOUGH), word]));

export function drawWords(random: Random): string[] {
  return Array.from({ length: WORDS }, () => wordlist[random(2).readUInt16BE(0) % wordlist.length] ?? "");
}

/**
 * The words that somebody typed as they heard them: numbers, commas, hyphens, lines and capitals make no difference.
 * Throws "phone-word-unknown", which names the word and what may be meant, and "phone-words-eight".
 */
export function readWords(typed: string): string[] {
  const letters = typed.slice(0, LONGEST).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (letters.match(/\p{L}+/gu) ?? []).map(readWord);
  if (words.length === WORDS) return words;
  throw new NodeError("phone-words-eight", `${words.length} words`);
}

function readWord(typed: string): string {
  if (known.has(typed)) return typed;
  const begun = typed.length < ENOUGH ? undefined : byStart.get(typed.slice(0, ENOUGH));
  if (begun?.startsWith(typed)) return begun;
  const named = [typed.slice(0, 30), nearest(typed)];
  throw new NodeError("phone-word-unknown", "a word that is not in the list", { named });
}

/** "" when none is near. Of two that are as near, the one with the same beginning: ends are heard worse. */
function nearest(typed: string): string {
  let best = "";
  let least = Math.min(FARTHEST, typed.length - 1) + 1;
  for (const word of wordlist) {
    if (Math.abs(word.length - typed.length) >= least + 1) continue;
    const away = distance(typed, word) - (word[0] === typed[0] ? 0.5 : 0);
    if (away >= least) continue;
    best = word;
    least = away;
  }
  return best;
}

/** Letters that were put in, left out, changed, or changed places with the next (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const least = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      row.push(swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
