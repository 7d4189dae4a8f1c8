import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { type PostRow, postRow, threadRows } from "./queries.ts";
import type { PostView } from "./view.ts";
import { viewsOf } from "./views.ts";

/** Posts read on each side of the one looked at. */
const MOST = 300;

/**
 * `before`: what it answers, oldest first. `after`: what answers it, each answer below what it answers.
 * `missing`: answered posts that are not here, or not for this viewer.
 */
export type Thread = { before: PostView[]; post: PostView; after: PostView[]; missing: number };

/** null: the post is not here, or not for this viewer. */
export async function thread(
  read: ReadClient,
  me: Identity,
  postId: string,
  viewer: Viewer,
): Promise<Thread | null> {
  const row = await postRow(read, postId);
  if (row === null) return null;
  const rows = await rowsAround(read, row);
  const ownThread = await isBegunBy(read, me.ownerId, row, rows);
  const views = (await viewsOf(read, me, rows, viewer, ownThread)).filter(
    ({ id, author }) => id === postId || !author.blocked,
  );
  const byId = new Map(views.map((post) => [post.id, post]));
  const post = byId.get(postId);
  if (post === undefined) return null;
  const before = above(byId, post);
  const after = below(views, postId);
  const missing = [...before, post].filter(
    ({ replyToId }) => replyToId !== "" && !byId.has(replyToId),
  ).length;
  return { before, post, after, missing };
}

async function rowsAround(read: ReadClient, row: PostRow): Promise<PostRow[]> {
  const { threadId, sortKey } = row;
  const earlier = await threadRows(read, threadId, { sortKey, side: "before", limit: MOST });
  const later = await threadRows(read, threadId, { sortKey, side: "after", limit: MOST });
  // A clock that runs behind makes an answer older than what it answers, so both sides hold both.
  return [...earlier.toReversed(), row, ...later.filter(({ id }) => id !== row.id)];
}

async function isBegunBy(read: ReadClient, ownerId: string, row: PostRow, rows: PostRow[]): Promise<boolean> {
  const first = rows.find(({ id }) => id === row.threadId) ?? (await postRow(read, row.threadId));
  return first?.authorId === ownerId;
}

function above(byId: Map<string, PostView>, post: PostView): PostView[] {
  const before: PostView[] = [];
  const seen = new Set([post.id]);
  for (let up = byId.get(post.replyToId); up !== undefined && !seen.has(up.id); up = byId.get(up.replyToId)) {
    before.unshift(up);
    seen.add(up.id);
  }
  return before;
}

function below(views: PostView[], rootId: string): PostView[] {
  const children = Map.groupBy(views, ({ replyToId }) => replyToId);
  const out: PostView[] = [];
  const seen = new Set([rootId]);
  const stack = (children.get(rootId) ?? []).toReversed();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    out.push(next);
    stack.push(...(children.get(next.id) ?? []).toReversed());
  }
  return out;
}
