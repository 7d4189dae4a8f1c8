import { type Announce, Create } from "@fedify/fedify/vocab";
import { noteFor } from "../outbox/activities.ts";
import { boostActivity } from "../outbox/reaction-activity.ts";
import { ownPost, ownPublicPosts } from "../own-posts/queries.ts";
import type { Parts } from "../parts.ts";

const PAGE = 20;
export const FIRST = "newest";

/**
 * The owner's posts for everyone, a page at a time, without a count. A page begins after the post or
 * boost whose hash is the cursor: sortable ids would tell more than the posts themselves.
 */
export async function outboxPage(
  parts: Parts,
  cursor: string,
): Promise<{ items: (Create | Announce)[]; nextCursor: string | null } | null> {
  const { store, identity: me, at, circleOf } = parts;
  let before: string | null = null;
  if (cursor !== FIRST) {
    if (!/^[0-9a-f]{32}$/.test(cursor)) return null;
    const last = await ownPost(store.read, cursor);
    if (last === null || last.reach !== "everyone") return null;
    before = last.sortKey;
  }
  const found = await ownPublicPosts(store.read, me, before, PAGE + 1);
  const page = found.slice(0, PAGE);
  const items = page.map((sent) => {
    const { uri, publishedAt } = sent.post;
    if (sent.boostOf !== "") return boostActivity(at, { uri, of: sent.boostOf, publishedAt });
    const { note, addressing } = noteFor({ at, circleOf }, sent, null);
    return new Create({
      id: new URL(`${sent.post.uri}#create`),
      actor: new URL(at.person),
      object: note,
      tos: addressing.to,
      ccs: addressing.cc,
      published: Temporal.Instant.fromEpochMilliseconds(sent.post.publishedAt),
    });
  });
  const more = found.length > PAGE ? page.at(-1) : undefined;
  return { items, nextCursor: more?.id ?? null };
}
