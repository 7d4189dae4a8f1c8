import type { Activity, Cast, Recording } from "./cast.ts";
import { epicyon } from "./epicyon.ts";
import { friends } from "./friends.ts";
import { gotosocial } from "./gotosocial.ts";
import { letters } from "./letters.ts";
import { longPosts } from "./long-posts.ts";
import { marks } from "./marks.ts";
import { mastodon } from "./mastodon.ts";
import { mastodonQuotes } from "./mastodon-quotes.ts";
import { mitra } from "./mitra.ts";
import { partings } from "./partings.ts";
import { polls } from "./polls.ts";
import { snac } from "./snac.ts";

/** What about ten programs send, in the shapes and with the fields that are theirs. */
export const recordings: readonly Recording[] = [
  ...[mastodon, mastodonQuotes, mitra, gotosocial],
  ...[snac, epicyon, partings, polls, marks, longPosts, friends],
  ...[letters],
];

export function recorded(cast: Cast): Activity[] {
  return recordings.flatMap(({ activities }) => activities(cast));
}
