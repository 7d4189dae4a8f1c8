import { expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { createLeaveLinks, turnInward } from "../../../src/web/owner/leave-links.ts";

test("a link to the outside has an address of its own, in which nothing of it can be read", () => {
  const links = createLeaveLinks(systemRandom);
  const path = links.urlFor("https://example.org/a?b=c");
  expect(path).toMatch(/^\/leave\/[0-9a-f]{32}$/);
  expect(links.hrefOf(path.slice("/leave/".length))).toBe("https://example.org/a?b=c");
  expect(links.urlFor("https://example.org/a?b=c")).toBe(path);
});

test("another run has other addresses for the same link", () => {
  const [one, other] = [createLeaveLinks(systemRandom), createLeaveLinks(systemRandom)];
  expect(one.urlFor("https://example.org/")).not.toBe(other.urlFor("https://example.org/"));
});

test("only web addresses lead out", () => {
  const links = createLeaveLinks(systemRandom);
  for (const href of [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "//example.org",
    "",
    "http://",
  ]) {
    expect(links.hrefOf(links.urlFor(href).slice("/leave/".length))).toBeNull();
  }
});

test("what is kept for leaving is bounded, the newest stay", () => {
  const links = createLeaveLinks(systemRandom);
  const first = links.urlFor("https://example.org/first");
  for (let n = 0; n < 10_000; n += 1) links.urlFor(`https://example.org/${n}`);
  expect(links.hrefOf(first.slice(7))).toBeNull();
  expect(links.hrefOf(links.urlFor("https://example.org/9999").slice(7))).toBe("https://example.org/9999");
});

test("every link of a text is turned inward: to a page of ours if there is one, else to the leave page", () => {
  const html =
    '<p><a href="http://a.onion/people/ada" rel="nofollow">@ada</a> <a class="x" href="https://b.example/?x=1&amp;y=%22">b</a></p>';
  const seen: string[] = [];
  const turned = turnInward(
    html,
    (href) => {
      seen.push(href);
      return "/leave/1";
    },
    (href) => (href.endsWith("/ada") ? "/people/1" : null),
  );
  expect(turned).toBe(
    '<p><a href="/people/1" rel="nofollow">@ada</a> <a class="x" href="/leave/1">b</a></p>',
  );
  expect(seen).toEqual(["https://b.example/?x=1&y=%22"]);
});
