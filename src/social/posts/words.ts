import { NodeError } from "../../lib/errors.ts";
import type { ReadClient } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import { type Tag, tagsIn } from "../tags/tags.ts";
import { LONGEST_POST, LONGEST_WARNING, MOST_NAMED } from "./limits.ts";
import { peopleNamed } from "./queries.ts";
import { mentionsIn, type Named, renderText } from "./render.ts";

export type Words = {
  html: string;
  source: string;
  warning: string;
  mentionedIds: string[];
  tags: Tag[];
};

type Around = {
  /** Where its hashtags lead. */
  origin?: string;
  /** A picture may stand without a word. */
  withFiles?: boolean;
};

/** What was typed, checked and rendered, with the people it names as far as they are known here. */
export async function wordsOf(
  read: ReadClient,
  text: string,
  warning: string,
  { origin = "", withFiles = false }: Around = {},
): Promise<Words> {
  const source = typed(text);
  if (source === "" && !withFiles) throw new NodeError("text-empty", "no text");
  if (isLonger(source, LONGEST_POST) || isLonger(warning.trim(), LONGEST_WARNING)) {
    throw new NodeError("text-too-long", "over the limit");
  }
  const named = await namedIn(read, source);
  return {
    html: renderText(source, named, origin),
    source,
    warning: cleanLine(warning, LONGEST_WARNING),
    tags: tagsIn(source),
    mentionedIds: [...new Set(named.map(({ id }) => id))],
  };
}

/** Control characters are nobody's words; spaces at the start of a line are. */
export function typed(text: string): string {
  const clean = text
    .replaceAll("\r\n", "\n")
    .replace(/\p{Cc}/gu, (letter) => (letter === "\n" || letter === "\t" ? letter : ""))
    .toWellFormed()
    .trimEnd();
  return clean.trim() === "" ? "" : clean;
}

export function isLonger(text: string, most: number): boolean {
  return text.length > most * 2 || [...text].length > most;
}

export async function namedIn(read: ReadClient, text: string): Promise<(Named & { id: string })[]> {
  const names = mentionsIn(text).slice(0, MOST_NAMED);
  const found = names.length === 0 ? [] : await peopleNamed(read, names);
  return names.flatMap((written) => {
    const fitting = found.filter((one) => one.address === written || one.handle.toLowerCase() === written);
    const [one] = fitting;
    if (one === undefined || fitting.length > 1) return [];
    return [
      { written, id: one.id, handle: one.handle, uri: one.uri, url: one.url === "" ? one.uri : one.url },
    ];
  });
}
