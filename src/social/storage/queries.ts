import type { ReadClient } from "../../store/tx.ts";

/** How much of what is kept; `bytes` of files. */
export type Kinds = {
  ownPosts: number;
  othersPosts: number;
  people: number;
  /** The owner's pictures, and those of others that were looked at. */
  files: { purpose: string; count: number; bytes: number }[];
};

export async function kindsKept(read: ReadClient, ownerId: string): Promise<Kinds> {
  const [posts, ownPosts, people, files] = await Promise.all([
    read.post.count(),
    read.post.count({ where: { authorId: ownerId } }),
    read.person.count(),
    read.media.groupBy({
      where: { purpose: { not: "dropped" } },
      by: ["purpose"],
      _count: true,
      _sum: { bytes: true },
      orderBy: { purpose: "asc" },
    }),
  ]);
  return {
    ownPosts,
    othersPosts: posts - ownPosts,
    people: people - 1,
    files: files.map(({ purpose, _count, _sum }) => ({ purpose, count: _count, bytes: _sum.bytes ?? 0 })),
  };
}
