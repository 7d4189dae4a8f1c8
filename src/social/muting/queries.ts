import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import type { MutedWord } from "./words.ts";

const NEVER = new Date(0);

/** Mutes that hold at this time: without an end, or not over yet. */
export function mutedAt(now: number): Prisma.MutedWhereInput {
  return { OR: [{ until: NEVER }, { until: { gt: new Date(now) } }] };
}

export async function setMuted(
  tx: Tx,
  personId: string,
  how: { until: number; notices: boolean },
  now: number,
): Promise<void> {
  const data = { until: new Date(how.until), notices: how.notices, at: new Date(now) };
  await tx.muted.upsert({ where: { personId }, create: { personId, ...data }, update: data });
}

/** Whoever is muted stays so under another address, for as long; what the owner said about that one itself, counts. */
export async function muteAlike(tx: Tx, fromId: string, toId: string, now: number): Promise<void> {
  const row = await tx.muted.findFirst({ where: { personId: fromId, ...mutedAt(now) } });
  if (row === null || (await tx.muted.count({ where: { personId: toId, ...mutedAt(now) } })) > 0) return;
  await setMuted(tx, toId, { until: row.until.getTime(), notices: row.notices }, now);
}

export async function unsetMuted(tx: Tx, personId: string): Promise<void> {
  await tx.muted.deleteMany({ where: { personId } });
}

/** People whose posts are not shown at this time. */
export async function mutedIds(read: ReadClient, now: number): Promise<string[]> {
  const rows = await read.muted.findMany({ where: mutedAt(now), select: { personId: true } });
  return rows.map(({ personId }) => personId);
}

/** Of these posts, those by these people. */
export async function postsBy(read: ReadClient, postIds: string[], authorIds: string[]) {
  const where = { id: { in: postIds }, authorId: { in: authorIds } };
  const rows = await read.post.findMany({ where, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

export async function wordRows(read: ReadClient, where: Prisma.MutedWordWhereInput): Promise<MutedWord[]> {
  const rows = await read.mutedWord.findMany({ where, orderBy: [{ at: "asc" }, { id: "asc" }] });
  return rows.map(mutedWordOf);
}

function mutedWordOf(row: Prisma.MutedWordModel): MutedWord {
  const { id, setId, title, words, whole } = row;
  const action = row.action === "hide" ? "hide" : "warn";
  return { id, setId, title, words, whole, action, until: row.until.getTime(), at: row.at.getTime() };
}

export async function countWords(read: ReadClient): Promise<number> {
  return read.mutedWord.count();
}

export async function insertWord(tx: Tx, data: Prisma.MutedWordUncheckedCreateInput): Promise<void> {
  await tx.mutedWord.create({ data });
}

export async function updateWords(
  tx: Tx,
  where: Prisma.MutedWordWhereInput,
  data: Prisma.MutedWordUncheckedUpdateManyInput,
): Promise<void> {
  await tx.mutedWord.updateMany({ where, data });
}

export async function deleteWords(tx: Tx, where: Prisma.MutedWordWhereInput): Promise<void> {
  await tx.mutedWord.deleteMany({ where });
}

/** What can be read of these posts beside their words: hashtags, what pictures show, answers of a poll. */
export async function readableParts(read: ReadClient, postIds: string[]) {
  const where = { postId: { in: postIds } };
  const tags = await read.tagged.findMany({ where, select: { postId: true, tag: true } });
  const files = await read.attachment.findMany({
    where: { ...where, alt: { not: "" } },
    select: { postId: true, alt: true },
  });
  const answers = await read.pollOption.findMany({
    where: { pollId: { in: postIds } },
    select: { pollId: true, title: true },
  });
  return [
    ...answers.map(({ pollId, title }) => ({ postId: pollId, text: title })),
    ...tags.map(({ postId, tag }) => ({ postId, text: `#${tag}` })),
    ...files.map(({ postId, alt }) => ({ postId, text: alt })),
  ];
}

export async function boostedRows(read: ReadClient, ids: string[]) {
  if (ids.length === 0) return [];
  const select = { id: true, html: true, title: true, warning: true, own: true } as const;
  return read.post.findMany({ where: { id: { in: ids } }, select });
}
