import { NodeError } from "../../lib/errors.ts";
import { type Random, randomId } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import { folded } from "./match.ts";
import { countWords, insertWord } from "./queries.ts";
import { LONGEST_SET_TITLE, LONGEST_WORDS, MOST_WORDS, type WordAction } from "./words.ts";

export type NewWord = { words: string; whole: boolean };
/** `until`: milliseconds since 1970, 0: until the owner ends it. `title`: what an app calls them together. */
export type NewWords = { words: NewWord[]; title?: string; action: WordAction; until: number };

/** Mutes words; those added at once belong together. Returns the id of the set. Throws "text-empty", "too-many-words". */
export async function addWords(tx: Tx, added: NewWords, now: number, random: Random): Promise<string> {
  const setId = randomId(random);
  await addToSet(tx, setId, added, now, random);
  return setId;
}

/** Adds words to those that belong together; returns their ids. */
export async function addToSet(
  tx: Tx,
  setId: string,
  { words, title = "", action, until }: NewWords,
  now: number,
  random: Random,
): Promise<string[]> {
  const clean = words.map((one) => ({ ...one, words: cleanWords(one.words) }));
  if (clean.length === 0) throw new NodeError("text-empty", "no words");
  if ((await countWords(tx)) + clean.length > MOST_WORDS)
    throw new NodeError("too-many-words", "words are full");
  const common = { setId, title: cleanLine(title, LONGEST_SET_TITLE), action, until: new Date(until) };
  const ids: string[] = [];
  for (const [place, one] of clean.entries()) {
    const id = randomId(random);
    await insertWord(tx, { id, ...common, ...one, at: new Date(now + place) });
    ids.push(id);
  }
  return ids;
}

/** Throws "text-empty" for words of which nothing would be left. */
export function cleanWords(words: string): string {
  const clean = cleanLine(words, LONGEST_WORDS);
  if (folded(clean) === "") throw new NodeError("text-empty", "no words");
  return clean;
}
