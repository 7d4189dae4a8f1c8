import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { type PostRow, postRow, postRowBySortKey } from "./queries.ts";
import type { PostView } from "./view.ts";
import { viewsOf } from "./views.ts";

async function view(read: ReadClient, me: Identity, row: PostRow | null): Promise<PostView | null> {
  return row === null ? null : ((await viewsOf(read, me, [row]))[0] ?? null);
}

export async function postById(read: ReadClient, me: Identity, id: string): Promise<PostView | null> {
  return view(read, me, await postRow(read, id));
}

export async function postBySortKey(read: ReadClient, me: Identity, sortKey: string): Promise<PostView | null> {
  return view(read, me, await postRowBySortKey(read, sortKey));
}
