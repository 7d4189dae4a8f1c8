import type { Reach } from "../../../social/posts/reach.ts";

/** Who sees a post, in the words of Mastodon. */
export type Visibility = "public" | "unlisted" | "private" | "direct";

const REACH: Readonly<Record<Visibility, Reach>> = {
  public: "everyone",
  unlisted: "unlisted",
  private: "subscribers",
  direct: "chosen",
};

const VISIBILITY: Readonly<Record<Reach, Visibility>> = {
  everyone: "public",
  unlisted: "unlisted",
  subscribers: "private",
  chosen: "direct",
  me: "direct",
};

export function visibilityOf(reach: Reach): Visibility {
  return VISIBILITY[reach];
}

/** null: not a visibility we know. */
export function reachOf(visibility: string): Reach | null {
  return isVisibility(visibility) ? REACH[visibility] : null;
}

function isVisibility(text: string): text is Visibility {
  return Object.hasOwn(REACH, text);
}
