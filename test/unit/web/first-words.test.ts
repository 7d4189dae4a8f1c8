import { expect, test } from "vitest";
import { firstWords } from "../../../src/web/html/first-words.ts";

test("what is short stays whole", () => {
  expect(firstWords("", 10)).toBe("");
  expect(firstWords("Ten letter", 10)).toBe("Ten letter");
  expect(firstWords("😀".repeat(10), 10)).toBe("😀".repeat(10));
});

test("what is long is cut between words, never within a letter, and says so", () => {
  expect(firstWords("My grandmother made the same", 20)).toBe("My grandmother made …");
  expect(firstWords("Donaudampfschifffahrtsgesellschaft", 10)).toBe("Donaudampf …");
  expect(firstWords("😀".repeat(30), 10)).toBe(`${"😀".repeat(10)} …`);
});
