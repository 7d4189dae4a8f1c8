/** hide: posts are not shown on home and in notices, and folded elsewhere. warn: folded everywhere. */
export type WordAction = "hide" | "warn";

/** Words the owner does not want to see. `until` 0: until they end it. `whole`: not as a part of a longer word. */
export type MutedWord = {
  id: string;
  setId: string;
  title: string;
  words: string;
  whole: boolean;
  action: WordAction;
  until: number;
  at: number;
};

export const LONGEST_WORDS = 100;
export const LONGEST_SET_TITLE = 100;
export const MOST_WORDS = 500;

/** Whether something with an end still holds; 0: it has none. */
export function holdsAt(until: number, now: number): boolean {
  return until === 0 || until > now;
}

/** What of a post is to be folded at this time, and whether it is not to be seen at all where nobody would miss it. */
export function hiddenAt(
  post: { mutedWords: readonly MutedWord[] },
  now: number,
): { words: MutedWord[]; whole: boolean } {
  const words = post.mutedWords.filter(({ until }) => holdsAt(until, now));
  return { words, whole: words.some(({ action }) => action === "hide") };
}
