import type { ReadClient, Tx } from "../../store/tx.ts";
import type { Tag } from "./tags.ts";

/** The tags of a post are these from now on. */
export async function keepTags(tx: Tx, postId: string, tags: readonly Tag[]): Promise<void> {
  await tx.tagged.deleteMany({ where: { postId, tag: { notIn: tags.map(({ tag }) => tag) } } });
  for (const { tag, name } of tags) {
    await tx.tagged.upsert({
      where: { postId_tag: { postId, tag } },
      create: { postId, tag, name },
      update: { name },
    });
  }
}

export async function tagRows(read: Pick<ReadClient, "tagged">, postIds: string[]) {
  return postIds.length === 0 ? [] : read.tagged.findMany({ where: { postId: { in: postIds } } });
}

/** Tags known here that begin so, by name. */
export async function tagsBeginning(read: ReadClient, beginning: string, most: number): Promise<Tag[]> {
  return read.tagged.findMany({
    where: { tag: { startsWith: beginning } },
    distinct: ["tag"],
    orderBy: { tag: "asc" },
    select: { tag: true, name: true },
    take: most,
  });
}
