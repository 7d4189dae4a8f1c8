/**
 * Scopes of a token, as Mastodon names them: "read" and "write" cover "read:statuses" and the like.
 * "follow" is the old name for everything about who sees whom.
 */
export type Scope = `${"read" | "write"}:${Subject}`;

type Subject =
  | "accounts"
  | "blocks"
  | "bookmarks"
  | "favourites"
  | "filters"
  | "follows"
  | "lists"
  | "media"
  | "mutes"
  | "notifications"
  | "reports"
  | "search"
  | "statuses";

const COVERED_BY_FOLLOW: readonly Scope[] = [
  "read:blocks",
  "write:blocks",
  "read:follows",
  "write:follows",
  "read:mutes",
  "write:mutes",
];

/** null: every token may, whatever it was made for. */
export function covers(scopes: readonly string[], needed: Scope | null): boolean {
  if (needed === null || scopes.includes(needed)) return true;
  const whole = needed.slice(0, needed.indexOf(":"));
  return scopes.includes(whole) || (scopes.includes("follow") && COVERED_BY_FOLLOW.includes(needed));
}
