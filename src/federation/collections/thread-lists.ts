import { idOf } from "../../lib/ids.ts";
import { may, type Viewer } from "../../social/access.ts";
import { othersListed } from "../../social/threads/listed.ts";
import { answersListOf, threadListOf } from "../../social/threads/lists.ts";
import { listedRows } from "../../social/threads/queries.ts";
import type { JsonObject } from "../json-guard.ts";
import { listedPost } from "../own-posts/queries.ts";
import type { Parts } from "../parts.ts";

/**
 * What stands below an own post, for others who look for answers: the answers to it (FEP-7458), and the whole thread
 * when it begins one (FEP-7888, in the shape of FEP-f228). Addresses only, oldest first, without a count. A page begins
 * after the post whose hash is the cursor, as in the outbox.
 */
export type ListPlace = { part: string; list: "replies" | "context"; page: string | null };

const CONTEXT = "https://www.w3.org/ns/activitystreams";
/** Five pages of it are what readers like us read. */
const PAGE = 40;
const FIRST = "first";

export function listPlaceOf(pathname: string, search: string): ListPlace | null {
  const [, part = "", list] = /^\/posts\/([0-9a-f]{32})\/(replies|context)$/.exec(pathname) ?? [];
  if (list !== "replies" && list !== "context") return null;
  return { part, list, page: new URLSearchParams(search).get("page") };
}

/** null: there is no such list, or not for this viewer: nobody can tell which. */
export async function threadList(
  parts: Parts,
  viewer: Viewer,
  { part, list, page }: ListPlace,
): Promise<JsonObject | null> {
  const { store, identity: me, at } = parts;
  const post = await listedPost(store.read, idOf(`${at.origin}/posts/${part}`));
  if (post === null || !may(viewer, "see", post.thing)) return null;
  const isThread = list === "context";
  if (isThread && !post.isFirst) return null;
  const id = isThread ? threadListOf(post.uri) : answersListOf(post.uri);
  const kind = isThread ? "OrderedCollection" : "Collection";
  const common = { "@context": CONTEXT, attributedTo: at.person };
  if (page === null) return { ...common, id, type: kind, first: `${id}?page=${FIRST}` };

  const others = await othersListed(store.read, viewer, me);
  const where = isThread
    ? { threadId: post.id, OR: [{ id: post.id }, others] }
    : { replyToId: post.id, ...others };
  const after = page === FIRST ? "" : await placeOf(parts, where, page);
  if (after === null) return null;
  const found = await listedRows(store.read, where, { after, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  return {
    ...common,
    id: `${id}?page=${page}`,
    type: `${kind}Page`,
    partOf: id,
    [isThread ? "orderedItems" : "items"]: rows.map(({ uri }) => uri),
    ...(found.length > PAGE && last !== undefined ? { next: `${id}?page=${last.id}` } : {}),
  };
}

type Where = Parameters<typeof listedRows>[1];

async function placeOf({ store }: Parts, where: Where, page: string): Promise<string | null> {
  if (!/^[0-9a-f]{32}$/.test(page)) return null;
  const [row] = await listedRows(store.read, { AND: [where, { id: page }] }, { after: "", limit: 1 });
  return row?.sortKey ?? null;
}
