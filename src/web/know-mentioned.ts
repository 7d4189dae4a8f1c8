import { personByAddress } from "../social/people/find.ts";
import { mentionsIn } from "../social/posts/render.ts";
import { shortAddress } from "./html/face.tsx";
import type { Messages } from "./messages/en.ts";
import type { OwnerActing } from "./ports.ts";

const MOST = 5;
/** The first way to somebody's device takes some seconds; a post is not held up for long by one that is off. */
const PATIENCE = 8_000;

/**
 * Looks up people a text names by their whole address who are not known here yet. Returns those who were not found in
 * time: their names stay plain text, and nobody there is told.
 */
export async function knowMentioned(acting: OwnerActing, text: string): Promise<string[]> {
  const unknown: string[] = [];
  for (const name of mentionsIn(text)
    .filter((one) => one.includes("@"))
    .slice(0, MOST)) {
    if ((await personByAddress(acting.read, name)) === null) unknown.push(name);
  }
  if (unknown.length === 0) return [];
  const missing = new Set(unknown);
  const looked = Promise.allSettled(
    unknown.map((name) => acting.lookUp(name).then(() => missing.delete(name))),
  );
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE);
  await Promise.race([looked, late]);
  clearTimeout(timer);
  return [...missing];
}

/** What is said to the owner about it; undefined: nothing. */
export function notFoundWords(t: Messages, missing: readonly string[]): string | undefined {
  return missing.length === 0
    ? undefined
    : t.compose.notFound(missing.map((name) => `@${shortAddress(name)}`).join(", "));
}
