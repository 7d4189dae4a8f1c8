import sanitize from "sanitize-html";

/**
 * Text of others becomes safe here, once, at the edge. Bounded before parsing: a parser given 50,000 nested tags
 * would hold up everything else.
 */
export const LONGEST_HTML = 64 * 1024;
const DEEPEST = 32;
const LONGEST_NAME = 64;

const allowed: sanitize.IOptions = {
  allowedTags: [
    "p", "br", "a", "span", "em", "strong", "b", "i", "u", "del", "s", "code", "pre", "blockquote", "ul", "ol", "li",
    "h1", "h2", "h3", "h4", "h5", "h6", "ruby", "rt", "rp",
  ],
  allowedAttributes: { a: ["href", "rel", "class", "translate"], span: ["class", "translate"], ol: ["start", "reversed"] },
  allowedClasses: {
    a: ["mention", "u-url", "hashtag"],
    span: ["mention", "hashtag", "h-card", "invisible", "ellipsis"],
  },
  allowedSchemes: ["http", "https"],
  allowProtocolRelative: false,
  nestingLimit: DEEPEST,
  transformTags: { a: sanitize.simpleTransform("a", { rel: "nofollow noopener noreferrer" }) },
};

/** What of somebody's HTML may be shown. Longer than 64 KiB: only its text, cut off. */
export function sanitizeHtml(html: string): string {
  if (Buffer.byteLength(html) > LONGEST_HTML) return `<p>${escapeHtml(stripTags(html).slice(0, LONGEST_HTML / 8))}</p>`;
  return sanitize(html, allowed);
}

/** Tags cut away without building a tree. */
function stripTags(html: string): string {
  return html.slice(0, LONGEST_HTML).replace(/<[^>]{0,2000}>?/g, " ");
}

/** The words alone: for notices, searches and titles of lists. */
export function textOf(html: string): string {
  const spaced = html.slice(0, LONGEST_HTML).replace(/<\/p>|<br ?\/?>/g, " ");
  const bare = sanitize(spaced, { allowedTags: [], allowedAttributes: {}, nestingLimit: DEEPEST });
  return unescapeHtml(bare).replace(/\s+/g, " ").trim();
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}

function unescapeHtml(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** A name as it may stand in a page: one line, no letters that hide or turn others, at most 64. */
export function cleanName(name: string): string {
  const clean = name
    .normalize("NFKC")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, (letter) => (/\s/.test(letter) ? " " : ""))
    .replace(/\s+/g, " ")
    .trim();
  return [...clean].slice(0, LONGEST_NAME).join("");
}
