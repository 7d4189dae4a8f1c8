import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { slices } from "../slices.ts";

export type AttachmentRow = Prisma.AttachmentModel;

const media = {
  ...{ id: true, type: true, bytes: true, width: true, height: true },
  ...{ alt: true, blurhash: true, length: true, name: true },
} as const;

export async function findMedia(read: ReadClient, id: string) {
  return read.media.findFirst({ where: { id, purpose: { not: "dropped" } }, select: media });
}

export async function waitingMedia(read: ReadClient, ids: string[]) {
  if (ids.length === 0) return [];
  return read.media.findMany({ where: { id: { in: ids }, purpose: "waiting" }, select: media });
}

export async function isWaiting(read: ReadClient, id: string): Promise<boolean> {
  return (await read.media.count({ where: { id, purpose: "waiting" } })) === 1;
}

export async function insertMedia(
  tx: Tx,
  row: Omit<Prisma.MediaUncheckedCreateInput, "createdAt">,
  now: number,
): Promise<void> {
  await tx.media.create({ data: { ...row, createdAt: new Date(now) } });
}

export async function updateAlt(tx: Tx, id: string, alt: string): Promise<void> {
  await tx.media.update({ where: { id }, data: { alt } });
}

export async function giveToPost(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length > 0) await tx.media.updateMany({ where: { id: { in: ids } }, data: { purpose: "post" } });
}

/** Removed from the disk soon after the commit, see drop.ts. */
export async function markDropped(tx: Tx, ids: string[]): Promise<void> {
  const real = ids.filter((id) => id !== "");
  for (const some of slices(real)) {
    await tx.media.updateMany({ where: { id: { in: some } }, data: { purpose: "dropped" } });
  }
}

export async function attachmentsOf(read: ReadClient, postIds: string[]): Promise<AttachmentRow[]> {
  if (postIds.length === 0) return [];
  return read.attachment.findMany({ where: { postId: { in: postIds } }, orderBy: { place: "asc" } });
}

export async function insertAttachment(tx: Tx, data: Prisma.AttachmentUncheckedCreateInput): Promise<void> {
  await tx.attachment.create({ data });
}

export async function updateAttachment(
  tx: Tx,
  id: string,
  data: Prisma.AttachmentUncheckedUpdateInput,
): Promise<void> {
  await tx.attachment.update({ where: { id }, data });
}

/** With the sealed files that belong to them. */
export async function deleteAttachments(tx: Tx, rows: AttachmentRow[]): Promise<void> {
  await markDropped(
    tx,
    rows.map(({ mediaId }) => mediaId),
  );
  for (const some of slices(rows.map(({ id }) => id))) {
    await tx.attachment.deleteMany({ where: { id: { in: some } } });
  }
}

/** Where a file of a post stands. */
export async function placedAttachment(read: ReadClient, where: { id: string } | { mediaId: string }) {
  const { post, ...row } = (await read.attachment.findFirst({
    where,
    include: { post: { include: { author: { select: { uri: true, host: true } } } } },
  })) ?? { post: null };
  return post === null || !("id" in row) ? null : { row, post };
}

export async function droppedIds(read: ReadClient, most: number): Promise<string[]> {
  const rows = await read.media.findMany({ where: { purpose: "dropped" }, select: { id: true }, take: most });
  return rows.map(({ id }) => id);
}

export async function deleteMediaRows(tx: Tx, ids: string[]): Promise<void> {
  await tx.media.deleteMany({ where: { id: { in: ids }, purpose: "dropped" } });
}

export async function dropUnusedBefore(tx: Tx, time: number): Promise<void> {
  await tx.media.updateMany({
    where: { purpose: "waiting", createdAt: { lt: new Date(time) } },
    data: { purpose: "dropped" },
  });
}

/**
 * Files that nothing names any more, a page at a time; null: that was the last one. An own picture is added before it is
 * named: it counts only when it was added before that time.
 */
export async function orphansAfter(
  read: ReadClient,
  after: string,
  most: number,
  addedBefore: number,
): Promise<{ ids: string[]; next: string | null }> {
  const rows = await read.media.findMany({
    where: {
      id: { gt: after },
      OR: [
        { purpose: { in: ["post", "message", "remote", "shown"] } },
        { purpose: "picture", createdAt: { lt: new Date(addedBefore) } },
      ],
    },
    orderBy: { id: "asc" },
    select: { id: true },
    take: most,
  });
  const ids = rows.map(({ id }) => id);
  const inUse = await namedAmong(read, ids);
  return { ids: ids.filter((id) => !inUse.has(id)), next: ids.length < most ? null : (ids.at(-1) ?? null) };
}

type Kept = "remote" | "shown";

async function namedAmong(read: ReadClient, ids: string[]): Promise<Set<string>> {
  const where = { mediaId: { in: ids } };
  const files = await read.attachment.findMany({ where, select: { mediaId: true } });
  const messages = await read.messageFile.findMany({ where, select: { mediaId: true } });
  const emojis = await read.emoji.findMany({ where, select: { mediaId: true } });
  const faces = await read.person.findMany({
    where: { pictureId: { in: ids } },
    select: { pictureId: true },
  });
  const own = await read.setting.findMany({
    where: { key: { in: ["profile.picture", "profile.banner"] } },
    select: { value: true },
  });
  return new Set([
    ...[...files, ...messages, ...emojis].map(({ mediaId }) => mediaId),
    ...faces.map(({ pictureId }) => pictureId),
    ...own.map(({ value }) => value),
  ]);
}

export async function sumOf(read: ReadClient, purpose: Kept): Promise<number> {
  return (await read.media.aggregate({ where: { purpose }, _sum: { bytes: true } }))._sum.bytes ?? 0;
}

export async function oldestOf(read: ReadClient, purpose: Kept, most: number) {
  return read.media.findMany({
    where: { purpose },
    orderBy: { createdAt: "asc" },
    select: { id: true, bytes: true },
    take: most,
  });
}

/** They can be fetched again. */
export async function forgetCopies(tx: Tx, mediaIds: string[]): Promise<void> {
  await tx.attachment.updateMany({ where: { mediaId: { in: mediaIds } }, data: { mediaId: "" } });
  await markDropped(tx, mediaIds);
}

/** Of people and emoji: initials and shortcodes stand there again. */
export async function forgetShown(tx: Tx, mediaIds: string[]): Promise<void> {
  await tx.person.updateMany({ where: { pictureId: { in: mediaIds } }, data: { pictureId: "" } });
  await tx.emoji.updateMany({ where: { mediaId: { in: mediaIds } }, data: { mediaId: "" } });
  await markDropped(tx, mediaIds);
}
