import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";

/** A person's boost of a post; null: none. */
export async function boostRow(
  read: ReadClient,
  authorId: string,
  boostOfId: string,
): Promise<Prisma.PostModel | null> {
  return read.post.findFirst({ where: { authorId, boostOfId } });
}

/** Boosts of a post go with it, and their notices. */
export async function dropBoostsOf(tx: Tx, postId: string): Promise<void> {
  const rows = await tx.post.findMany({ where: { boostOfId: postId }, select: { id: true } });
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.delivery.deleteMany({ where: { postId: { in: ids } } });
  await tx.post.deleteMany({ where: { boostOfId: postId } });
}
