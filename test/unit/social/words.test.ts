import fc from "fast-check";
import { expect, test } from "vitest";
import { wordDiff } from "../../../src/lib/word-diff.ts";
import { shortcodeOf, shortcodesIn } from "../../../src/social/emojis/emoji.ts";
import { checkedPoll } from "../../../src/social/polls/poll.ts";
import { renderText } from "../../../src/social/posts/render.ts";
import { distinctTags, tagKey, tagsIn } from "../../../src/social/tags/tags.ts";
import { withEmojis } from "../../../src/web/html/emoji-text.tsx";
import { turnInward } from "../../../src/web/owner/leave-links.ts";
import { insideLink } from "../../../src/web/owner/pages/inside-link.ts";

const origin = "http://here.example";

test("hashtags are found as people write them, once each, and not in addresses, words or numbers", () => {
  const text = "#Brot, #brot! (#Straße) #日本 a#b http://x.example/#c &#39; #1 #a1 ##d #e_f";
  expect(tagsIn(text).map(({ tag }) => tag)).toEqual(["brot", "straße", "日本", "a1", "e_f"]);
  expect(tagsIn("#Brot #BROT")).toEqual([{ tag: "brot", name: "Brot" }]);
  expect(tagsIn("#ｂｒｏｔ")).toEqual([{ tag: "brot", name: "brot" }]);
});

test("no more than thirty tags, none longer than 64 letters", () => {
  const many = Array.from({ length: 200 }, (_, n) => `tag${n}`);
  expect(distinctTags(many)).toHaveLength(30);
  expect(tagKey("a".repeat(65))).toBe("");
  expect(distinctTags(["<script>", "a b", "", "\u202ea"])).toEqual([]);
});

test("a hashtag in the text is a link to the tag, and text where it leads nowhere", () => {
  expect(renderText("#Brot & #1", [], origin)).toBe(
    '<p><a href="http://here.example/tags/brot" class="mention hashtag" rel="tag">#<span>Brot</span></a> &amp; #1</p>',
  );
  expect(renderText("#Brot", [])).toBe("<p>#Brot</p>");
});

test("hashtag links of other servers open inside, other links do not", () => {
  const lead = (html: string) => turnInward(html, () => "/leave/0", insideLink);
  expect(lead('<a href="https://m.example/tags/Brot" class="mention hashtag" rel="tag">#Brot</a>')).toBe(
    '<a href="/tags/brot" class="mention hashtag" rel="tag">#Brot</a>',
  );
  expect(lead('<a class="hashtag" href="http://s.example?t=brot">#Brot</a>')).toContain('href="/tags/brot"');
  expect(lead('<a class="hashtag" href="http://s.example/%E0%A4%A">x</a>')).toContain('href="/leave/0"');
  expect(lead('<a href="https://m.example/tags/brot">news</a>')).toContain('href="/leave/0"');
});

test("emoji become pictures in the text alone, never inside a tag", () => {
  const emojis = [{ host: "a.example", shortcode: "cat" }];
  const html = withEmojis('<a href="http://x.example/:cat:">:cat: :dog:</a>', emojis);
  expect(html).toBe(
    '<a href="http://x.example/:cat:"><img class="emoji" src="/media/emoji/a.example/cat" alt=":cat:" title=":cat:" loading="lazy"> :dog:</a>',
  );
  expect(shortcodeOf(":cat:")).toBe("cat");
  expect(shortcodeOf('"><x')).toBe("");
  expect(shortcodesIn(":a: b :c_d:")).toEqual(["a", "c_d"]);
});

test("what changed between two texts can be put together to either of them", () => {
  const text = fc
    .array(fc.constantFrom("a ", "b ", "c ", "d "), { maxLength: 40 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = wordDiff(before, after);
      const of = (kind: string) =>
        pieces
          .filter((piece) => piece.kind === "same" || piece.kind === kind)
          .map((piece) => piece.text)
          .join("");
      expect(of("removed")).toBe(before);
      expect(of("added")).toBe(after);
    }),
  );
  expect(wordDiff("one loaf here", "two loaf here")).toEqual([
    { kind: "removed", text: "one " },
    { kind: "added", text: "two " },
    { kind: "same", text: "loaf here" },
  ]);
});

test("a poll has two to six different answers and an end", () => {
  const hour = 60 * 60_000;
  const good = { options: ["a", " b "], multiple: false, endsIn: hour };
  expect(checkedPoll(good).options).toEqual(["a", "b"]);
  for (const wrong of [
    { ...good, options: ["a"] },
    { ...good, options: ["a", "a"] },
    { ...good, options: [..."abcdefg"] },
    { ...good, options: ["a", "b".repeat(101)] },
    { ...good, endsIn: hour - 1 },
    { ...good, endsIn: 31 * 24 * hour },
  ]) {
    expect(() => checkedPoll(wrong)).toThrow();
  }
});
