import type { Page } from "../../lib/page.ts";
import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { pageWhere } from "../people/queries.ts";

/** Reactions with a custom emoji that are looked at for a page of posts. */
const MOST_PICTURES = 400;

export type ReactionKey = { postId: string; personId: string; emoji: string };

export async function reactionRow(read: ReadClient, key: ReactionKey) {
  return read.reaction.findUnique({ where: { postId_personId_emoji: key } });
}

export async function saveReaction(
  tx: Tx,
  { at, ...row }: ReactionKey & { uri: string; pictureUrl: string; at: number },
): Promise<void> {
  await tx.reaction.create({ data: { ...row, at: new Date(at) } });
}

export async function dropReaction(tx: Tx, key: ReactionKey): Promise<void> {
  await tx.reaction.deleteMany({ where: key });
}

/** Emoji reactions, not likes, of one person to one post. */
export async function countEmojis(read: ReadClient, postId: string, personId: string): Promise<number> {
  return read.reaction.count({ where: { postId, personId, emoji: { not: "" } } });
}

export async function reactionByUri(
  read: ReadClient,
  personId: string,
  uri: string,
): Promise<ReactionKey | null> {
  const row = await read.reaction.findFirst({ where: { personId, uri } });
  return row === null ? null : { postId: row.postId, personId, emoji: row.emoji };
}

/** How many of each, and whether one is this person's. */
export async function reactionCounts(read: ReadClient, postIds: string[], ownerId: string) {
  const where = { postId: { in: postIds } };
  const counts = await read.reaction.groupBy({
    by: ["postId", "emoji"],
    where,
    _count: true,
  });
  const own = await read.reaction.findMany({ where: { ...where, personId: ownerId } });
  return { counts, own };
}

/** Who used which custom emoji, by host; of a page of posts, bounded. */
export async function picturesReactedWith(read: ReadClient, postIds: string[]) {
  const rows = await read.reaction.findMany({
    where: { postId: { in: postIds }, emoji: { startsWith: ":" } },
    select: { postId: true, emoji: true, person: { select: { host: true } } },
    orderBy: { at: "desc" },
    take: MOST_PICTURES,
  });
  return rows.map(({ postId, emoji, person }) => ({ postId, emoji, host: person.host }));
}

export async function boostCounts(read: ReadClient, postIds: string[], ownerId: string) {
  const where: Prisma.PostWhereInput = { boostOfId: { in: postIds } };
  const counts = await read.post.groupBy({ by: ["boostOfId"], where, _count: true });
  const own = await read.post.findMany({
    where: { ...where, authorId: ownerId },
    select: { boostOfId: true },
  });
  return { counts, own: own.map(({ boostOfId }) => boostOfId) };
}

export async function bookmarked(read: ReadClient, postIds: string[]): Promise<Set<string>> {
  const rows = await read.bookmark.findMany({ where: { postId: { in: postIds } }, select: { postId: true } });
  return new Set(rows.map(({ postId }) => postId));
}

export async function setBookmark(tx: Tx, postId: string, now: number): Promise<void> {
  const data = { at: new Date(now) };
  await tx.bookmark.upsert({ where: { postId }, create: { postId, ...data }, update: data });
}

export async function unsetBookmark(tx: Tx, postId: string): Promise<void> {
  await tx.bookmark.deleteMany({ where: { postId } });
}

/** Who did so, as ids, the latest known first. `emoji` null: any but a like. */
export async function reactedPeople(
  read: ReadClient,
  o: { postId: string; emoji: string | null; page: Page },
): Promise<{ personId: string; emoji: string; sortKey: string }[]> {
  const rows = await read.reaction.findMany({
    where: {
      postId: o.postId,
      emoji: o.emoji === null ? { not: "" } : o.emoji,
      person: pageWhere(o.page),
    },
    include: { person: { select: { sortKey: true } } },
    orderBy: { person: { sortKey: "desc" } },
    take: o.page.limit + 1,
  });
  return rows.map(({ personId, emoji, person }) => ({ personId, emoji, sortKey: person.sortKey }));
}

export async function boostedPeople(
  read: ReadClient,
  o: { postId: string; page: Page },
): Promise<{ personId: string; sortKey: string }[]> {
  const rows = await read.post.findMany({
    where: { boostOfId: o.postId, author: pageWhere(o.page) },
    select: { author: { select: { id: true, sortKey: true } } },
    orderBy: { author: { sortKey: "desc" } },
    take: o.page.limit + 1,
  });
  return rows.map(({ author }) => ({ personId: author.id, sortKey: author.sortKey }));
}
