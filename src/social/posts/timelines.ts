import type { Page, Paged } from "../../lib/page.ts";
import { pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { postRowsWhere } from "./queries.ts";
import type { PostView } from "./view.ts";
import { viewsOf } from "./views.ts";

type Where = Parameters<typeof postRowsWhere>[1];

async function timeline(read: ReadClient, me: Identity, where: Where, page: Page): Promise<Paged<PostView>> {
  const { items, older, newer } = pagedOf(await postRowsWhere(read, where, page), page);
  return { items: await viewsOf(read, me, items), older, newer };
}

/** Own posts, those of people subscribed to, and what is addressed to the owner; newest first. */
export function homeTimeline(read: ReadClient, me: Identity, page: Page): Promise<Paged<PostView>> {
  return timeline(read, me, { inHome: true }, page);
}

/** A person's posts, as far as the viewer may see them. */
export function postsOf(
  read: ReadClient,
  me: Identity,
  personId: string,
  viewer: Viewer,
  page: Page,
): Promise<Paged<PostView>> {
  return timeline(read, me, { authorId: personId, ...seenBy(viewer) }, page);
}

/** The same answer as access.may, as a condition that pages can be cut by; a test holds the two together. */
function seenBy(viewer: Viewer): Where {
  const open = ["everyone", "unlisted"];
  if (viewer.kind === "owner") return {};
  if (viewer.kind === "stranger") return { reach: "everyone" };
  if (viewer.blocked === true) return { id: "" };
  const reach = viewer.subscriber ? [...open, "subscribers"] : open;
  return {
    NOT: { reach: "me" },
    OR: [{ reach: { in: reach } }, { addressees: { some: { personId: viewer.personId } } }],
  };
}

/** What the owner's public page lists. */
export function publicPosts(read: ReadClient, me: Identity, page: Page): Promise<Paged<PostView>> {
  return timeline(read, me, { authorId: me.ownerId, reach: "everyone" }, page);
}
