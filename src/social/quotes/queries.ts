import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";

export type StampRow = Prisma.QuoteStampModel;
export type StampState = "asked" | "granted" | "refused" | "revoked";

export async function stampRow(read: ReadClient, id: string): Promise<StampRow | null> {
  return read.quoteStamp.findUnique({ where: { id } });
}

/** What there is between one post and one that quotes it; the newest, when a leave was taken back. */
export async function stampFor(
  read: ReadClient,
  what: { postId: string; quotingUri: string },
): Promise<StampRow | null> {
  return read.quoteStamp.findFirst({ where: what, orderBy: { at: "desc" } });
}

export async function insertStamp(tx: Tx, data: Prisma.QuoteStampUncheckedCreateInput): Promise<void> {
  await tx.quoteStamp.create({ data });
}

export async function changeStamp(
  tx: Tx,
  id: string,
  data: { state: StampState; at: Date; uri?: string },
): Promise<void> {
  await tx.quoteStamp.update({ where: { id }, data });
}

/** Whatever leave a person has, or asks for. */
export async function endStampsOf(tx: Tx, personId: string): Promise<void> {
  const where = { personId, state: { in: ["asked", "granted"] } };
  await tx.quoteStamp.updateMany({ where, data: { state: "revoked" } });
}

/** Of everybody there. */
export async function endStampsAt(tx: Tx, host: string): Promise<void> {
  const where = { person: { host }, state: { in: ["asked", "granted"] } };
  await tx.quoteStamp.updateMany({ where, data: { state: "revoked" } });
}

export async function countStamps(
  read: ReadClient,
  where: { postId: string; personId?: string; state?: string },
) {
  return read.quoteStamp.count({ where });
}

/** Of one post, those that ask first, then by time; one row more than the page holds. `before`: how many were seen. */
export async function stampsOf(read: ReadClient, postId: string, page: { skip: number; limit: number }) {
  return read.quoteStamp.findMany({
    where: { postId, state: { in: ["asked", "granted"] } },
    orderBy: [{ state: "asc" }, { at: "desc" }, { id: "asc" }],
    skip: page.skip,
    take: page.limit + 1,
  });
}

/** Posts here that stand on this leave. */
export async function postsWithStamp(read: ReadClient, stampUri: string) {
  return read.post.findMany({
    where: { quoteStamp: stampUri, quoteState: "approved" },
    select: { id: true, own: true, quoteOfId: true },
    take: 100,
  });
}

/** Rows of posts that quote this one with its author's leave, one more than the page holds. */
export function quotingWhere(postId: string): Prisma.PostWhereInput {
  return { quoteOfId: postId, quoteState: "approved" };
}

export async function setQuote(
  tx: Tx,
  postId: string,
  data: { quoteState: QuoteState; quoteStamp: string },
): Promise<void> {
  await tx.post.updateMany({ where: { id: postId }, data });
}

/** "": quotes nothing. */
export type QuoteState = "" | "waiting" | "approved" | "refused";
