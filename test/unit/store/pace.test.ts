import { expect, test } from "vitest";
import { createPace } from "../../../src/store/pace.ts";

const times = (n: number, act: () => void) => {
  for (let k = 0; k < n; k++) act();
};

test("begins with six, grows while peers answer, and never beyond sixteen", () => {
  const pace = createPace(6);
  expect(pace.now()).toBe(6);
  times(6, pace.answered);
  expect(pace.now()).toBe(7);
  times(1_000, pace.answered);
  expect(pace.now()).toBe(16);
});

test("is halved when three in a row fall silent, and never less than two", () => {
  const pace = createPace(6);
  times(2, pace.silent);
  pace.answered();
  times(2, pace.silent);
  expect(pace.now()).toBe(6);
  pace.silent();
  expect(pace.now()).toBe(3);
  times(100, pace.silent);
  expect(pace.now()).toBe(2);
  times(2, pace.answered);
  expect(pace.now()).toBe(3);
});
