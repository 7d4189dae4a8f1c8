import { expect, test } from "vitest";
import { emojiOf } from "../../../src/social/reactions/emoji.ts";

test.each(["🎉", "👍🏽", "❤️", "🇩🇪", "👩‍👩‍👧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", ":tea:"])("%s is an emoji", (text) => {
  expect(emojiOf(` ${text} `)).toBe(text);
});

test.each([
  ["words", "hello"],
  ["two", "🎉🎉"],
  ["one with marks stacked on it", `🎉${"\u0301".repeat(20)}`],
  ["one with a turn of direction", "🎉\u202e"],
  ["one with a letter nobody sees", "🎉\u200b"],
  ["a picture's name with markup", ":<b>:"],
  ["a picture's name without end", `:${"a".repeat(100_000)}:`],
  ["letters that look like one", ":tеa:"],
  ["nothing", "\u3164"],
])("A31: %s is none", (_, text) => {
  expect(emojiOf(text)).toBeNull();
});
