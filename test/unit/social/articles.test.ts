import { describe, expect, test } from "vitest";
import { excerptOf } from "../../../src/social/articles/excerpt.ts";
import { headingsUnder } from "../../../src/social/articles/headings.ts";
import { LONGEST_ARTICLE, MOST_BYTES_ON_WIRE } from "../../../src/social/articles/limits.ts";
import { renderMarkdown } from "../../../src/social/articles/markdown.ts";
import { articleWords } from "../../../src/social/articles/words.ts";
import { fitsBounds } from "../../../src/social/html.ts";
import type { ReadClient } from "../../../src/store/tx.ts";

const render = (text: string) => renderMarkdown(text, []);
/** Nobody is known here. */
const nobody = { person: { findMany: async () => [] } } as unknown as ReadClient;
const words = (text: string, title = "Title") => articleWords(nobody, { title, text, warning: "" });

describe("Markdown", () => {
  test("becomes paragraphs, headings, lists, quotations, code, lines and tables", () => {
    const html = render(
      "# Bread\n\nFlour is **never** the *same* twice.\n\n> Wait.\n\n- one\n- two\n\n3. three\n\n`a < b`\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    );
    expect(html).toContain("<h1>Bread</h1>");
    expect(html).toContain("<strong>never</strong> the <em>same</em>");
    expect(html).toMatch(/<blockquote>\s*<p>Wait\.<\/p>\s*<\/blockquote>/);
    expect(html).toMatch(/<ul>\s*<li>one<\/li>\s*<li>two<\/li>\s*<\/ul>/);
    expect(html).toContain('<ol start="3">');
    expect(html).toContain("<code>a &lt; b</code>");
    expect(html).toContain("<hr");
    expect(html).toMatch(/<td>1<\/td>\s*<td>2<\/td>/);
  });
  test.each([
    ["<script>alert(1)</script>", "&lt;script&gt;"],
    ["before <img src=x onerror=alert(1)> after", "&lt;img src=x onerror=alert(1)&gt;"],
    ["<div onclick='x'>\n\n**bold**\n\n</div>", "&lt;div onclick='x'&gt;"],
    ["<!-- hidden -->", "&lt;!-- hidden --&gt;"],
    ["<code>1 < 2</code>", "&lt;code&gt;1 &lt; 2&lt;/code&gt;"],
  ])("HTML typed into it is text: %s", (typed, shown) => {
    const html = render(typed);
    expect(html).toContain(shown);
    expect(html).not.toMatch(/<(?:script|img|div|!--)/);
  });
  test.each(["[x](javascript:alert(1))", "[x](data:text/html,x)", "[x](/posts/1)", "[x](file:///etc)"])(
    "a link leads to whole addresses only: %s",
    (typed) => expect(render(typed)).not.toContain("href"),
  );
  test("a picture is a link with its words, nothing is loaded", () => {
    const html = render("![A round loaf](http://elsewhere.example/a.png)");
    expect(html).toContain('<a href="http://elsewhere.example/a.png"');
    expect(html).toContain(">A round loaf</a>");
    expect(html).not.toContain("<img");
  });
  test("people are links, also beside others, but not within links and code", () => {
    const named = [
      {
        written: "mia@mia.example",
        handle: "mia",
        uri: "http://mia.example/mia",
        url: "http://mia.example/@mia",
      },
    ];
    const html = renderMarkdown(
      "Ask @mia@mia.example, **@mia@mia.example**.\n\n`@mia@mia.example` [by @mia@mia.example](http://a.example/)",
      named,
    );
    expect(html.match(/class="u-url mention"/g)).toHaveLength(2);
    expect(html).toContain("<code>@mia@mia.example</code>");
    expect(html).toMatch(/<a href="http:\/\/a\.example\/"[^>]*>by @mia@mia\.example<\/a>/);
    expect(html).not.toContain("mailto");
  });
  test("a bare address is a link", () => {
    expect(render("See http://a.example/b.")).toContain('<a href="http://a.example/b"');
  });
});

describe("a long post", () => {
  test("needs a title and a text", async () => {
    await expect(words("text", " ")).rejects.toMatchObject({ code: "title-empty" });
    await expect(words(" \n ")).rejects.toMatchObject({ code: "text-empty" });
  });
  test.each([
    ["Latin letters", "Brot und Wasser. "],
    ["letters of three bytes", "麦粉は毎回違う。"],
    ["letters of four bytes", "🍞🌾"],
    ["bold words", "a **word** here "],
  ])("of the longest kind fits what goes out: %s", async (_, some) => {
    const letters = [...some.repeat(LONGEST_ARTICLE)].slice(0, LONGEST_ARTICLE).join("").trim();
    const { html, source } = await words(letters);
    expect(fitsBounds(html)).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(html) + JSON.stringify(source))).toBeLessThan(MOST_BYTES_ON_WIRE);
  });
  test("of one letter more is refused", async () => {
    await expect(words("a".repeat(LONGEST_ARTICLE + 1))).rejects.toMatchObject({ code: "text-too-long" });
  });
  test.each([
    ["signs that grow when they are written out", "&".repeat(LONGEST_ARTICLE)],
    ["thousands of items", "- a\n".repeat(7_000)],
    ["quotations in quotations", `${">".repeat(200)} a`],
    ["brackets in brackets", "[".repeat(LONGEST_ARTICLE)],
  ])("that is too large once rendered is refused, or fits: %s", async (_, text) => {
    const result = await words(text).catch((error: unknown) => error);
    if (result instanceof Error) expect(result).toMatchObject({ code: "article-too-large" });
    else expect(fitsBounds((result as { html: string }).html)).toBe(true);
  });
});

