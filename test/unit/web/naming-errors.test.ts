import { expect, test } from "vitest";
import { readWords } from "../../../src/lib/eight-words.ts";
import { NodeError } from "../../../src/lib/errors.ts";
import { messages, sentence } from "../../../src/web/messages/messages.ts";

function said(typed: string): string[] {
  try {
    readWords(typed);
  } catch (error) {
    if (error instanceof NodeError) return [sentence(messages("en"), error), sentence(messages("de"), error)];
  }
  throw new Error("it was read");
}

test("a word that is none is named in both languages, with the one that may be meant", () => {
  expect(said("ancor")).toEqual([
    "“ancor” is not one of the words. Did you mean “anchor”?",
    "„ancor“ ist keines der Wörter. Ist „anchor“ gemeint?",
  ]);
  expect(said("xxxxxxxxxx")).toEqual([
    "“xxxxxxxxxx” is not one of the words. Listen once more.",
    "„xxxxxxxxxx“ ist keines der Wörter. Hör noch einmal hin.",
  ]);
});
