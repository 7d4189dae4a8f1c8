import { escapeHtml } from "../html.ts";
import { HASHTAG, tagAddress, tagKey } from "../tags/tags.ts";

/** A person named in a text. `written`: how, in lower case without the first "@". */
export type Named = { written: string; handle: string; uri: string; url: string };

const PERSON = "(?<![\\w@/.])@([a-z0-9_][a-z0-9_.-]{0,63}(?:@[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){1,8})?)";
const ADDRESS = '(https?://[^\\s<>"]{1,2000})';
const NAME = new RegExp(PERSON, "giu");
const TOKEN = new RegExp(`${ADDRESS}|${PERSON}|${HASHTAG}`, "giu");
const ADDRESSES = new RegExp(ADDRESS, "giu");

/**
 * Who a text names, in lower case: "name@host", or "name" for somebody known. For looking people up before publishing:
 * publishing links and tells only those known then.
 */
export function mentionsIn(text: string): string[] {
  const bare = text.replace(ADDRESSES, " ");
  return [...new Set([...bare.matchAll(NAME)].map((match) => trimmed(match[1] ?? "").toLowerCase()))];
}

/** Dots and dashes at the end are the sentence's. */
function trimmed(name: string): string {
  return name.replace(/[.-]+$/, "");
}

/**
 * What the owner typed as HTML: paragraphs, lines, addresses, people and hashtags as links; everything else is text.
 * Without an origin hashtags are text too.
 */
export function renderText(text: string, named: Named[], origin = ""): string {
  return text
    .replaceAll("\r\n", "\n")
    .trim()
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => `<p>${linesOf(paragraph, named, origin)}</p>`)
    .join("");
}

function linesOf(paragraph: string, named: Named[], origin: string): string {
  return paragraph
    .split("\n")
    .map((line) => renderLine(line, named, origin))
    .join("<br>");
}

/** One line of text with its addresses, people and hashtags as links; everything else is escaped. */
export function renderLine(line: string, named: Named[], origin = ""): string {
  let out = "";
  let at = 0;
  for (const match of line.matchAll(TOKEN)) {
    const [whole, address, name, tag] = match;
    out += escapeHtml(line.slice(at, match.index));
    if (tag !== undefined) out += hashtag(tag, origin);
    else out += address === undefined ? person(whole, name ?? "", named) : link(address);
    at = match.index + whole.length;
  }
  return out + escapeHtml(line.slice(at));
}

/** Marks at the end belong to the sentence, and so does a bracket that was opened before it. */
function link(address: string): string {
  let end = address.length;
  while (end > 0 && isSentences(address.slice(0, end))) end -= 1;
  const own = address.slice(0, end);
  const url = URL.parse(own);
  if (url === null) return escapeHtml(address);
  return `<a href="${escapeHtml(url.href)}" rel="nofollow noopener noreferrer">${escapeHtml(own)}</a>${escapeHtml(address.slice(end))}`;
}

function isSentences(address: string): boolean {
  if (/[.,:;!?'"\]}]$/.test(address)) return true;
  return address.endsWith(")") && address.split(")").length > address.split("(").length;
}

function person(whole: string, name: string, named: Named[]): string {
  const written = trimmed(name);
  const found = named.find((one) => one.written === written.toLowerCase());
  if (found === undefined) return escapeHtml(whole);
  const rest = escapeHtml(name.slice(written.length));
  const label = `@<span>${escapeHtml(found.handle)}</span>`;
  return `<span class="h-card"><a href="${escapeHtml(found.url)}" class="u-url mention">${label}</a></span>${rest}`;
}

function hashtag(name: string, origin: string): string {
  const key = tagKey(name);
  if (key === "" || origin === "") return escapeHtml(`#${name}`);
  const href = escapeHtml(tagAddress(origin, key));
  return `<a href="${href}" class="mention hashtag" rel="tag">#<span>${escapeHtml(name)}</span></a>`;
}
