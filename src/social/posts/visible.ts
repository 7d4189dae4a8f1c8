import { may, type Viewer } from "../access.ts";
import { SUBSCRIBERS } from "../audiences/choice.ts";
import type { Identity } from "../identity/identity.ts";
import type { PostRow, postRowsWhere } from "./queries.ts";
import { thingIn } from "./thing.ts";

export type PostWhere = Parameters<typeof postRowsWhere>[1];

/**
 * Posts of others are kept here for the owner to read, and nobody else learns which: visitors are shown the owner's
 * posts, and what was openly answered in threads that the owner began.
 */
export function isShown(
  viewer: Viewer,
  me: Identity,
  row: PostRow,
  around: { people: string[]; ownThread: boolean },
): boolean {
  const { people, ownThread } = around;
  if (!may(viewer, "see", thingIn(row, people))) return false;
  return viewer.kind === "owner" || row.authorId === me.ownerId || (ownThread && row.reach === "everyone");
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
  const { personId } = viewer;
  const within = [...viewer.in];
  const reach = ["everyone", "unlisted", ...(viewer.in.has(SUBSCRIBERS) ? ["subscribers"] : [])];
  return {
    NOT: [{ reach: "me" }, ...[personId, ...within].map((id) => ({ without: { contains: id } }))],
    OR: [
      { reach: { in: reach } },
      { addressees: { some: { personId } } },
      ...within.map((id) => ({ audiences: { contains: id } })),
    ],
  };
}
