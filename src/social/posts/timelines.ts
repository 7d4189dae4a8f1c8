import type { Page, Paged } from "../../lib/page.ts";
import { bounded, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { theOwner } from "../viewer.ts";
import { postRowsWhere } from "./queries.ts";
import type { PostView } from "./view.ts";
import { viewsOf } from "./views.ts";
import { listedFor, type PostWhere } from "./visible.ts";

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
  if (viewer.kind !== "owner" && personId !== me.ownerId) return { items: [], older: null, newer: null };
  return timeline(read, me, { where: { authorId: personId, ...listedFor(viewer) }, viewer }, page);
}

/** The owner's posts that were to go to somebody: how each went out is in its `delivery`. */
export function sentPosts(read: ReadClient, me: Identity, page: Page): Promise<Paged<PostView>> {
  return timeline(
    read,
    me,
    { where: { authorId: me.ownerId, reach: { not: "me" } }, viewer: theOwner },
    page,
  );
}

/** What the owner's public page lists: nothing that is not for everyone. */
export function publicPosts(read: ReadClient, me: Identity, page: Page): Promise<Paged<PostView>> {
  return postsOf(read, me, me.ownerId, { kind: "stranger" }, page);
}
