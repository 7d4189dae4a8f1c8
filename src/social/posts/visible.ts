import { may, type Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import type { PostRow, postRowsWhere } from "./queries.ts";
import { reachOf } from "./reach.ts";

export type PostWhere = Parameters<typeof postRowsWhere>[1];

/**
 * Posts of others are kept here for the owner to read, and nobody else learns which: visitors are shown the owner's
 * posts, and what was openly answered in threads that the owner began.
 */
export function isShown(
  viewer: Viewer,
  me: Identity,
  row: PostRow,
  around: { addressees: string[]; ownThread: boolean },
): boolean {
  const { addressees, ownThread } = around;
  const reach = reachOf(row.reach);
  if (!may(viewer, "see", { reach, authorId: row.authorId, addressees })) return false;
  return viewer.kind === "owner" || row.authorId === me.ownerId || (ownThread && reach === "everyone");
}

/** Answers that the viewer would be shown; those of blocked people to nobody. */
export function shownAnswers(viewer: Viewer, me: Pick<Identity, "ownerId">): PostWhere {
  const notBlocked = { author: { blocked: { none: {} } } };
  if (viewer.kind === "owner") return notBlocked;
  return {
    ...notBlocked,
    OR: [{ reach: "everyone" }, { AND: [{ authorId: me.ownerId }, listedFor(viewer)] }],
  };
}

/**
 * The same answer as access.may as a condition that pages can be cut by, for the owner's own posts; a test holds
 * the two together. "unlisted" stands in no list that strangers see.
 */
export function listedFor(viewer: Viewer): PostWhere {
  if (viewer.kind === "owner") return {};
  if (viewer.kind === "stranger") return { reach: "everyone" };
  if (viewer.blocked === true) return { id: "" };
  const open = ["everyone", "unlisted"];
  const reach = viewer.subscriber ? [...open, "subscribers"] : open;
  return {
    NOT: { reach: "me" },
    OR: [{ reach: { in: reach } }, { addressees: { some: { personId: viewer.personId } } }],
  };
}
