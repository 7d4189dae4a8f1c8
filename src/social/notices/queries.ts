import type { Page } from "../../lib/page.ts";
import { orderOf } from "../../lib/paging.ts";
import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { mutedAt } from "../muting/queries.ts";
import { pageWhere } from "../people/queries.ts";

export async function insertNotice(tx: Tx, data: Prisma.NoticeUncheckedCreateInput): Promise<void> {
  await tx.notice.create({ data });
}

export async function findNotice(
  read: ReadClient,
  where: { kind: string; personId: string; postId: string; detail?: string },
): Promise<boolean> {
  return (await read.notice.findFirst({ where, select: { id: true } })) !== null;
}

/** When something about a person was last told of, milliseconds; 0: never, or it was taken away. */
export async function noticedAt(read: ReadClient, kind: string, personId: string): Promise<number> {
  const where = { kind, personId };
  const found = await read.notice.findFirst({ where, orderBy: { at: "desc" }, select: { at: true } });
  return found?.at.getTime() ?? 0;
}

export async function deleteNotices(
  tx: Tx,
  where: { kind?: string; personId?: string; postId?: string; detail?: string },
): Promise<void> {
  await tx.notice.deleteMany({ where });
}

/** What stands in the list: nothing of people who are muted with their notices, but that they ask for something. */
function unmuted(now: number): Prisma.NoticeWhereInput {
  const muted = { some: { notices: true, ...mutedAt(now) } };
  return { OR: [{ kind: { in: ["request", "friend-request"] } }, { NOT: { person: { muted } } }] };
}

export async function noticeRows(read: ReadClient, page: Page, now: number) {
  return read.notice.findMany({
    where: { ...pageWhere(page), ...unmuted(now) },
    orderBy: { sortKey: orderOf(page) },
    take: page.limit + 1,
  });
}

const MARKER = "notices";

/** Notices up to this time are read, milliseconds. */
export async function readUpTo(read: ReadClient): Promise<number> {
  return Number((await read.marker.findUnique({ where: { name: MARKER } }))?.position ?? 0);
}

/** The position only grows. */
export async function setReadUpTo(tx: Tx, now: number): Promise<void> {
  const position = BigInt(now);
  const row = await tx.marker.findUnique({ where: { name: MARKER } });
  if (row === null) await tx.marker.create({ data: { name: MARKER, position } });
  else if (row.position < position) await tx.marker.update({ where: { name: MARKER }, data: { position } });
}

/** The posts of the notices that are new; "" for one without. */
export async function newNotices(read: ReadClient, since: number, most: number, now: number) {
  const where = { sortKey: { gt: `${String(since).padStart(13, "0")}99999999` }, ...unmuted(now) };
  const rows = await read.notice.findMany({ where, take: most, select: { postId: true } });
  return rows.map(({ postId }) => postId);
}
