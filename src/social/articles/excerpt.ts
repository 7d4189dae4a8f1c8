import { textOf } from "../html.ts";
import { EXCERPT } from "./limits.ts";

/** The first words of a long post, cut between two words. `whole`: there is nothing more. */
export function excerptOf(html: string, most = EXCERPT): { words: string; whole: boolean } {
  const text = textOf(html);
  if (text.length <= most) return { words: text, whole: true };
  const cut = text.slice(0, most);
  const space = cut.lastIndexOf(" ");
  const words = (space > most / 2 ? cut.slice(0, space) : cut).toWellFormed().replace(/[\s,;:–-]+$/, "");
  return { words: `${words} …`, whole: false };
}
