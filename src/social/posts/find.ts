import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { theOwner } from "../viewer.ts";
import { type PostRow, postRow, postRowBySortKey } from "./queries.ts";
import type { PostView } from "./view.ts";
import { viewsOf } from "./views.ts";

async function view(
  read: ReadClient,
  me: Identity,
  row: PostRow | null,
  viewer: Viewer,
): Promise<PostView | null> {
  return row === null ? null : ((await viewsOf(read, me, [row], viewer))[0] ?? null);
}

/** null: it is not here, or not for this viewer; nobody can tell which. */
export async function postById(
  read: ReadClient,
  me: Identity,
  id: string,
  viewer: Viewer = theOwner,
): Promise<PostView | null> {
  return view(read, me, await postRow(read, id), viewer);
}

export async function postBySortKey(
  read: ReadClient,
  me: Identity,
  sortKey: string,
): Promise<PostView | null> {
  return view(read, me, await postRowBySortKey(read, sortKey), theOwner);
}
