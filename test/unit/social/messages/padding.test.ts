import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { padded, padme } from "../../../../src/social/messages/pgp/padding.ts";

const length = fc.integer({ min: 2, max: 2 ** 24 });

describe("the length that is seen", () => {
  test("is the same for whatever is short", () => {
    for (const text of ["", "a", "🦆", "a".repeat(1024)]) expect(padded(text)).toHaveLength(1024);
  });

  test("keeps the words, and puts only spaces behind them", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (text) => {
        const bytes = Buffer.from(padded(text));
        const written = Buffer.from(text, "utf8");
        expect(bytes.subarray(0, written.length)).toEqual(written);
        expect([...new Set(bytes.subarray(written.length))]).toEqual(
          bytes.length === written.length ? [] : [0x20],
        );
      }),
    );
    const json = JSON.stringify({ text: "Grüße 🦆" });
    expect(JSON.parse(Buffer.from(padded(json)).toString("utf8"))).toEqual({ text: "Grüße 🦆" });
  });

  test("counts bytes, not letters", () => {
    expect(padded("ü".repeat(600))).toHaveLength(padme(1200));
  });

  test("is never shorter, and at most 12 % longer", () => {
    fc.assert(
      fc.property(length, (one) => {
        expect(padme(one)).toBeGreaterThanOrEqual(one);
        expect(padme(one)).toBeLessThanOrEqual(one * 1.12);
      }),
    );
  });

  test("does not change when it is worked out of itself, and grows with what is in it", () => {
    fc.assert(
      fc.property(length, length, (one, other) => {
        expect(padme(padme(one))).toBe(padme(one));
        expect(padme(Math.min(one, other))).toBeLessThanOrEqual(padme(Math.max(one, other)));
      }),
    );
  });

  test("is one of few: of a hundred thousand lengths less than two hundred are left", () => {
    const seen = new Set<number>();
    for (let one = 1024; one <= 100_000; one += 1) seen.add(padme(one));
    expect(seen.size).toBeLessThan(200);
    expect(padme(9)).toBe(10);
    expect(padme(0)).toBe(0);
    expect(padme(1)).toBe(1);
  });
});
