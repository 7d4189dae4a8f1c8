import type { ReadClient } from "../../store/tx.ts";
import { wordsInHtml } from "../html.ts";
import { matcher } from "./match.ts";
import { boostedRows, readableParts, wordRows } from "./queries.ts";
import type { MutedWord } from "./words.ts";

type Written = { id: string; html: string; title: string; warning: string; own: boolean };
type Row = Written & { boostOfId: string };

/**
 * Which of the owner's muted words stand in each of these posts, those that are over included: whoever shows them knows
 * the time. What the owner wrote is never hidden from them. A boost holds what it boosts.
 */
export async function mutedWordsIn(
  read: ReadClient,
  rows: readonly Row[],
  forOwner: boolean,
): Promise<Map<string, MutedWord[]>> {
  const words = forOwner && rows.length > 0 ? await wordRows(read, {}) : [];
  if (words.length === 0) return new Map();
  const others = rows.filter(({ own }) => !own);
  const boosted = await boostedRows(
    read,
    others.map(({ boostOfId }) => boostOfId).filter((id) => id !== ""),
  );
  const written = new Map<string, Written>([...others, ...boosted].map((row) => [row.id, row]));
  const parts = Map.groupBy(await readableParts(read, [...written.keys()]), ({ postId }) => postId);
  const find = matcher(words);
  const found = new Map<string, MutedWord[]>();
  for (const row of others) {
    const shown = row.boostOfId === "" ? row : (written.get(row.boostOfId) ?? row);
    if (shown.own) continue;
    const more = parts.get(shown.id) ?? [];
    const text = [shown.title, shown.warning, wordsInHtml(shown.html), ...more.map((one) => one.text)];
    const hits = find(text.join("\n"));
    if (hits.length > 0) found.set(row.id, hits);
  }
  return found;
}
