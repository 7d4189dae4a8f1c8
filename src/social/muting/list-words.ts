import type { ReadClient } from "../../store/tx.ts";
import { wordRows } from "./queries.ts";
import type { MutedWord } from "./words.ts";

/** All of them, at most MOST_WORDS, in the order they were made. */
export function listWords(read: ReadClient): Promise<MutedWord[]> {
  return wordRows(read, {});
}

export async function wordById(read: ReadClient, id: string): Promise<MutedWord | null> {
  return (await wordRows(read, { id }))[0] ?? null;
}

export function wordsOfSet(read: ReadClient, setId: string): Promise<MutedWord[]> {
  return wordRows(read, { setId });
}
