import { NodeError } from "../../lib/errors.ts";
import { type Choice, FRIENDS } from "../audiences/choice.ts";
import { cleanAddress, cleanLine, escapeHtml } from "../html.ts";
import { renderLine } from "../posts/render.ts";

/** One line of the owner's profile. `seen`: who gets it; for anybody else it is not there at all. */
export type ProfileField = { id: string; kind: FieldKind; label: string; value: string; seen: Choice };

export const FIELD_KINDS = ["text", "link", "date", "place", "list"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** Others read as many of one person. */
export const MOST_FIELDS = 50;
export const LONGEST_LABEL = 60;
const LONGEST_VALUE = 300;
const MOST_ENTRIES = 30;
const LONGEST_ENTRY = 100;
/** What others write in one line of theirs, as HTML. */
const LONGEST_HTML = 1_000;

/** For friends, until the owner says otherwise. */
export const forFriends: Choice = { reach: "chosen", people: [], audiences: [FRIENDS], without: [] };

export function isFieldKind(text: string): text is FieldKind {
  return FIELD_KINDS.some((kind) => kind === text);
}

/**
 * A line as it is kept: a date as "1984-04-14" or "--04-14", a list as lines. Throws "field-empty", "link-not-understood",
 * "date-not-understood".
 */
export function cleanField(typed: { kind: FieldKind; label: string; value: string }): {
  label: string;
  value: string;
} {
  const label = cleanLine(typed.label, LONGEST_LABEL);
  const value = cleanValue(typed.kind, typed.value);
  if (label === "" || value === "")
    throw new NodeError("field-empty", "a line without a name or without words");
  return { label, value };
}

function cleanValue(kind: FieldKind, typed: string): string {
  if (typed.trim() === "") return "";
  switch (kind) {
    case "text":
    case "place":
      return cleanLine(typed, LONGEST_VALUE);
    case "link": {
      const address = cleanAddress(typed.trim());
      if (address === "" || address.length > LONGEST_VALUE)
        throw new NodeError("link-not-understood", "no link");
      return address;
    }
    case "date": {
      const date = dateIn(typed.trim());
      if (date === null) throw new NodeError("date-not-understood", "no date");
      return date;
    }
    case "list":
      return typed
        .slice(0, MOST_ENTRIES * LONGEST_ENTRY * 4)
        .split("\n")
        .map((line) => cleanLine(line, LONGEST_ENTRY))
        .filter((line) => line !== "")
        .slice(0, MOST_ENTRIES)
        .join("\n");
  }
}

/** A day, or one of every year (ISO 8601 writes it with two dashes first); null: there is no such day. */
function dateIn(typed: string): string | null {
  const [, year = "", month = "", day = ""] = /^(?:(\d{4})-|--)?(\d{1,2})-(\d{1,2})$/.exec(typed) ?? [];
  if (month === "") return null;
  const [padded, its] = [`${month.padStart(2, "0")}-${day.padStart(2, "0")}`, year === "" ? "2000" : year];
  const time = Date.parse(`${its}-${padded}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(5, 10) !== padded) return null;
  return year === "" ? `--${padded}` : `${year}-${padded}`;
}

/** A line's words as HTML, for a page and for the wire. `locale`: for dates. */
export function fieldHtml({ kind, value }: { kind: FieldKind; value: string }, locale: string): string {
  switch (kind) {
    case "text":
    case "place":
      return renderLine(value, []);
    case "link":
      return `<a href="${escapeHtml(value)}" rel="nofollow noopener noreferrer">${escapeHtml(shortLink(value))}</a>`;
    case "date":
      return escapeHtml(dateWords(value, locale));
    case "list":
      return value.split("\n").map(escapeHtml).join("<br>");
  }
}

/** Without "https://" and without a lonely slash at the end. */
function shortLink(address: string): string {
  const bare = address.replace(/^https?:\/\//, "");
  return /^[^/]+\/$/.test(bare) ? bare.slice(0, -1) : bare;
}

function dateWords(value: string, locale: string): string {
  const everyYear = value.startsWith("--");
  const date = new Date(`${everyYear ? `2000-${value.slice(2)}` : value}T00:00:00Z`);
  const how = { day: "numeric", month: "long", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, everyYear ? how : { ...how, year: "numeric" }).format(date);
}

/** A line of somebody else's profile. */
export type PersonFieldCard = { label: string; html: string };

/** What others say of themselves, as far as it may be shown. `sanitize`: see html.ts. */
export function cleanPersonFields(
  fields: readonly PersonFieldCard[],
  sanitize: (html: string) => string,
): PersonFieldCard[] {
  return fields.slice(0, MOST_FIELDS).flatMap(({ label, html }) => {
    const [name, safe] = [cleanLine(label.slice(0, 1_000), LONGEST_LABEL), shortened(html, sanitize)];
    return name === "" || safe === "" ? [] : [{ label: name, html: safe }];
  });
}

/** What is over the bound keeps its words and loses its form. */
function shortened(html: string, sanitize: (html: string) => string): string {
  const safe = sanitize(html.slice(0, LONGEST_HTML * 4));
  if (safe.length <= LONGEST_HTML) return safe;
  const words = safe.replace(/<[^>]*>?/g, " ").slice(0, LONGEST_HTML - 10);
  return words.replace(/&[^;]*$/, "").trim();
}
