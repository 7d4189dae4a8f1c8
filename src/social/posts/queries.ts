import type { Page } from "../../lib/page.ts";
import { orderOf } from "../../lib/paging.ts";
import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { pageWhere } from "../people/queries.ts";

export type PostRow = Prisma.PostModel;

export async function postRow(read: ReadClient, id: string): Promise<PostRow | null> {
  return read.post.findUnique({ where: { id } });
}

export async function postRowBySortKey(read: ReadClient, sortKey: string): Promise<PostRow | null> {
  return read.post.findFirst({ where: { sortKey } });
}

export async function postRowsByIds(read: ReadClient, ids: string[]): Promise<PostRow[]> {
  return ids.length === 0 ? [] : read.post.findMany({ where: { id: { in: ids } } });
}

/** One row more than the page holds, in the order the page reads. */
export async function postRowsWhere(read: ReadClient, where: Prisma.PostWhereInput, page: Page): Promise<PostRow[]> {
  return read.post.findMany({
    where: { ...where, ...pageWhere(page) },
    orderBy: { sortKey: orderOf(page) },
    take: page.limit + 1,
  });
}

export async function threadRows(read: ReadClient, threadId: string, limit: number): Promise<PostRow[]> {
  return read.post.findMany({ where: { threadId }, orderBy: { sortKey: "asc" }, take: limit });
}

export async function addresseesOf(read: ReadClient, postIds: string[]) {
  if (postIds.length === 0) return [];
  return read.addressee.findMany({ where: { postId: { in: postIds } } });
}

export async function deliveriesOf(read: ReadClient, postIds: string[], limit: number) {
  if (postIds.length === 0) return [];
  return read.delivery.findMany({ where: { postId: { in: postIds } }, take: limit });
}

export async function replyCounts(read: ReadClient, postIds: string[]): Promise<Map<string, number>> {
  if (postIds.length === 0) return new Map();
  const rows = await read.post.groupBy({ by: ["replyToId"], where: { replyToId: { in: postIds } }, _count: true });
  return new Map(rows.map((row) => [row.replyToId, row._count]));
}

export async function insertPost(
  tx: Tx,
  data: Prisma.PostUncheckedCreateInput,
  addressees: { personId: string; mention: boolean }[],
): Promise<void> {
  await tx.post.create({ data });
  for (const one of addressees) await tx.addressee.create({ data: { postId: data.id, ...one } });
}

export async function insertDelivery(tx: Tx, postId: string, personId: string, now: number): Promise<void> {
  const data = { state: "waiting", at: new Date(now) };
  await tx.delivery.upsert({ where: { postId_personId: { postId, personId } }, create: { postId, personId, ...data }, update: {} });
}

/** Children that came before their parent join its thread. */
export async function adopt(tx: Tx, parentId: string, threadId: string): Promise<void> {
  const first = await tx.post.findMany({ where: { replyToId: parentId }, select: { id: true, threadId: true }, take: 200 });
  for (const child of first) {
    if (child.threadId !== threadId) await tx.post.updateMany({ where: { threadId: child.threadId }, data: { threadId } });
  }
}

export async function keepRevision(tx: Tx, id: string, row: PostRow, now: number): Promise<void> {
  const data = { id, postId: row.id, html: row.html, warning: row.warning, at: new Date(now) };
  await tx.postRevision.create({ data });
}

export async function updatePost(tx: Tx, id: string, data: Prisma.PostUncheckedUpdateInput): Promise<void> {
  await tx.post.update({ where: { id }, data });
}

/** The post and everything that speaks of it, truly gone. */
export async function deletePost(tx: Tx, id: string): Promise<void> {
  await tx.notice.deleteMany({ where: { postId: id } });
  await tx.delivery.deleteMany({ where: { postId: id } });
  await tx.job.deleteMany({ where: { kind: "post", about: { contains: `"postId":"${id}"` } } });
  await tx.post.deleteMany({ where: { id } });
}

export async function hostsOf(read: ReadClient, ids: string[]): Promise<{ id: string; host: string }[]> {
  return read.person.findMany({
    where: { id: { in: ids }, gone: false, blocked: { none: {} } },
    select: { id: true, host: true },
  });
}

/** People known by one of these ways of naming them: "handle@host", or a handle that one person has. */
export async function peopleNamed(read: ReadClient, names: string[]) {
  const whole = names.filter((name) => name.includes("@"));
  const short = names.filter((name) => !name.includes("@"));
  return read.person.findMany({
    where: { gone: false, OR: [{ address: { in: whole } }, { handle: { in: short } }] },
    select: { id: true, uri: true, url: true, handle: true, address: true },
    take: 200,
  });
}

export async function namesOf(read: ReadClient, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await read.post.findMany({
    where: { id: { in: ids } },
    select: { id: true, author: { select: { name: true, handle: true } } },
  });
  return new Map(rows.map(({ id, author }) => [id, author.name === "" ? author.handle : author.name]));
}