/** As many letters as a long post may have. */
const filled = (some: string) => some.repeat(LONGEST_ARTICLE).slice(0, LONGEST_ARTICLE);
const rows = Array.from({ length: 240 }, (_, n) => `${" ".repeat(n)}- a`).join("\n");

describe("E8: Markdown that is made to be slow", () => {
  // Each of the first three took between eight and ninety seconds once.
  test.each([
    ["emphasis of two kinds that never ends", filled("*a_")],
    ["emphasis between letters", filled("_a_")],
    ["emphasis without an end", filled("__a")],
    ["opening brackets", filled("[")],
    ["pictures that never begin", filled("![")],
    ["links that never end", filled("[a](<")],
    ["quotations in each other", filled("> ")],
    ["quotations and lists in each other", filled("> - ")],
    ["numbers in numbers", filled("1. ")],
    ["steps of a list", rows],
    ["code that never ends", filled("`")],
    ["tags that never end", filled("<a ")],
    ["an address without end", `http://a${filled(")").slice(8)}`],
    ["names and hosts", filled("@a@b.")],
    ["a line of stars", filled("*")],
  ])("%s: is rendered or refused, and holds up nothing", async (_, text) => {
    const result = await words(text).catch((error: unknown) => error);
    if (result instanceof Error) expect(result).toMatchObject({ code: "article-too-large" });
    else expect(fitsBounds((result as { html: string }).html)).toBe(true);
  });

  test("and what people write is rendered as ever", () => {
    expect(render("snake_case_name and 2 * 3 * 4, **bold *both* bold**")).toBe(
      "<p>snake_case_name and 2 * 3 * 4, <strong>bold <em>both</em> bold</strong></p>",
    );
    const long = `*${"word ".repeat(150)}end*`;
    expect(render(long)).toMatch(/^<p><em>word /);
    expect(render(`> ${"- ".repeat(3)}deep`)).toContain("<blockquote>");
  });
});

describe("E7: what is hidden in Markdown", () => {
  test.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    '![x](x"onerror=alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    '[x](http://a.example "onmouseover=alert(1)")',
    '[x](http://a.example/"onmouseover="alert(1))',
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "| <script>alert(1)</script> |\n|-|\n| <img src=x onerror=alert(1)> |",
    "# <script>alert(1)</script>",
    "- [x] <iframe src=http://evil.example></iframe>",
    "<details open ontoggle=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "**<style>@import 'http://evil.example/x.css'</style>**",
  ])("does not survive: %s", (typed) => {
    const html = render(typed);
    const tags = [...html.matchAll(/<([a-z][a-z0-9]*)([^>]*)>/gi)];
    for (const [, name = "", attributes = ""] of tags) {
      expect(name).toMatch(/^(?:p|a|code|pre|h1|ul|li|strong|table|thead|tbody|tr|th|td|br|em)$/);
      expect(attributes).not.toMatch(/\son\w+=|style=|src=|javascript:|vbscript:|data:/i);
    }
  });
});

describe("an excerpt", () => {
  test("is cut between words, and says whether that is all", () => {
    expect(excerptOf("<p>one two</p>")).toEqual({ words: "one two", whole: true });
    const { words: cut, whole } = excerptOf(`<p>${"bread and water, ".repeat(60)}</p>`, 100);
    expect(whole).toBe(false);
    expect(cut.length).toBeLessThanOrEqual(102);
    expect(cut).toMatch(/(?:bread|and|water) …$/);
  });
  test("never cuts a sign in half", () => {
    expect(excerptOf(`<p>${"🍞".repeat(400)}</p>`, 101).words.isWellFormed()).toBe(true);
  });
});

test("headings stand below the title of their page, and no level is skipped", () => {
  expect(headingsUnder("<h2>a</h2><h4>b</h4><h3>c</h3><h2>d</h2>", 1)).toBe(
    "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>",
  );
  expect(headingsUnder("<h3>a</h3><p>x</p><h3>b</h3>", 2)).toBe("<h3>a</h3><p>x</p><h3>b</h3>");
});
