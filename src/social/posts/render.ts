import { escapeHtml } from "../html.ts";

/** A person named in a text. `written`: how, in lower case without the first "@". */
export type Named = { written: string; handle: string; uri: string; url: string };

const NAME = /(^|[^\w@/])@([a-z0-9_][a-z0-9_.-]*(?:@[a-z0-9.-]+\.[a-z0-9]+)?)/giu;
const TOKEN = /(https?:\/\/[^\s<>"]+[^\s<>".,:;!?')\]}])|(?<![\w@/])@([a-z0-9_][a-z0-9_.-]*(?:@[a-z0-9.-]+\.[a-z0-9]+)?)/giu;

/** Who a text names, in lower case: "name@host", or "name" of somebody known. Trailing dots are the sentence's. */
export function mentionsIn(text: string): string[] {
  return [...new Set([...text.matchAll(NAME)].map((match) => trimmed(match[2] ?? "").toLowerCase()))];
}

function trimmed(name: string): string {
  return name.replace(/[.-]+$/, "");
}

/** What the owner typed as HTML: paragraphs, lines, addresses and people as links; everything else is text. */
export function renderText(text: string, named: Named[]): string {
  return text
    .replaceAll("\r\n", "\n")
    .trim()
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => `<p>${paragraph.split("\n").map((line) => renderLine(line, named)).join("<br>")}</p>`)
    .join("");
}

function renderLine(line: string, named: Named[]): string {
  let out = "";
  let at = 0;
  for (const match of line.matchAll(TOKEN)) {
    const [whole, address, name] = match;
    out += escapeHtml(line.slice(at, match.index));
    out += address === undefined ? person(whole, name ?? "", named) : link(address);
    at = match.index + whole.length;
  }
  return out + escapeHtml(line.slice(at));
}

function link(address: string): string {
  return `<a href="${escapeHtml(address)}" rel="nofollow noopener noreferrer">${escapeHtml(address)}</a>`;
}

function person(whole: string, name: string, named: Named[]): string {
  const written = trimmed(name);
  const found = named.find((one) => one.written === written.toLowerCase());
  if (found === undefined) return escapeHtml(whole);
  const rest = escapeHtml(name.slice(written.length));
  return `<span class="h-card"><a href="${escapeHtml(found.url)}" class="u-url mention">@<span>${escapeHtml(found.handle)}</span></a></span>${rest}`;
}
