/** Where this node is for its apps ("http://127.0.0.1:7777"), and its name on the network ("<56>.onion"). */
export type Site = { base: string; host: string };

/** A time as every app reads it; milliseconds are always there. */
export function time(ms: number): string {
  return new Date(ms).toISOString();
}

export function timeOrNull(ms: number): string | null {
  return ms === 0 ? null : time(ms);
}

/** Stands in for every picture that is not there. */
export function markOf(site: Site): string {
  return `${site.base}/assets/icons/mark.svg`;
}
