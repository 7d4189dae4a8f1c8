import { isOnion } from "../../../lib/onion-name.ts";

/** Where a link inside a post leads within these pages: other onions are looked at through the node; null: outside. */
export function insideLink(href: string): string | null {
  const url = URL.parse(href);
  if (url === null || !isOnion(url.hostname)) return null;
  return `/open?${new URLSearchParams({ address: href })}`;
}
