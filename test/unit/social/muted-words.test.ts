import { expect, test } from "vitest";
import { wordsInHtml } from "../../../src/social/html.ts";
import { matcher } from "../../../src/social/muting/match.ts";
import { hiddenAt, type MutedWord } from "../../../src/social/muting/words.ts";

const word = (words: string, values: Partial<MutedWord> = {}): MutedWord => ({
  id: words,
  setId: words,
  title: "",
  words,
  whole: true,
  action: "warn",
  until: 0,
  at: 0,
  ...values,
});

const finds = (words: string, text: string, whole = true) =>
  matcher([word(words, { whole })])(text).length > 0;

test.each([
  ["art", "Art is long", true],
  ["art", "a heart, an artist", false],
  ["art", "(art)", true],
  ["art", "art_class", false],
  ["art", "art2", false],
  ["élan", "sans E\u0301LAN", true],
  ["straße", "auf der STRASSE", true],
  ["ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ", true],
  ["word", "w\u200bor\u00add", true],
  ["ｆｕｌｌ", "a full page", true],
  ["two  words", "two\nwords", true],
  ["two words", "two or words", false],
  ["#rain", "in the #Rain again", true],
  ["#rain", "#rainbow", false],
  ["c++", "we write C++ here", true],
  [".*", "anything", false],
  ["(", "a ( b", true],
  ["日本", "東日本語", true],
  ["แมว", "ฉันรักแมวมาก", true],
  ["🐍", "a🐍b", true],
  ["на", "она", false],
])("as a whole word %j in %j: %s", (words, text, found) => {
  expect(finds(words, text)).toBe(found);
});

test("a part is found inside of a word", () => {
  expect(finds("art", "heart", false)).toBe(true);
  expect(finds("art", "hea rt", false)).toBe(false);
});

test("words of nothing but what nobody sees are found nowhere", () => {
  expect(finds("\u200b", "anything \u200b", false)).toBe(false);
});

test("words across a change of form are found, words of two paragraphs are not one", () => {
  const text = wordsInHtml(
    "<p>sp<b>oil</b>er for <a href='x'>#<span>rain</span></a></p><p>bow &amp; arrow</p>",
  );
  expect(text).toContain("spoiler");
  expect(finds("#rain", text)).toBe(true);
  expect(finds("rainbow", text)).toBe(false);
  expect(finds("bow & arrow", text)).toBe(true);
});

test("what is over hides nothing, and one word to be hidden hides all of it", () => {
  const mutedWords = [word("a", { until: 1_000, action: "hide" }), word("b")];
  expect(hiddenAt({ mutedWords }, 999)).toMatchObject({ whole: true, words: [{ id: "a" }, { id: "b" }] });
  expect(hiddenAt({ mutedWords }, 1_000)).toMatchObject({ whole: false, words: [{ id: "b" }] });
});

test("40 posts and 100 words take less time than a page may", () => {
  const words = Array.from({ length: 100 }, (_, at) => word(`word${at}x`, { whole: at % 2 === 0 }));
  const posts = Array.from({ length: 40 }, (_, at) => `${`plain talk number ${at} `.repeat(250)}word7x`);
  const began = performance.now();
  const find = matcher(words);
  for (const post of posts) expect(find(post)).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(500);
});
