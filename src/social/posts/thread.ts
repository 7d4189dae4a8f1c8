import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { blockedHostRows } from "../people/queries.ts";
import { answeredAbove, answersBelow } from "../threads/walk.ts";
import { type PostRow, postRow, postRowBySortKey, postRowsByIds } from "./queries.ts";
import type { PostView } from "./view.ts";
import { viewsOf } from "./views.ts";
import { type PostWhere, shownAnswers } from "./visible.ts";

/** Posts made ready at a time. */
const A_SLICE = 200;
const MOST_HOSTS = 1_000;

/** How much is read on each side. `deepest`: answers below answers. */
export type Extent = { above: number; below: number; deepest: number };

/** What a page shows. */
export const A_PAGE: Extent = { above: 20, below: 20, deepest: 30 };

/**
 * `before`: what it answers, oldest first; `earlier`: that goes on above. `after`: what answers it, each answer below
 * what it answers; `more`: the cursor for what follows, null: nothing does; `deeper`: ids of answers whose own answers
 * are on their own pages. `missing`: answered posts that are not here, or not for this viewer.
 */
export type Thread = {
  before: PostView[];
  earlier: boolean;
  post: PostView;
  after: PostView[];
  more: string | null;
  deeper: Set<string>;
  missing: number;
};

/** null: the post is not here, or not for this viewer. `from`: the cursor of an earlier page. */
export async function thread(
  read: ReadClient,
  me: Identity,
  postId: string,
  viewer: Viewer,
  { extent = A_PAGE, from = "" }: { extent?: Extent; from?: string } = {},
): Promise<Thread | null> {
  const row = await postRow(read, postId);
  if (row === null) return null;
  const above = await answeredAbove(read, row, extent.above);
  const last = from === "" ? null : await postRowBySortKey(read, from);
  const walked = await answersBelow(read, postId, {
    where: await shownIn(read, viewer, me),
    limit: extent.below,
    deepest: extent.deepest,
    ...(last === null ? {} : { after: last.id }),
  });
  const rows = [...above.rows.toReversed(), row, ...(await inOrder(read, walked.ids))];
  const views = await viewsInSlices(read, me, rows, viewer, row.threadId);
  const byId = new Map(views.map((post) => [post.id, post]));
  const post = byId.get(postId);
  if (post === undefined) return null;
  const before = unbroken(byId, post);
  const [top = post] = before;
  const earlier = above.more && before.length === extent.above;
  const lastRow = rows.at(-1);
  return {
    before,
    earlier,
    post,
    after: walked.ids.flatMap((id) => byId.get(id) ?? []),
    more: walked.more && lastRow !== undefined ? lastRow.sortKey : null,
    deeper: walked.deeper,
    missing: top.replyToId !== "" && !earlier && !byId.has(top.replyToId) ? 1 : 0,
  };
}

async function shownIn(read: ReadClient, viewer: Viewer, me: Identity): Promise<PostWhere> {
  const hosts = await blockedHostRows(read, MOST_HOSTS);
  const where = shownAnswers(viewer, me);
  return hosts.length === 0 ? where : { AND: [where, { author: { host: { notIn: hosts } } }] };
}

async function inOrder(read: ReadClient, ids: string[]): Promise<PostRow[]> {
  const rows = new Map<string, PostRow>();
  for (let at = 0; at < ids.length; at += A_SLICE)
    for (const row of await postRowsByIds(read, ids.slice(at, at + A_SLICE))) rows.set(row.id, row);
  return ids.flatMap((id) => rows.get(id) ?? []);
}

async function viewsInSlices(
  read: ReadClient,
  me: Identity,
  rows: PostRow[],
  viewer: Viewer,
  threadId: string,
): Promise<PostView[]> {
  const first = rows.find((row) => row.id === threadId) ?? (await postRow(read, threadId));
  const ownThread = first?.authorId === me.ownerId;
  const views: PostView[] = [];
  for (let at = 0; at < rows.length; at += A_SLICE)
    views.push(...(await viewsOf(read, me, rows.slice(at, at + A_SLICE), viewer, ownThread)));
  return views;
}

/** What it answers, as far up as all of it may be shown. */
function unbroken(byId: Map<string, PostView>, post: PostView): PostView[] {
  const before: PostView[] = [];
  const seen = new Set([post.id]);
  for (let up = byId.get(post.replyToId); up !== undefined && !seen.has(up.id); up = byId.get(up.replyToId)) {
    if (up.author.blocked) break;
    before.unshift(up);
    seen.add(up.id);
  }
  return before;
}
