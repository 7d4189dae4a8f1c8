import type { Quotable } from "../../../social/quotes/quotable.ts";

const QUOTABLE: Readonly<Record<string, Quotable>> = {
  public: "everyone",
  followers: "subscribers",
  nobody: "nobody",
};

/** Who may quote a post, from the words of Mastodon; null: not a policy we know. */
export function quotableOfPolicy(policy: string): Quotable | null {
  return Object.hasOwn(QUOTABLE, policy) ? (QUOTABLE[policy] ?? null) : null;
}
