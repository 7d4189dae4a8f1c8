import { NodeError } from "../../lib/errors.ts";
import type { ReadClient } from "../../store/tx.ts";
import { LONGEST_POST, LONGEST_WARNING, MOST_NAMED } from "./limits.ts";
import { peopleNamed } from "./queries.ts";
import { mentionsIn, type Named, renderText } from "./render.ts";

export type Words = { html: string; source: string; warning: string; mentionedIds: string[] };

/** What was typed, checked and rendered, with the people it names as far as they are known here. */
export async function wordsOf(read: ReadClient, text: string, warning: string): Promise<Words> {
  if (text.trim() === "") throw new NodeError("text-empty", "no text");
  if ([...text].length > LONGEST_POST || [...warning].length > LONGEST_WARNING) {
    throw new NodeError("text-too-long", "over the limit");
  }
  const names = mentionsIn(text).slice(0, MOST_NAMED);
  const found = names.length === 0 ? [] : await peopleNamed(read, names);
  const named = names.flatMap((written): (Named & { id: string })[] => {
    const fitting = found.filter((one) => one.address === written || one.handle === written);
    const [one] = fitting;
    if (one === undefined || fitting.length > 1) return [];
    return [{ written, id: one.id, handle: one.handle, uri: one.uri, url: one.url === "" ? one.uri : one.url }];
  });
  const mentionedIds = [...new Set(named.map(({ id }) => id))];
  return { html: renderText(text, named), source: text, warning: warning.trim(), mentionedIds };
}
