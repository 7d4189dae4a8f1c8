import type { ReadClient } from "../../store/tx.ts";
import { tagsBeginning } from "./queries.ts";
import { type Tag, tagKey } from "./tags.ts";

/** Tags known here that begin with what was typed. */
export async function findTags(read: ReadClient, words: string, most: number): Promise<Tag[]> {
  const key = tagKey(words.trim());
  return key === "" ? [] : tagsBeginning(read, key, most);
}
