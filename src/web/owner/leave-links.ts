import { createHmac } from "node:crypto";
import type { Random } from "../../lib/ids.ts";

/**
 * Links to the outside. A page holds "/leave/<id>" only: no open redirect, for what no page of ours showed has no id, and
 * the browser's history does not learn what people wrote to each other.
 */
export type LeaveLinks = {
  urlFor(href: string): string;
  /** null: made too long ago. */
  hrefOf(id: string): string | null;
};

const MOST = 10_000;

export function createLeaveLinks(random: Random): LeaveLinks {
  const key = random(32);
  const links = new Map<string, string>();
  return {
    urlFor(href) {
      if (!isWebAddress(href)) return "/leave/0";
      const id = createHmac("sha256", key).update(href).digest("hex").slice(0, 32);
      links.delete(id);
      links.set(id, href);
      const [oldest] = links.keys();
      if (links.size > MOST && oldest !== undefined) links.delete(oldest);
      return `/leave/${id}`;
    },
    hrefOf: (id) => links.get(id) ?? null,
  };
}

export function isWebAddress(href: string): boolean {
  const url = URL.parse(href);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") && href.length <= 2_000;
}

/**
 * Sanitised HTML with every link turned inward: to a page of ours where `inside` knows one (a person, a post), to the
 * leave page otherwise.
 */
export function turnInward(
  html: string,
  urlFor: (href: string) => string,
  inside: (href: string, hashtag: boolean) => string | null = () => null,
): string {
  return html.replace(
    /(<a\b[^>]*?\bhref=")([^"]*)"([^>]*)/g,
    (_all, before: string, written: string, rest: string) => {
      const hashtag = /\bclass="(?:[^"]* )?hashtag[" ]/.test(before + rest);
      const href = unescaped(written);
      return `${before}${escaped(inside(href, hashtag) ?? urlFor(href))}"${rest}`;
    },
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
