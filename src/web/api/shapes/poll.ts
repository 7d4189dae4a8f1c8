import { isOver } from "../../../social/polls/poll.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { type CustomEmoji, emojiOf } from "./emoji.ts";
import { type Site, timeOrNull } from "./site.ts";

export type Poll = {
  id: string;
  expires_at: string | null;
  expired: boolean;
  multiple: boolean;
  votes_count: number;
  voters_count: number;
  options: { title: string; votes_count: number }[];
  emojis: CustomEmoji[];
  voted: boolean;
  own_votes: number[];
};

/** Its id is the status's. null: the post asks nothing. */
export function pollOf(post: PostView, site: Site, now: number): Poll | null {
  const { poll } = post;
  if (poll === null) return null;
  return {
    id: post.sortKey,
    expires_at: timeOrNull(poll.endsAt),
    expired: isOver(poll, now),
    multiple: poll.multiple,
    votes_count: poll.options.reduce((sum, { votes }) => sum + votes, 0),
    voters_count: poll.voters,
    options: poll.options.map(({ title, votes }) => ({ title, votes_count: votes })),
    emojis: post.emojis.map((emoji) => emojiOf(emoji, site)),
    voted: post.own || poll.chosen.length > 0,
    own_votes: poll.chosen,
  };
}
