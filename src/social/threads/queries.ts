import { idOf } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import type { PostRow } from "../posts/queries.ts";
import type { PostWhere } from "../posts/visible.ts";
import { slices } from "../slices.ts";

/** The first post of a thread by its address, when this person began it. */
export async function threadBegunBy(
  read: ReadClient,
  authorId: string,
  thread: string,
): Promise<PostRow | null> {
  if (thread === "") return null;
  return read.post.findFirst({ where: { authorId, own: false, replyToId: "", contextUri: thread } });
}

/** A post's place among the answers to another. */
export type Place = { id: string; sortKey: string };

export async function answersTo(
  read: ReadClient,
  postId: string,
  o: { where: PostWhere; after: string; limit: number },
): Promise<Place[]> {
  return read.post.findMany({
    where: { ...o.where, replyToId: postId, boostOfId: "", sortKey: { gt: o.after } },
    orderBy: { sortKey: "asc" },
    take: o.limit,
    select: { id: true, sortKey: true },
  });
}

/** Of these posts, those that are answered. */
export async function answeredAmong(read: ReadClient, ids: string[], where: PostWhere): Promise<Set<string>> {
  const rows =
    ids.length === 0
      ? []
      : await read.post.groupBy({ by: ["replyToId"], where: { ...where, replyToId: { in: ids } } });
  return new Set(rows.map(({ replyToId }) => replyToId));
}

/** One page of what others may be told of, oldest first. */
export async function listedRows(
  read: ReadClient,
  where: PostWhere,
  o: { after: string; limit: number },
): Promise<(Place & { uri: string })[]> {
  return read.post.findMany({
    where: { AND: [where, { boostOfId: "", sortKey: { gt: o.after } }] },
    orderBy: { sortKey: "asc" },
    take: o.limit,
    select: { id: true, sortKey: true, uri: true },
  });
}

/** Posts by others whose authors list answers, or a thread; these two first, then the oldest. */
export async function listingPosts(
  read: ReadClient,
  threadId: string,
  first: string[],
  limit: number,
): Promise<PostRow[]> {
  const lists = { OR: [{ repliesUri: { not: "" } }, { contextUri: { not: "" } }] };
  const where = { own: false, boostOfId: "", ...lists };
  const ahead = await read.post.findMany({ where: { ...where, id: { in: first } } });
  const rest = await read.post.findMany({
    where: { ...where, threadId, id: { notIn: first } },
    orderBy: { sortKey: "asc" },
    take: limit,
  });
  const placed = (row: PostRow) => first.indexOf(row.id);
  return [...ahead.toSorted((one, other) => placed(one) - placed(other)), ...rest].slice(0, limit);
}

/** How the latest look for answers in a thread went; null: nobody asked for one. */
export async function lookIn(read: ReadClient, threadId: string) {
  return read.threadLook.findFirst({ where: { post: { threadId } }, orderBy: { askedAt: "desc" } });
}

export async function lookAt(read: ReadClient, postId: string) {
  return read.threadLook.findUnique({ where: { postId }, include: { post: true } });
}

export async function beginLook(tx: Tx, postId: string, now: number): Promise<void> {
  const fresh = { askedAt: new Date(now), pages: 0, items: 0, why: "", cut: false };
  await tx.threadLook.upsert({ where: { postId }, create: { postId, ...fresh }, update: fresh });
}

type Look = { readAt: Date; why: string; cut: boolean; pages: number; items: number };

export async function noteLook(tx: Tx, postId: string, look: Partial<Look>): Promise<void> {
  await tx.threadLook.updateMany({ where: { postId }, data: look });
}

export type Missing = { uri: string; why: string };

/** Answers that somebody named in a thread, each once, whether they are here by now or not. */
export async function namedIn(read: ReadClient, threadId: string, limit: number): Promise<Missing[]> {
  return read.missingPost.findMany({
    where: { post: { threadId } },
    orderBy: { at: "asc" },
    distinct: ["uri"],
    select: { uri: true, why: true },
    take: limit,
  });
}

export async function addMissing(tx: Tx, postId: string, missing: Missing, now: number): Promise<void> {
  const { uri, why } = missing;
  await tx.missingPost.upsert({
    where: { postId_uri: { postId, uri } },
    create: { postId, uri, why, at: new Date(now) },
    update: { why },
  });
}

export async function setWhy(tx: Tx, uri: string, why: string): Promise<void> {
  await tx.missingPost.updateMany({ where: { uri, NOT: { why } }, data: { why } });
}

export async function dropMissing(tx: Tx, uris: string[]): Promise<void> {
  for (const some of slices(uris)) await tx.missingPost.deleteMany({ where: { uri: { in: some } } });
}

/** Of these addresses, those of posts that are here. */
export async function hereAmong(read: ReadClient, uris: string[]): Promise<Set<string>> {
  const byId = new Map(uris.map((uri) => [idOf(uri), uri]));
  const here = new Set<string>();
  for (const some of slices([...byId.keys()])) {
    const rows = await read.post.findMany({ where: { id: { in: some } }, select: { id: true } });
    for (const { id } of rows) here.add(byId.get(id) ?? "");
  }
  return here;
}

export type Passed = { id: string; byId: string; thread: string; postUri: string; signed: string; at: Date };

export async function passedRow(read: ReadClient, id: string): Promise<Passed | null> {
  return read.passedAnswer.findUnique({ where: { id } });
}

export async function countPassed(read: ReadClient, byId: string): Promise<number> {
  return read.passedAnswer.count({ where: { byId } });
}

/** The same once more is the same. */
export async function insertPassed(tx: Tx, row: Passed): Promise<void> {
  await tx.passedAnswer.upsert({ where: { id: row.id }, create: row, update: {} });
}

export async function deletePassed(
  tx: Tx,
  where: { id: string } | { byId: string; postUri: string },
): Promise<number> {
  return (await tx.passedAnswer.deleteMany({ where })).count;
}

export async function forgetPassedBefore(tx: Tx, before: number): Promise<void> {
  await tx.passedAnswer.deleteMany({ where: { at: { lt: new Date(before) } } });
}
