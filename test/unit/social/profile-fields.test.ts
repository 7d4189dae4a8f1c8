import { describe, expect, test } from "vitest";
import { sanitizeHtml } from "../../../src/social/html.ts";
import {
  cleanField,
  cleanPersonFields,
  type FieldKind,
  fieldHtml,
} from "../../../src/social/profile/fields.ts";

const kept = (kind: FieldKind, value: string, label = "Line") => cleanField({ kind, label, value }).value;

describe("a line of the profile", () => {
  test("needs a name and words", () => {
    for (const [label, value] of [
      ["", "x"],
      ["  \u200b", "x"],
      ["x", ""],
      ["x", " \n "],
    ] as const)
      expect(() => cleanField({ kind: "text", label, value })).toThrow("a line without");
  });

  test("is one clean line, and a list is some of them", () => {
    expect(kept("text", " a\u202e\nb ")).toBe("a b");
    expect(kept("list", "English\r\n\n  Deutsch \n")).toBe("English\nDeutsch");
    expect(kept("list", "x\n".repeat(200)).split("\n")).toHaveLength(30);
    expect(cleanField({ kind: "text", label: "L".repeat(90), value: "v" }).label).toHaveLength(60);
  });

  test("links to the web only", () => {
    expect(kept("link", " https://nora.example/a?b=c ")).toBe("https://nora.example/a?b=c");
    for (const address of [
      "javascript:alert(1)",
      "nora.example",
      "ftp://a.example",
      "data:text/html,x",
      "/people",
    ])
      expect(() => kept("link", address), address).toThrow("no link");
  });

  test("has a date that there is, of one year or of every one", () => {
    expect(kept("date", "1984-4-9")).toBe("1984-04-09");
    expect(kept("date", "04-14")).toBe("--04-14");
    expect(kept("date", "02-29")).toBe("--02-29");
    for (const date of ["2023-02-29", "13-01", "04-31", "soon", "1984", "0-0"])
      expect(() => kept("date", date), date).toThrow("no date");
  });

  test("reads as words in the reader's language, and its link names no scheme", () => {
    const html = (kind: FieldKind, value: string, locale = "en-GB") => fieldHtml({ kind, value }, locale);
    expect(html("date", "1984-04-14")).toBe("14 April 1984");
    expect(html("date", "--04-14", "de-DE")).toBe("14. April");
    expect(html("link", "https://nora.example/")).toBe(
      '<a href="https://nora.example/" rel="nofollow noopener noreferrer">nora.example</a>',
    );
    expect(html("list", "a\n<b>")).toBe("a<br>&lt;b&gt;");
    expect(html("text", "<script>x</script>")).toBe("&lt;script&gt;x&lt;/script&gt;");
  });
});

describe("A31, A36, E7: lines of others", () => {
  const cleaned = (...fields: { label: string; html: string }[]) => cleanPersonFields(fields, sanitizeHtml);

  test("lose scripts, and names that turn or hide", () => {
    const html = '<img src=x onerror=alert(1)><script>alert(2)</script><a href="javascript:alert(3)">me</a>';
    const [line] = cleaned({ label: "Web\u202esite\u200b", html });
    expect(line?.label).toBe("Website");
    expect(line?.html).not.toMatch(/script|onerror|<img|href/i);
    expect(cleaned({ label: "\u2066\u2069", html: "x" }, { label: "x", html: "<script>x</script>" })).toEqual(
      [],
    );
  });

  test("are 50 at most, each of 60 letters and 1,000", () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({ label: `L${at}`, html: "<p>x</p>" }));
    expect(cleaned(...many)).toHaveLength(50);
    const [long] = cleaned({ label: "y".repeat(9_000), html: `<b>${"&amp;".repeat(2_000)}</b>` });
    expect(long?.label).toHaveLength(60);
    expect(long?.html.length).toBeLessThanOrEqual(1_000);
    expect(long?.html).toMatch(/^(?:&amp;)+$/);
  });
});
