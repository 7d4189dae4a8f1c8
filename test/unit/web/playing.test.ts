import { expect, test } from "vitest";
import { playing } from "../../../src/web/html/time.tsx";

test.each([
  [0, "0:01"],
  [400, "0:01"],
  [4_200, "0:04"],
  [59_600, "1:00"],
  [65_000, "1:05"],
  [3_725_000, "62:05"],
])("a sound of %d ms plays %s", (length, words) => {
  expect(playing(length)).toBe(words);
});
