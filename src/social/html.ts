import sanitize from "sanitize-html";

/**
 * Text of others becomes safe here, once, at the edge. Bounded before parsing: a parser given 50,000 nested tags
 * would hold up everything else. What is over a bound keeps its words and loses its form.
 */
const LONGEST_HTML = 64 * 1024;
const DEEPEST = 32;
const MOST_TAGS = 4_000;
const LONGEST_NAME = 64;

const allowed: sanitize.IOptions = {
  allowedTags: [
    ...["p", "br", "a", "span", "em", "strong", "b", "i", "u", "del", "s", "code", "pre", "blockquote"],
    ...["ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ruby", "rt", "rp"],
    ...["hr", "table", "thead", "tbody", "tr", "th", "td"],
  ],
  allowedAttributes: { a: ["href", "rel", "translate"], span: ["translate"], ol: ["start", "reversed"] },
  allowedClasses: {
    a: ["mention", "u-url", "hashtag"],
    span: ["mention", "hashtag", "h-card", "invisible", "ellipsis"],
  },
  allowedSchemes: ["http", "https"],
  allowProtocolRelative: false,
  nestingLimit: DEEPEST,
  transformTags: { a: (tagName, attribs) => ({ tagName, attribs: linked(attribs) }) },
};

/** Whole addresses only: a relative one would point into this node. */
function linked({ href = "", ...rest }: sanitize.Attributes): sanitize.Attributes {
  const address = cleanAddress(href);
  return { ...rest, ...(address === "" ? {} : { href: address }), rel: "nofollow noopener noreferrer" };
}

/** They make every letter run the other way, so that words read as others; no writing needs them. */
const OVERRIDES = /[\u202d\u202e]/g;

/** What of somebody's HTML may be shown. */
export function sanitizeHtml(html: string): string {
  // Afterwards, for they may have been written as entities.
  if (fitsBounds(html)) return sanitize(html, allowed).replace(OVERRIDES, "");
  const words = wordsOf(html);
  return words === "" ? "" : `<p>${escapeHtml(words)}</p>`;
}

/** The words alone: for notices, searches and lists. */
export function textOf(html: string): string {
  if (!fitsBounds(html)) return wordsOf(html);
  const spaced = html.replace(/<\/(?:p|li|h\d|blockquote|pre|td|th)>|<br ?\/?>/gi, "$& ");
  return squeezed(unescapeHtml(sanitize(spaced, { allowedTags: [], allowedAttributes: {} })));
}

/** The words, line by line as they were written. */
export function linesOf(html: string): string {
  if (!fitsBounds(html)) return wordsOf(html);
  const spaced = html
    .replace(/<br ?\/?>|<\/(?:li|pre|h\d|blockquote)>/gi, "\n$&")
    .replace(/<\/p>/gi, "\n\n$&");
  return unescapeHtml(sanitize(spaced, { allowedTags: [], allowedAttributes: {} })).replace(OVERRIDES, "");
}

/** The words of HTML that was made safe before. Cheap enough for every post of a page. */
export function wordsInHtml(safe: string): string {
  const spaced = safe.replace(/<\/?(?:p|br|li|ul|ol|h\d|blockquote|pre)\b[^>]*>/gi, " ");
  return unescapeHtml(spaced.replace(/<[^>]*>/g, ""));
}

/** One pass over the text: its size, how many tags there are, how many stand open at once. */
export function fitsBounds(html: string): boolean {
  if (html.length > LONGEST_HTML) return false;
  let [tags, open] = [0, 0];
  for (const [, slash, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    tags += 1;
    if (!/^(?:p|br|hr|img|li|wbr|rt|rp)$/i.test(name)) open = Math.max(0, open + (slash === "" ? 1 : -1));
    if (tags > MOST_TAGS || open > DEEPEST) return false;
  }
  return true;
}

/** Tags cut away without building a tree. */
function wordsOf(html: string): string {
  return squeezed(unescapeHtml(html.slice(0, LONGEST_HTML).replace(/<[^>]*>?/g, " ")));
}

function squeezed(text: string): string {
  return text.replace(OVERRIDES, "").replace(/\s+/g, " ").trim();
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&");
}

/** Letters that nobody sees and that are no spaces: fillers that make a name look empty. */
const BLANKS = /[\u115f\u1160\u2800\u3164\uffa0]/g;

/** A name as it may stand in a page: one line, no letters that hide or turn others, at most 64. */
export function cleanName(name: string): string {
  const visible = name
    .slice(0, LONGEST_NAME * 16)
    .normalize("NFKC")
    .replace(BLANKS, "")
    .replace(/\p{Cf}/gu, "");
  return cleanLine(visible, LONGEST_NAME);
}

/** Turns of direction, which can make a line read as another. Joiners stay: words and signs are made with them. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Letters nobody sees that join nothing either: two lines that differ by them alone look the same. */
const UNSEEN = /\u034f|[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufff9-\ufffb]/g;
/** Nothing but what nobody sees. */
const EMPTY = /^[\s\p{Cf}\p{Mn}\u115f\u1160\u2800\u3164\uffa0]*$/u;

/** One line of somebody's words, such as a title or a warning. What looks empty, is. */
export function cleanLine(text: string, most: number): string {
  const line = text
    .replace(TURNS, "")
    .replace(UNSEEN, "")
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, " ");
  const clean = [...squeezed(line)].slice(0, most).join("").trim();
  return EMPTY.test(clean) ? "" : clean;
}

/** Somebody's words as plain text of several lines. */
export function cleanParagraphs(text: string, most: number): string {
  const clean = text
    .slice(0, most * 4)
    .replaceAll("\r\n", "\n")
    .replace(TURNS, "")
    .replace(UNSEEN, "")
    .replace(/[^\P{Cc}\n]|\p{Cs}/gu, " ")
    .replace(/\n{3,}/g, "\n\n");
  return [...clean].slice(0, most).join("").trim();
}

/** An address that may become a link; "" for any other. */
export function cleanAddress(address: string): string {
  const url = address.length > 2_000 ? null : URL.parse(address);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") ? url.href : "";
}
