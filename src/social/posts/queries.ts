import { randomId, systemRandom } from "../../lib/ids.ts";
import type { Page } from "../../lib/page.ts";
import { orderOf } from "../../lib/paging.ts";
import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { dropBoostsOf } from "../boosts/queries.ts";
import type { Recipient } from "../deliveries/deliver.ts";
import { attachmentsOf, deleteAttachments } from "../media/queries.ts";
import { pageWhere } from "../people/queries.ts";
import { slices } from "../slices.ts";
import { MOST_REVISIONS } from "./limits.ts";

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
export async function postRowsWhere(
  read: ReadClient,
  where: Prisma.PostWhereInput,
  page: Page,
): Promise<PostRow[]> {
  return read.post.findMany({
    where: { ...where, ...pageWhere(page) },
    orderBy: { sortKey: orderOf(page) },
    take: page.limit + 1,
  });
}

export async function addresseesOf(read: Pick<ReadClient, "addressee">, postIds: string[]) {
  if (postIds.length === 0) return [];
  return read.addressee.findMany({ where: { postId: { in: postIds } } });
}

export async function replyCounts(
  read: ReadClient,
  postIds: string[],
  where: Prisma.PostWhereInput,
): Promise<Map<string, number>> {
  if (postIds.length === 0) return new Map();
  const rows = await read.post.groupBy({
    by: ["replyToId"],
    where: { ...where, replyToId: { in: postIds } },
    _count: true,
  });
  return new Map(rows.map((row) => [row.replyToId, row._count]));
}

export async function hasReply(read: ReadClient, postId: string): Promise<boolean> {
  return (await read.post.findFirst({ where: { replyToId: postId }, select: { id: true } })) !== null;
}

/** False: this id was deleted once, and stays so. */
export async function insertPost(
  tx: Tx,
  data: Prisma.PostUncheckedCreateInput,
  addressees: { personId: string; mention: boolean }[],
): Promise<boolean> {
  try {
    await tx.post.create({ data });
  } catch (error) {
    if (isOfTheDead(error)) return false;
    throw error;
  }
  for (const some of slices(addressees)) {
    await tx.addressee.createMany({ data: some.map((one) => ({ postId: data.id, ...one })) });
  }
  return true;
}

/** The changes feed refuses to bring back what was deleted (src/store/feed.ts). */
function isOfTheDead(error: unknown): boolean {
  return error instanceof Error && error.message.includes("this id was deleted");
}

/** Mentions that a post did not have before; returns all of the given people. */
export async function addAddressees(tx: Tx, postId: string, personIds: string[]): Promise<string[]> {
  for (const personId of personIds) {
    await tx.addressee.upsert({
      where: { postId_personId: { postId, personId } },
      create: { postId, personId, mention: true },
      update: { mention: true },
    });
  }
  return personIds;
}

/** Whom a post names from now on: these, and nobody else. */
export async function setAddressees(
  tx: Tx,
  postId: string,
  people: { personId: string; mention: boolean }[],
): Promise<void> {
  const named = new Set(people.map(({ personId }) => personId));
  for (const { personId } of await tx.addressee.findMany({ where: { postId } })) {
    if (!named.has(personId)) await tx.addressee.deleteMany({ where: { postId, personId } });
  }
  for (const { personId, mention } of people) {
    await tx.addressee.upsert({
      where: { postId_personId: { postId, personId } },
      create: { postId, personId, mention },
      update: { mention },
    });
  }
}

/** Whom the owner's latest posts were for, answers and what was passed on left out; the newest first. */
export async function latestReaches(read: ReadClient, ownerId: string, most: number): Promise<string[]> {
  const rows = await read.post.findMany({
    where: { authorId: ownerId, own: true, boostOfId: "", replyToId: "" },
    orderBy: { sortKey: "desc" },
    select: { reach: true },
    take: most,
  });
  return rows.map(({ reach }) => reach);
}

/** Children that came before their parent join its thread, with all below them. */
export async function adopt(tx: Tx, parentId: string, threadId: string): Promise<void> {
  const children = await tx.post.findMany({
    where: { replyToId: parentId, threadId: { not: threadId } },
    select: { threadId: true },
    distinct: ["threadId"],
    take: 200,
  });
  for (const child of children) {
    const rows = await tx.post.findMany({
      where: { threadId: child.threadId },
      select: { id: true },
      take: 2_000,
    });
    for (const some of slices(rows.map(({ id }) => id))) {
      await tx.post.updateMany({ where: { id: { in: some } }, data: { threadId } });
    }
  }
}

/** What a post said until now; the first and the latest are kept when there are many. */
export async function keepRevision(tx: Tx, row: PostRow, now: number): Promise<void> {
  if ((await tx.postRevision.count({ where: { postId: row.id } })) >= MOST_REVISIONS) {
    const oldest = await tx.postRevision.findMany({
      where: { postId: row.id },
      orderBy: { at: "asc" },
      select: { id: true },
      take: 2,
    });
    const second = oldest[1];
    if (second !== undefined) await tx.postRevision.deleteMany({ where: { id: second.id } });
  }
  const { html, warning, title } = row;
  const data = { id: randomId(systemRandom), postId: row.id, html, warning, title, at: new Date(now) };
  await tx.postRevision.create({ data });
}

/** What a post said before, oldest first; each until its time. */
export async function revisionRows(read: ReadClient, postId: string) {
  return read.postRevision.findMany({ where: { postId }, orderBy: { at: "asc" }, take: MOST_REVISIONS });
}

export async function updatePost(tx: Tx, id: string, data: Prisma.PostUncheckedUpdateInput): Promise<void> {
  await tx.post.update({ where: { id }, data });
}

/** The post and everything that speaks of it, truly gone; its files leave the disk after the commit. */
export async function deletePost(tx: Tx, id: string): Promise<void> {
  await dropBoostsOf(tx, id);
  await deleteAttachments(tx, await attachmentsOf(tx, [id]));
  await tx.notice.deleteMany({ where: { postId: id } });
  await tx.delivery.deleteMany({ where: { postId: id } });
  await tx.post.deleteMany({ where: { id } });
}

/** Of these people, those who may be written to. */
export async function reachable(read: ReadClient, ids: string[]): Promise<Recipient[]> {
  return (await nameable(read, ids)).filter(({ host }) => host !== "");
}

/** Of these people, those a post may be for; guests too, who read it here. */
export async function nameable(read: ReadClient, ids: string[]): Promise<Recipient[]> {
  const found: Recipient[] = [];
  for (const some of slices([...new Set(ids)])) {
    const where = { id: { in: some }, gone: false, blocked: { none: {} } };
    const rows = await read.person.findMany({ where, select: { id: true, host: true } });
    const hosts = { in: [...new Set(rows.map(({ host }) => host))] };
    const shut = new Set(
      (await read.blockedHost.findMany({ where: { host: hosts } })).map(({ host }) => host),
    );
    found.push(...rows.filter(({ host }) => !shut.has(host)));
  }
  return found;
}

/** People known by one of these ways of naming them: "handle@host", or a handle that one person has. */
export async function peopleNamed(read: ReadClient, names: string[]) {
  const whole = names.filter((name) => name.includes("@"));
  const short = names.filter((name) => !name.includes("@"));
  return read.person.findMany({
    where: {
      gone: false,
      blocked: { none: {} },
      OR: [{ address: { in: whole } }, { handle: { in: short } }],
    },
    select: { id: true, uri: true, url: true, handle: true, address: true },
    take: 200,
  });
}
