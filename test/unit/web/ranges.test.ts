import { expect, test } from "vitest";
import { rangeOf } from "../../../src/web/media.ts";

test.each([
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=10-", { start: 10, end: 99 }],
  ["bytes=90-500", { start: 90, end: 99 }],
  ["bytes=-5", { start: 95, end: 99 }],
  ["bytes=-500", { start: 0, end: 99 }],
  ["bytes=100-", "beyond"],
  ["bytes=-0", "beyond"],
  ["bytes=5-2", null],
  ["bytes=-", null],
  ["bytes=0-1,5-6", null],
  ["lines=0-1", null],
  ["bytes=9999999999999999-", null],
  ["", null],
])("of a hundred bytes %j is %j", (header, expected) => {
  expect(rangeOf(header, 100)).toEqual(expected);
});

test("of nothing there is no part", () => {
  expect(rangeOf("bytes=0-", 0)).toBe("beyond");
});
