import { renderToString } from "preact-render-to-string";
import { expect, test } from "vitest";
import { Isolated, isolate } from "../../../src/web/html/isolated.tsx";
import { Prose, quietHeadings } from "../../../src/web/html/prose.tsx";
import { insideLink } from "../../../src/web/owner/pages/inside-link.ts";

const onion = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion";

test("a heading in a post is no heading of the page", () => {
  expect(quietHeadings("<h1>Bread</h1><p>Words</p><h3>More</h3>")).toBe(
    "<p><b>Bread</b></p><p>Words</p><p><b>More</b></p>",
  );
  expect(quietHeadings("<p>&lt;h1&gt; and <br />&lt;/h1&gt;</p>")).toBe(
    "<p>&lt;h1&gt; and <br />&lt;/h1&gt;</p>",
  );
});

test("what people write has the direction it has", () => {
  expect(renderToString(<Prose html="<p>مرحبا</p>" lang="ar" />)).toBe(
    '<div class="prose" dir="auto" lang="ar"><p>مرحبا</p></div>',
  );
});

test("a name in a sentence turns nothing around it, and is text", () => {
  const words = `answers ${isolate("نورة <b>")} and ${isolate("Kai")}, today`;
  expect(renderToString(<Isolated words={words} />)).toBe(
    "answers <bdi>نورة &lt;b></bdi> and <bdi>Kai</bdi>, today",
  );
  expect(renderToString(<Isolated words="nobody" />)).toBe("nobody");
  expect(renderToString(<Isolated words={"cut \u2068off"} />)).toBe("cut off");
});

test("only addresses of the onion network lead to a page of ours", () => {
  expect(insideLink(`http://${onion}/posts/1?a=1&b=2`)).toBe(
    `/open?address=${encodeURIComponent(`http://${onion}/posts/1?a=1&b=2`)}`,
  );
  for (const other of [
    "https://example.com/",
    `https://example.com/${onion}`,
    `https://${onion}.example.com/`,
    "javascript:alert(1)",
    "not an address",
  ]) {
    expect(insideLink(other), other).toBeNull();
  }
});
