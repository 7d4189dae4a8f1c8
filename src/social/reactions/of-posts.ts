import type { ReadClient } from "../../store/tx.ts";
import { type EmojiView, shortcodeOf } from "../emojis/emoji.ts";
import { emojisNamed } from "../emojis/queries.ts";
import { bookmarked, boostCounts, picturesReactedWith, reactionCounts } from "./queries.ts";

/** What people did with a post, as far as it is known here; for the owner only. */
export type Marks = {
  likes: number;
  liked: boolean;
  boosts: number;
  boosted: boolean;
  bookmarked: boolean;
  /** Of each emoji how many, the most first. `picture`: of a custom one that is known here. */
  emojis: { emoji: string; count: number; mine: boolean; picture: EmojiView | null }[];
};

export const noMarks: Marks = {
  likes: 0,
  liked: false,
  boosts: 0,
  boosted: false,
  bookmarked: false,
  emojis: [],
};

export const picturesIn = ({ emojis }: Marks): EmojiView[] => emojis.flatMap(({ picture }) => picture ?? []);

/** A fixed number of queries, however many posts. */
export async function marksOf(
  read: ReadClient,
  ownerId: string,
  postIds: string[],
): Promise<(postId: string) => Marks> {
  if (postIds.length === 0) return () => noMarks;
  const reactions = await reactionCounts(read, postIds, ownerId);
  const boosts = await boostCounts(read, postIds, ownerId);
  const kept = await bookmarked(read, postIds);
  const pictures = await picturesOf(read, postIds);
  const ofPost = Map.groupBy(reactions.counts, ({ postId }) => postId);
  const mine = new Set(reactions.own.map(({ postId, emoji }) => `${postId} ${emoji}`));
  const boosted = new Map(boosts.counts.map((row) => [row.boostOfId, row._count]));
  return (postId) => {
    const rows = (ofPost.get(postId) ?? []).map(({ emoji, _count }) => ({
      emoji,
      count: _count,
      mine: mine.has(`${postId} ${emoji}`),
      picture: pictures.get(`${postId} ${emoji}`) ?? null,
    }));
    const likes = rows.find(({ emoji }) => emoji === "");
    return {
      likes: likes?.count ?? 0,
      liked: likes?.mine ?? false,
      boosts: boosted.get(postId) ?? 0,
      boosted: boosts.own.includes(postId),
      bookmarked: kept.has(postId),
      emojis: rows.filter(({ emoji }) => emoji !== "").toSorted((a, b) => b.count - a.count),
    };
  };
}

/** Custom emoji by post and name: of one of those who used it and whose host has a picture for it. */
async function picturesOf(read: ReadClient, postIds: string[]): Promise<Map<string, EmojiView>> {
  const used = await picturesReactedWith(read, postIds);
  const named = used.map(({ postId, emoji, host }) => ({
    postId,
    emoji,
    host,
    shortcode: shortcodeOf(emoji),
  }));
  const hosts = [...new Set(named.map(({ host }) => host))];
  const known = await emojisNamed(read, hosts, [...new Set(named.map(({ shortcode }) => shortcode))]);
  const isKnown = new Set(known.map(({ host, shortcode }) => `${host} ${shortcode}`));
  return new Map(
    named
      .filter(({ host, shortcode }) => isKnown.has(`${host} ${shortcode}`))
      .map(({ postId, emoji, host, shortcode }) => [`${postId} ${emoji}`, { host, shortcode }]),
  );
}
