import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cleanAddress,
  cleanLine,
  cleanName,
  cleanParagraphs,
  sanitizeHtml,
  textOf,
} from "../../../src/social/html.ts";

/** Row E7 of the bad inputs. */
const attacks = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<a href='javascript:alert(1)'>x</a>",
  "<a href='JaVaScRiPt:alert(1)'>x</a>",
  "<a href='java\tscript:alert(1)'>x</a>",
  "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
  "<a href='//evil.example'>x</a>",
  "<p onclick=alert(1)>x</p>",
  "<p style='background:url(http://evil.example/x)'>x</p>",
  "<iframe src=http://evil.example></iframe>",
  "<object data=http://evil.example></object>",
  "<form action=http://evil.example><input name=p></form>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  "<link rel=stylesheet href=http://evil.example/x.css>",
  "<meta http-equiv=refresh content='0;url=http://evil.example'>",
  "<base href=http://evil.example/>",
  "<video><source onerror=alert(1)></video>",
  "<style>@import 'http://evil.example/x.css'</style>",
  "<template><script>alert(1)</script></template>",
  "<textarea><script>alert(1)</script></textarea>",
  "<xmp><script>alert(1)</script></xmp>",
  "<<script>script>alert(1)<</script>/script>",
  "<a href='http://ok.example' target=_blank ping=http://evil.example>x</a>",
];
const tags =
  "p|br|a|span|em|strong|b|i|u|del|s|code|pre|blockquote|ul|ol|li|h[1-6]|ruby|rt|rp|hr|table|thead|tbody|tr|th|td";
const harmless = new RegExp(
  `^(?:[^<>]|</?(?:${tags})(?: (?:href="https?://[^"<>]*"|rel="nofollow noopener noreferrer"|class="[a-z -]*"|translate="[a-z]*"|start="\\d*"|reversed="[a-z]*"))*(?: /)?>|&lt;)*$`,
);

describe("text of others", () => {
  test.each(attacks)("E7: %s does not survive", (attack) => {
    expect(sanitizeHtml(attack)).toMatch(harmless);
    expect(sanitizeHtml(attack)).not.toMatch(/evil\.example(?!['"<&]*$)/);
  });

  test("whatever comes in, only harmless tags come out", () => {
    const part = fc.oneof(
      fc.constantFrom(...attacks, "<p>", "</p>", "<a href=", "'", '"', ">", "<", "&", "<!--", "-->", "]]>"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => harmless.test(sanitizeHtml(parts.join("")))),
    );
  });

  test("A31: nothing in it runs the other way, however that is written", () => {
    for (const turned of ["\u202eabc", "&#x202e;abc", "&#8238;abc", "\u202dabc"]) {
      expect(sanitizeHtml(`<p>${turned}</p>`)).toBe("<p>abc</p>");
      expect(sanitizeHtml(`<p>${turned}</p>${"<b>".repeat(5_000)}`)).not.toMatch(/[\u202d\u202e]/);
    }
    expect(sanitizeHtml("<p>\u2067שלום\u2069 \u200f!</p>")).toBe("<p>\u2067שלום\u2069 \u200f!</p>");
  });

  test("keeps what people write with", () => {
    const html =
      '<p>Hi <a href="http://a.onion/@b" class="u-url mention">@<span>b</span></a><br /><em>well</em></p><ul><li>one</li></ul>';
    const clean = sanitizeHtml(html);
    expect(clean).toContain('class="u-url mention"');
    expect(clean).toContain('href="http://a.onion/@b"');
    expect(clean).toContain("<ul><li>one</li></ul>");
    expect(sanitizeHtml('<p class="evil mention">x</p>')).toBe("<p>x</p>");
  });

  test("E8: 50,000 nested tags cost next to nothing, and their words stay", () => {
    for (const tag of ["p", "div", "blockquote", "b"]) {
      const before = performance.now();
      const clean = sanitizeHtml(`words ${`<${tag}>`.repeat(50_000)} in it`);
      expect(performance.now() - before).toBeLessThan(150);
      expect(clean).toContain("words");
      expect(clean).toMatch(harmless);
    }
  });

  test("more than 64 KiB loses its form, is cut, and is still harmless", () => {
    const clean = sanitizeHtml(`<p>start ${"<b>x</b>".repeat(20_000)}<script>alert(1)</script></p>`);
    expect(clean.length).toBeLessThan(70_000);
    expect(clean).toMatch(harmless);
    expect(clean).toContain("start");
  });

  test("its words alone are plain text", () => {
    expect(textOf("<p>one</p><p>two &amp; &lt;three&gt;</p>")).toBe("one two & <three>");
    expect(textOf("<ul><li>a</li><li>b</li></ul>")).toBe("a b");
  });
});

describe("names", () => {
  test("A31: letters that hide, turn or stack are gone, and 64 are enough", () => {
    expect(cleanName("A\u202enna\u0000\u200b")).toBe("Anna");
    expect(cleanName("Ａｎｎａ")).toBe("Anna");
    expect(cleanName("  An\n na ")).toBe("An na");
    expect(cleanName("\u3164\u2800")).toBe("");
    expect([...cleanName("x".repeat(100_000))]).toHaveLength(64);
    expect([...cleanName("🌲".repeat(100))]).toHaveLength(64);
  });

  test("A31: lines that differ by letters nobody sees are the same, and one of nothing else is empty", () => {
    for (const unseen of ["\u200b", "\u00ad", "\u2060", "\u2063", "\u034f", "\u180e", "\u202e", "\ufeff"]) {
      expect(cleanLine(`R${unseen}ye`, 50)).toBe("Rye");
      expect(cleanParagraphs(`R${unseen}ye`, 50)).toBe("Rye");
    }
    for (const nothing of ["\u200d\u200c", "\u3164", "\u2800 \u115f", "\u0301\u0301", "\u200b"])
      expect(cleanLine(nothing, 50)).toBe("");
    expect([...cleanLine("x".repeat(100_000), 100)]).toHaveLength(100);
    expect(cleanLine("👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️", 50)).toBe("👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️");
  });

  test("whatever comes in, a name is one line without controls", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const name = cleanName(text);
        return [...name].length <= 64 && !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(name) && name === name.trim();
      }),
    );
  });

  test("a line of words keeps its joiners and loses its turns", () => {
    expect(cleanLine("می\u200cخواهم\u202e x", 100)).toBe("می\u200cخواهم x");
  });

  test("only http and https are addresses", () => {
    expect(cleanAddress("http://a.onion/x")).toBe("http://a.onion/x");
    for (const bad of [
      "javascript:alert(1)",
      "data:text/html,x",
      "ftp://a",
      "",
      "not one",
      "file:///etc/passwd",
    ]) {
      expect(cleanAddress(bad)).toBe("");
    }
  });
});

test("words of several lines keep their lines, and nothing that turns or hides them", () => {
  expect(cleanParagraphs("a\r\nb\u0000\u202ec\n\n\n\nd\ud800", 100)).toBe("a\nb c\n\nd");
  expect(cleanParagraphs("🐍".repeat(10), 3)).toBe("🐍🐍🐍");
  expect(cleanParagraphs("x".repeat(100_000), 10)).toHaveLength(10);
});
