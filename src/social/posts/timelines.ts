import type { Page, Paged } from "../../lib/page.ts";
import { bounded, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import { memberWhere } from "../audiences/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { pinnedRows } from "../marks/queries.ts";
import { mutedIds, postsBy } from "../muting/queries.ts";
import { hiddenAt } from "../muting/words.ts";
import { quotingWhere } from "../quotes/queries.ts";
import { theOwner } from "../viewer.ts";
import { type PostRow, postRowsWhere } from "./queries.ts";
import type { PostView } from "./view.ts";
import { viewsOf } from "./views.ts";
import { listedFor, type PostWhere } from "./visible.ts";

/** Others may pin more than we do. */
const MOST_PINNED_SHOWN = 10;

export async function timeline(
  read: ReadClient,
  me: Identity,
  { where, viewer, wanted }: Asked,
  asked: Page,
): Promise<Paged<PostView>> {
  const page = bounded(asked);
  const { items, older, newer } = pagedOf(await postRowsWhere(read, where, page), page);
  const rows = wanted === undefined ? items : await wanted(items);
  return { items: await viewsOf(read, me, rows, viewer), older, newer };
}

/** `wanted`: what a condition on the rows cannot say. */
type Asked = { where: PostWhere; viewer: Viewer; wanted?: (rows: PostRow[]) => Promise<PostRow[]> };

/** Pages read to fill one up again. */
const MOST_ROUNDS = 8;

/**
 * Own posts, those of people subscribed to, and what is addressed to the owner; newest first. Without people who are
 * muted and without posts whose words are to be hidden; a page is filled up with what comes next.
 * `now` is for what is muted: without it, whatever was muted for a time still is. `audienceId`: only of people in it.
 */
export async function homeTimeline(
  read: ReadClient,
  me: Identity,
  asked: Page,
  now = 0,
  audienceId = "",
): Promise<Paged<PostView>> {
  const { limit } = bounded(asked);
  const muted = await mutedIds(read, now);
  const among = audienceId === "" ? {} : { author: memberWhere(audienceId) };
  const what: Asked = {
    where: { inHome: true, ...among, ...(muted.length === 0 ? {} : { authorId: { notIn: muted } }) },
    viewer: theOwner,
    ...(muted.length === 0 ? {} : { wanted: (rows) => withoutBoostsOf(read, muted, rows) }),
  };
  const first = await timeline(read, me, what, asked);
  const items = first.items.filter((post) => !hiddenAt(post, now).whole);
  let { older } = first;
  const isDown = asked.after === undefined || asked.before !== undefined;
  for (let round = 1; isDown && older !== null && items.length < limit && round < MOST_ROUNDS; round++) {
    const next = await timeline(read, me, what, { before: older, limit });
    items.push(...next.items.filter((post) => !hiddenAt(post, now).whole));
    older = next.older;
  }
  if (items.length <= limit) return { ...first, items, older };
  return { ...first, items: items.slice(0, limit), older: items[limit - 1]?.sortKey ?? older };
}

async function withoutBoostsOf(read: ReadClient, muted: string[], rows: PostRow[]): Promise<PostRow[]> {
  const boosted = rows.map(({ boostOfId }) => boostOfId).filter((id) => id !== "");
  if (boosted.length === 0) return rows;
  const theirs = await postsBy(read, boosted, muted);
  return rows.filter(({ boostOfId }) => !theirs.has(boostOfId));
}

/** A person's posts, as far as the viewer may see them. Others than the owner are shown the owner's only. */
export async function postsOf(
  read: ReadClient,
  me: Identity,
  personId: string,
  viewer: Viewer,
  page: Page,
): Promise<Paged<PostView>> {
  if (viewer.kind === "owner") return timeline(read, me, { where: { authorId: personId }, viewer }, page);
  if (personId !== me.ownerId) return { items: [], older: null, newer: null };
  // What others wrote is not the owner's to publish on a page.
  return timeline(
    read,
    me,
    { where: { authorId: personId, boostOfId: "", ...listedFor(viewer) }, viewer },
    page,
  );
}

/** The owner's posts that were to go to somebody: how each went out is in its `delivery`. */
export function sentPosts(read: ReadClient, me: Identity, page: Page): Promise<Paged<PostView>> {
  return timeline(
    read,
    me,
    { where: { authorId: me.ownerId, boostOfId: "", reach: { not: "me" } }, viewer: theOwner },
    page,
  );
}

/** Posts the owner keeps, the newest post first. */
export function bookmarkedPosts(read: ReadClient, me: Identity, page: Page): Promise<Paged<PostView>> {
  return timeline(read, me, { where: { bookmark: { some: {} } }, viewer: theOwner }, page);
}

/** Posts the owner likes, the newest post first. */
export function likedPosts(read: ReadClient, me: Identity, page: Page): Promise<Paged<PostView>> {
  const where = { reactions: { some: { personId: me.ownerId, emoji: "" } } };
  return timeline(read, me, { where, viewer: theOwner }, page);
}

/** What a person put first on their page, as far as it is here and the viewer may see it. */
export async function pinnedPosts(
  read: ReadClient,
  me: Identity,
  personId: string,
  viewer: Viewer,
): Promise<PostView[]> {
  if (viewer.kind !== "owner" && personId !== me.ownerId) return [];
  return viewsOf(read, me, await pinnedRows(read, personId, MOST_PINNED_SHOWN), viewer);
}

/** What the owner's public page lists: nothing that is not for everyone. */
export function publicPosts(read: ReadClient, me: Identity, page: Page): Promise<Paged<PostView>> {
  return postsOf(read, me, me.ownerId, { kind: "stranger" }, page);
}

/** The owner's long posts, as far as the viewer may see them. */
export function ownArticles(
  read: ReadClient,
  me: Identity,
  page: Page,
  viewer: Viewer,
): Promise<Paged<PostView>> {
  const where = { authorId: me.ownerId, kind: "article", ...listedFor(viewer) };
  return timeline(read, me, { where, viewer }, page);
}

/** Posts here that quote this one with its author's leave. */
export function quotingPosts(
  read: ReadClient,
  me: Identity,
  postId: string,
  page: Page,
): Promise<Paged<PostView>> {
  return timeline(read, me, { where: quotingWhere(postId), viewer: theOwner }, page);
}
