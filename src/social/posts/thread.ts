import type { ReadClient } from "../../store/tx.ts";
import { may, type Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { postRow, threadRows } from "./queries.ts";
import type { PostView } from "./view.ts";
import { viewsOf } from "./views.ts";

const MOST = 400;

/** `before`: what it answers, oldest first. `after`: what answers it, oldest first. `missing`: answered posts not here. */
export type Thread = { before: PostView[]; post: PostView; after: PostView[]; missing: number };

export async function thread(
  read: ReadClient,
  me: Identity,
  postId: string,
  viewer: Viewer,
): Promise<Thread | null> {
  const row = await postRow(read, postId);
  if (row === null) return null;
  const rows = await threadRows(read, row.threadId, MOST);
  if (!rows.some(({ id }) => id === row.id)) rows.push(row);
  const views = (await viewsOf(read, me, rows)).filter((post) => allowed(viewer, post));
  const byId = new Map(views.map((post) => [post.id, post]));
  const post = byId.get(postId);
  if (post === undefined) return null;
  const before: PostView[] = [];
  const seen = new Set([postId]);
  for (let up = byId.get(post.replyToId); up !== undefined && !seen.has(up.id); up = byId.get(up.replyToId)) {
    before.unshift(up);
    seen.add(up.id);
  }
  const after = below(views, postId);
  const shown = [...before, post, ...after];
  const missing = shown.filter(({ replyToId }) => replyToId !== "" && !byId.has(replyToId)).length;
  return { before, post, after, missing };
}

function allowed(viewer: Viewer, post: PostView): boolean {
  const addressees = post.to.map(({ id }) => id);
  return may(viewer, "see", { reach: post.reach, authorId: post.author.id, addressees });
}

/** Everything below a post, each answer after what it answers. */
function below(views: PostView[], rootId: string): PostView[] {
  const children = Map.groupBy(views, ({ replyToId }) => replyToId);
  const out: PostView[] = [];
  const seen = new Set([rootId]);
  const stack = [...(children.get(rootId) ?? [])].reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    out.push(next);
    stack.push(...[...(children.get(next.id) ?? [])].reverse());
  }
  return out;
}
