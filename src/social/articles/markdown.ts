import { Marked, type Tokens } from "marked";
import { escapeHtml, sanitizeHtml } from "../html.ts";
import { type Named, renderLine } from "../posts/render.ts";

/**
 * Markdown as the HTML that is published. HTML typed into it is text, pictures are links (nothing is loaded from
 * elsewhere), people named outside of links and code become links to them.
 */
export function renderMarkdown(text: string, named: Named[]): string {
  let withinLink = 0;
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
    tokenizer: { url: (src) => (/^https?:\/\//i.test(src) ? false : undefined) },
  });
  return sanitizeHtml(String(marked.parse(text)).trim());
}

function linkTo(href: string, words: string): string {
  return `<a href="${escapeHtml(href)}">${words}</a>`;
}
