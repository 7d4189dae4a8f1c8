import { Marked, Tokenizer, type Tokens } from "marked";
import { escapeHtml, sanitizeHtml } from "../html.ts";
import { type Named, renderLine } from "../posts/render.ts";

/**
 * Emphasis ends within so many letters, or is none. Marks that find no partner make the parser read on to the end of
 * their paragraph, each of them; after so many in one text the rest are letters. Else a long post made for it would
 * hold up everything else for minutes.
 */
const LONGEST_EMPHASIS = 1_000;
const MOST_IN_VAIN = 300;
/** What cannot begin emphasis: before a space, or more marks than any emphasis has. */
const NO_BEGINNING = /^(?:[*_]+(?:\s|$)|[*_]{13})/;
const LETTER_END = /[\p{L}\p{N}]$/u;
/** An address that can be one; the parser looks at each end of a longer one. */
const ADDRESS = /^https?:\/\/[^\s<]{1,2000}(?:[\s<]|$)/i;
/** More marks of quotations and lists in front of one line than anybody can read, or any page shows. */
const NESTED = /^(?:[ \t]{0,8}(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)){100}/m;

/**
 * Markdown as the HTML that is published. HTML typed into it is text, pictures are links (nothing is loaded from
 * elsewhere), people named outside of links and code become links to them. Throws RangeError for what is nested too deep.
 */
export function renderMarkdown(text: string, named: Named[]): string {
  if (NESTED.test(text)) throw new RangeError("quotations and lists in each other without end");
  let withinLink = 0;
  let inVain = 0;
  const marked = new Marked({ gfm: true, async: false });
  marked.use({
    renderer: {
      html: ({ text: typed, block }: Tokens.HTML | Tokens.Tag) =>
        block === true ? `<p>${escapeHtml(typed.trim())}</p>\n` : escapeHtml(typed),
      image: ({ href, text: alt }) => linkTo(href, escapeHtml(alt === "" ? href : alt)),
      link({ href, tokens }) {
        withinLink += 1;
        const words = this.parser.parseInline(tokens);
        withinLink -= 1;
        return withinLink > 0 ? words : linkTo(href, words);
      },
      text(token) {
        if ("tokens" in token && token.tokens !== undefined) return this.parser.parseInline(token.tokens);
        return withinLink > 0 ? escapeHtml(token.text) : renderLine(token.text, named);
      },
      checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
    },
    // Only whole addresses become links by themselves: a name at a host is a person, not a mailbox.
    tokenizer: {
      url: (src) => (ADDRESS.test(src) ? false : undefined),
      emStrong(src, masked, before = "") {
        if (NO_BEGINNING.test(src) || (src.startsWith("_") && LETTER_END.test(before))) return undefined;
        if (inVain >= MOST_IN_VAIN) return undefined;
        const ahead = masked.slice(masked.length - src.length).slice(0, LONGEST_EMPHASIS);
        const found = Tokenizer.prototype.emStrong.call(this, src.slice(0, LONGEST_EMPHASIS), ahead, before);
        if (found === undefined) inVain += 1;
        return found;
      },
    },
  });
  return sanitizeHtml(String(marked.parse(text)).trim());
}

function linkTo(href: string, words: string): string {
  return `<a href="${escapeHtml(href)}">${words}</a>`;
}
