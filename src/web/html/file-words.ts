import type { MessageView } from "../../social/messages/view.ts";
import type { Messages } from "../messages/en.ts";
import { firstLine } from "./message-text.tsx";

/** A message in a line: its first words, or what it carries where it has none. */
export function lineOf(t: Messages, { text, files }: Pick<MessageView, "text" | "files">): string {
  const words = firstLine(text);
  const [first] = files;
  if (words !== "" || first === undefined) return words;
  if (files.length > 1) return t.talkFiles.only(files.length);
  return first.voice ? t.talkFiles.voice : t.files.kinds[first.kind];
}
