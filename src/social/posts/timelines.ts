import type { Page, Paged } from "../../lib/page.ts";
import { bounded, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { pinnedRows } from "../marks/queries.ts";
import { theOwner } from "../viewer.ts";
import { postRowsWhere } from "./queries.ts";
import type { PostView } from "./view.ts";
import { viewsOf } from "./views.ts";
import { listedFor, type PostWhere } from "./visible.ts";

/** Others may pin more than we do. */
const MOST_PINNED_SHOWN = 10;

async function timeline(
  read: ReadClient,
  me: Identity,
  { where, viewer }: { where: PostWhere; viewer: Viewer },
  asked: Page,
): Promise<Paged<PostView>> {
  const page = bounded(asked);
  const { items, older, newer } = pagedOf(await postRowsWhere(read, where, page), page);
  return { items: await viewsOf(read, me, items, viewer), older, newer };
}

/** Own posts, those of people subscribed to, and what is addressed to the owner; newest first. */
export function homeTimeline(read: ReadClient, me: Identity, page: Page): Promise<Paged<PostView>> {
  return timeline(read, me, { where: { inHome: true }, viewer: theOwner }, page);
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
