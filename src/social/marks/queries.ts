import type { ReadClient } from "../../store/tx.ts";
import type { PostRow } from "../posts/queries.ts";

const isPinned = (authorId: string) => ({ authorId, pinnedAt: { gt: new Date(0) } });

export async function countPinned(read: ReadClient, authorId: string): Promise<number> {
  return read.post.count({ where: isPinned(authorId) });
}

/** The latest pinned first. */
export async function pinnedRows(read: ReadClient, authorId: string, limit: number): Promise<PostRow[]> {
  return read.post.findMany({ where: isPinned(authorId), orderBy: { pinnedAt: "desc" }, take: limit });
}
