import fc from "fast-check";
import { expect, test } from "vitest";
import { sanitizeHtml } from "../../../src/social/html.ts";
import { mentionsIn, renderText } from "../../../src/social/posts/render.ts";

const onion = `${"a".repeat(56)}.onion`;
const bob = {
  written: `bob@${onion}`,
  handle: "bob",
  uri: `http://${onion}/people/bob`,
  url: `http://${onion}/@bob`,
};

test("what is typed becomes paragraphs and lines", () => {
  expect(renderText("one\ntwo\n\nthree\r\n \r\nfour", [])).toBe("<p>one<br>two</p><p>three</p><p>four</p>");
});

test("nothing that is typed becomes a tag", () => {
  expect(renderText('<b>"&"</b>', [])).toBe("<p>&lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;</p>");
});

test("addresses become links, without the marks of the sentence", () => {
  const html = renderText(`see http://${onion}/x?a=1&b=2, (https://b.example/c_(d)).`, []);
  expect(html).toContain(`<a href="http://${onion}/x?a=1&amp;b=2" rel=`);
  expect(html).toContain('<a href="https://b.example/c_(d)"');
  expect(renderText("javascript:alert(1) ftp://x.example", [])).not.toContain("<a");
});

test("people are named by handle and host, or by handle alone", () => {
  expect(mentionsIn(`@bob@${onion}, @Cleo. and mail@example.org http://x.example/@dora`)).toEqual([
    `bob@${onion}`,
    "cleo",
  ]);
  expect(mentionsIn(`@bob@${onion}.`)).toEqual([`bob@${onion}`]);
});

test("a known person becomes a link to their page, an unknown one stays text", () => {
  const html = renderText(`@bob@${onion}: hello @nobody`, [bob]);
  expect(html).toContain(`<a href="http://${onion}/@bob" class="u-url mention">@<span>bob</span></a>`);
  expect(html).toContain(": hello @nobody");
});

test("a tag stays text", () => {
  expect(renderText("#forest", [])).toBe("<p>#forest</p>");
});

test("what we render passes what we demand of others unchanged in its words and links", () => {
  const words = fc.array(
    fc.constantFrom(
      "a",
      "<b>",
      "&",
      "@bob",
      `@bob@${onion}`,
      "\n",
      "\n\n",
      "http://x.example/",
      ".",
      " ",
      "#t",
      '"',
    ),
  );
  fc.assert(
    fc.property(words, (parts) => {
      const html = renderText(parts.join(""), [bob]);
      const plain = (text: string) =>
        text.replaceAll("<br />", "<br>").replace(/ (?:rel|class)="[^"]*"/g, "");
      expect(plain(sanitizeHtml(html)).replaceAll('"', "&quot;")).toBe(plain(html).replaceAll('"', "&quot;"));
    }),
  );
});

test("a text of nothing but openings costs next to nothing", () => {
  const before = performance.now();
  for (const odd of ["@a", "@a@", "@a@b.", "http://", "@a@b-", "(("]) renderText(odd.repeat(2_500), [bob]);
  expect(performance.now() - before).toBeLessThan(500);
});
