import type { ReadClient } from "../../store/tx.ts";
import { bookmarked, boostCounts, reactionCounts } from "./queries.ts";

/** What people did with a post, as far as it is known here; for the owner only. */
export type Marks = {
  likes: number;
  liked: boolean;
  boosts: number;
  boosted: boolean;
  bookmarked: boolean;
  /** Of each emoji how many, the most first. `pictureUrl`: remote address of a custom one, or "". */
  emojis: { emoji: string; count: number; mine: boolean; pictureUrl: string }[];
};

export const noMarks: Marks = {
  likes: 0,
  liked: false,
  boosts: 0,
  boosted: false,
  bookmarked: false,
  emojis: [],
};

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
  const ofPost = Map.groupBy(reactions.counts, ({ postId }) => postId);
  const mine = new Set(reactions.own.map(({ postId, emoji }) => `${postId} ${emoji}`));
  const boosted = new Map(boosts.counts.map((row) => [row.boostOfId, row._count]));
  return (postId) => {
    const rows = (ofPost.get(postId) ?? []).map(({ emoji, _count, _max }) => ({
      emoji,
      count: _count,
      mine: mine.has(`${postId} ${emoji}`),
      pictureUrl: _max.pictureUrl ?? "",
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
