import { NodeError } from "../../lib/errors.ts";
import { LETTER_LIMITS } from "./letter.ts";

/** What was typed, as it is kept: lines stay, what no one sees around it goes. Throws "message-empty", "message-too-long". */
export function wordsOf(text: string): string {
  const words = text.replace(/\r\n?/g, "\n").trimEnd().replace(/^\n+/, "");
  if (words.trim() === "") throw new NodeError("message-empty", "no words");
  if ([...words].length > LETTER_LIMITS.text) throw new NodeError("message-too-long", "too many letters");
  return words;
}
