import { isOnion } from "../../../lib/onion-name.ts";
import { tagKey } from "../../../social/tags/tags.ts";

/**
 * Where a link inside a post leads within these pages: other onions are looked at through the node, hashtags of
 * whatever server are looked for here; null: outside.
 */
export function insideLink(href: string, hashtag = false): string | null {
  const url = URL.parse(href);
  const tag = hashtag && url !== null ? tagOf(url) : "";
  if (tag !== "") return `/tags/${encodeURIComponent(tag)}`;
  if (url === null || !isOnion(url.hostname)) return null;
  return `/open?${new URLSearchParams({ address: href })}`;
}

/** The last part of its path, as every server spells them, or "?t=" as snac does. */
function tagOf(url: URL): string {
  const last = url.searchParams.get("t") ?? url.pathname.split("/").findLast((part) => part !== "") ?? "";
  try {
    return tagKey(decodeURIComponent(last));
  } catch {
    return "";
  }
}
