import { expect, test } from "vitest";
import { covers } from "../../../../src/web/api/scopes.ts";

test("a token for reading never writes", () => {
  expect(covers(["read"], "read:statuses")).toBe(true);
  expect(covers(["read"], "write:statuses")).toBe(false);
});

test("a narrow scope opens its own door only", () => {
  expect(covers(["read:statuses"], "read:statuses")).toBe(true);
  expect(covers(["read:statuses"], "read:accounts")).toBe(false);
  expect(covers(["write:statuses"], "write:follows")).toBe(false);
});

test("follow is for who sees whom, nothing else", () => {
  for (const scope of ["read:follows", "write:follows", "read:blocks", "write:blocks"] as const) {
    expect(covers(["follow"], scope)).toBe(true);
  }
  expect(covers(["follow"], "write:statuses")).toBe(false);
  expect(covers(["follow"], "read:accounts")).toBe(false);
});

test("a token without scopes opens only what every token opens", () => {
  expect(covers([], null)).toBe(true);
  expect(covers([], "read:statuses")).toBe(false);
  expect(covers(["readers", "rea", ""], "read:statuses")).toBe(false);
});
