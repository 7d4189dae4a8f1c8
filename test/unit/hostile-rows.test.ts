import { resolve } from "node:path";
import { expect, test } from "vitest";
import { misfits, namedRows, rowsOfName } from "../../scripts/hostile-names.mjs";
import { hostileRows } from "../../scripts/hostile-rows.mjs";

test("every hostile row has a test that is named after it, or says why there is none", async () => {
  expect(misfits(hostileRows, await namedRows(resolve(".")))).toEqual([]);
});

test("a row without a test, a test without a row, and both at once are noticed", () => {
  const row = (id: string, none?: string) => ({ id, tried: "", must: "", ...(none ? { none } : {}) });
  const named = new Map([
    ["X1", new Set(["test/a.test.ts"])],
    ["A3", new Set(["test/a.test.ts"])],
  ]);
  expect(misfits([row("A1"), row("A2", "not built"), row("A3", "not built")], named)).toEqual([
    "X1 is no row of the list: test/a.test.ts",
    "A1 has no test.",
    "A3 has tests, and says there is nothing to test.",
  ]);
});

test("a test belongs to the rows that its name or its group's name begins with", () => {
  expect(rowsOfName(["E1: a group", "a test"])).toEqual(["E1"]);
  expect(rowsOfName(["how it is written", "A19, A20: doubled"])).toEqual(["A19", "A20"]);
  expect(rowsOfName(["about A1: not at the start"])).toEqual([]);
});
