import { hiddenAt, type MutedWord } from "../../../social/muting/words.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { timeOrNull } from "./site.ts";

export type Filter = {
  id: string;
  title: string;
  context: string[];
  expires_at: string | null;
  filter_action: "hide" | "warn";
  keywords: FilterKeyword[];
  statuses: never[];
};
export type FilterKeyword = { id: string; keyword: string; whole_word: boolean };
export type FilterResult = { filter: Filter; keyword_matches: string[]; status_matches: null };

/** Muted words hold everywhere. */
export const CONTEXTS = ["home", "notifications", "public", "thread", "account"];

/** Words that belong together, as the one filter that apps know. null: there are none. */
export function filterOf(words: readonly MutedWord[]): Filter | null {
  const [first] = words;
  if (first === undefined) return null;
  return {
    id: first.setId,
    title: first.title === "" ? first.words : first.title,
    context: CONTEXTS,
    expires_at: timeOrNull(first.until),
    filter_action: first.action,
    keywords: words.map(keywordOf),
    statuses: [],
  };
}

export function filtersOf(words: readonly MutedWord[]): Filter[] {
  return [...Map.groupBy(words, ({ setId }) => setId).values()].flatMap((set) => filterOf(set) ?? []);
}

export function keywordOf({ id, words, whole }: MutedWord): FilterKeyword {
  return { id, keyword: words, whole_word: whole };
}

/** A filter of the first kind is one word alone. */
export function oldFilterOf({ id, words, whole, action, until }: MutedWord) {
  return {
    id,
    phrase: words,
    context: CONTEXTS,
    whole_word: whole,
    expires_at: timeOrNull(until),
    irreversible: action === "hide",
  };
}

/** Why a post is to be folded or left out at this time. */
export function filteredOf(post: PostView, now: number): FilterResult[] {
  const sets = Map.groupBy(hiddenAt(post, now).words, ({ setId }) => setId);
  return [...sets.values()].flatMap((words): FilterResult[] => {
    const filter = filterOf(words);
    const matches = words.map((word) => word.words);
    return filter === null ? [] : [{ filter, keyword_matches: matches, status_matches: null }];
  });
}
