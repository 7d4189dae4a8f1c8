import { sortKeyOf } from "../../lib/ids.ts";
import type { Page, Paged } from "../../lib/page.ts";
import { bounded, orderOf, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import { excerptOf } from "../articles/excerpt.ts";
import { pageWhere } from "../people/queries.ts";
import { postRowsByIds } from "../posts/queries.ts";
import { type GuestView, MOST_VISITS, type Opened, type VisitView } from "./guest.ts";
import { guestRow, guestRows, visitRows } from "./queries.ts";

const WORDS = 60;

/** All guests, ended ones too, the latest made first. */
export async function guests(read: ReadClient, asked: Page): Promise<Paged<GuestView>> {
  const page = bounded(asked);
  const rows = await guestRows(read, pageWhere(page), orderOf(page), page.limit + 1);
  const views: GuestView[] = [];
  for (const row of rows) views.push(await viewOf(read, row));
  return pagedOf(views, page);
}

/** null: there is none. */
export async function guest(read: ReadClient, id: string): Promise<GuestView | null> {
  const row = await guestRow(read, id);
  return row === null ? null : viewOf(read, row);
}

/** What a guest opened, the latest first. */
export async function visits(read: ReadClient, guestId: string, asked: Page): Promise<Paged<VisitView>> {
  const page = bounded(asked);
  const all = await shown(read, await visitRows(read, guestId, MOST_VISITS));
  const { before, after } = page;
  const wanted = all.filter(
    ({ sortKey }) => (before === undefined || sortKey < before) && (after === undefined || sortKey > after),
  );
  const rows = orderOf(page) === "asc" ? wanted.toReversed() : wanted;
  return pagedOf(rows.slice(0, page.limit + 1), page);
}

type GuestRow = NonNullable<Awaited<ReturnType<typeof guestRow>>>;
type VisitRow = Awaited<ReturnType<typeof visitRows>>[number];

async function viewOf(read: ReadClient, { id, person, createdAt, endedAt }: GuestRow): Promise<GuestView> {
  const [last = null] = await shown(read, await visitRows(read, id, 1));
  const { sortKey, name } = person;
  return { id, sortKey, name, createdAt: createdAt.getTime(), endedAt: endedAt.getTime(), last };
}

async function shown(read: ReadClient, rows: VisitRow[]): Promise<VisitView[]> {
  const ids = [...new Set(rows.map(({ postId }) => postId))].filter((id) => id !== "");
  const posts = new Map((await postRowsByIds(read, ids)).map((post) => [post.id, post]));
  const views = rows.map(({ id, kind, postId, at }): VisitView => {
    const post = posts.get(postId);
    const words = post === undefined ? "" : post.title || post.warning || excerptOf(post.html, WORDS).words;
    const sortKey = sortKeyOf(at.getTime(), id);
    const where = post === undefined ? null : { sortKey: post.sortKey, words };
    return { sortKey, kind: kindOf(kind), at: at.getTime(), post: where };
  });
  return views.toSorted((one, other) => (one.sortKey < other.sortKey ? 1 : -1));
}

function kindOf(text: string): Opened["kind"] {
  return text === "blog" || text === "post" ? text : "profile";
}
