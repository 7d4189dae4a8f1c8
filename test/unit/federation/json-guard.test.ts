import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultOf, INBOX_BOUNDS, readJson } from "../../../src/federation/json-guard.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const fault = (text: string) => faultOf(bytes(text), INBOX_BOUNDS);

describe("a body is looked over before anything parses it", () => {
  test.each([
    [
      "an ordinary activity",
      JSON.stringify({ type: "Create", to: ["a", "b"], object: { content: "[{" } }),
      null,
    ],
    ["brackets and quotes inside text", JSON.stringify({ a: 'x"y\\"{[[[', b: "\\" }), null],
    ["A15: 5000 levels", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`, "too-deep"],
    ["5000 open brackets and nothing else", "[".repeat(5000), "too-deep"],
    ["A16: 100 000 addressees", `{"to":[${'"",'.repeat(80_000)}""]}`, "too-many"],
    ["2000 in a list", `{"to":[${'"",'.repeat(1999)}""]}`, null],
    ["2001 in a list", `{"to":[${'"",'.repeat(2000)}""]}`, "too-many"],
    ["20 000 pairs in objects", `{${'"a":{"b":1},'.repeat(7000)}"c":1}`, "too-many"],
    ["A17: 8 MiB", `"${"a".repeat(8 << 20)}"`, "too-large"],
    ["one closed too many", "{}}", "malformed"],
    ["text that never ends", '{"a":"b', "malformed"],
    ["a zero byte", '{"a":\0}', "malformed"],
  ])("%s", (_, text, expected) => {
    expect(fault(text)).toBe(expected);
  });

  test("what JSON makes of small values is let through and read the same", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (value) => {
        const text = JSON.stringify(value);
        expect(readJson(bytes(text), INBOX_BOUNDS)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("A19: __proto__ is a name like any other", () => {
    const read = readJson(
      bytes('{"__proto__":{"polluted":true},"constructor":{"prototype":{"p":1}}}'),
      INBOX_BOUNDS,
    );
    expect(typeof read).toBe("object");
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test.each(['"text"', "[]", "null", "1", '{"a":1', "\xff"])("no object: %s", (text) => {
    expect(readJson(bytes(text), INBOX_BOUNDS)).toBe("malformed");
  });

  test("bytes that are no UTF-8 are not guessed at", () => {
    expect(readJson(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), INBOX_BOUNDS)).toBe(
      "malformed",
    );
  });
});
