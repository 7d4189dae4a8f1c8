import type { ReadClient } from "../../store/tx.ts";
import { type PostRow, postRow } from "../posts/queries.ts";
import type { PostWhere } from "../posts/visible.ts";
import { answeredAmong, answersTo, type Place } from "./queries.ts";

/**
 * Walks a thread without reading all of it. Answers come in the order a page shows them: each below what it answers, the
 * oldest first. A step asks the store for some answers to one post, so that a page costs by what is on it and by how
 * deep it begins, never by how long the thread is.
 */
export type Walk = {
  where: PostWhere;
  /** Goes on after this answer, as an earlier walk from the same post ended. */
  after?: string;
  limit: number;
  /** Answers so far below the first post are not gone into. */
  deepest: number;
};

/** `more`: there are further ones after the last. `deeper`: have answers that were not gone into. */
export type Walked = { ids: string[]; more: boolean; deeper: Set<string> };

type Standing = { of: string; after: string; waiting: Place[]; answered: Set<string>; ended: boolean };

export async function answersBelow(read: ReadClient, from: string, walk: Walk): Promise<Walked> {
  const stack = await beginning(read, from, walk);
  const ids: string[] = [];
  const deeper = new Set<string>();
  for (let at = stack.at(-1); at !== undefined; at = stack.at(-1)) {
    if (at.waiting.length === 0 && !at.ended) await lookOn(read, at, walk);
    const next = at.waiting.shift();
    if (next === undefined) {
      stack.pop();
      continue;
    }
    // Who answers in a circle meets the post that was begun at again, and no other: each answers one post only.
    if (next.id === from) continue;
    if (ids.length === walk.limit) return { ids, more: true, deeper };
    ids.push(next.id);
    if (!at.answered.has(next.id)) continue;
    if (stack.length < walk.deepest) stack.push(standing(next.id));
    else deeper.add(next.id);
  }
  return { ids, more: false, deeper };
}

const standing = (of: string, after = ""): Standing => ({
  of,
  after,
  waiting: [],
  answered: new Set(),
  ended: false,
});

async function lookOn(read: ReadClient, at: Standing, { where, limit }: Walk): Promise<void> {
  const some = Math.min(limit + 1, MOST_AT_ONCE);
  at.waiting = await answersTo(read, at.of, { where, after: at.after, limit: some });
  at.ended = at.waiting.length < some;
  at.after = at.waiting.at(-1)?.sortKey ?? at.after;
  at.answered = await answeredAmong(
    read,
    at.waiting.map(({ id }) => id),
    where,
  );
}

const MOST_AT_ONCE = 400;

/** Where the walk before ended: on the way from the first post down to that answer. Gone meanwhile: at the beginning. */
async function beginning(read: ReadClient, from: string, { after, deepest }: Walk): Promise<Standing[]> {
  if (after === undefined) return [standing(from)];
  const way: Standing[] = [standing(after)];
  let row = await postRow(read, after);
  while (row !== null && way.length <= deepest) {
    way.unshift(standing(row.replyToId, row.sortKey));
    if (row.replyToId === from) return way.length > deepest ? way.slice(0, deepest) : way;
    row = await postRow(read, row.replyToId);
  }
  return [standing(from)];
}

/** What a post answers, the nearest first. `more`: that goes on further up. */
export async function answeredAbove(
  read: ReadClient,
  post: PostRow,
  limit: number,
): Promise<{ rows: PostRow[]; more: boolean }> {
  const rows: PostRow[] = [];
  const seen = new Set([post.id]);
  for (let id = post.replyToId; id !== "" && !seen.has(id); ) {
    const row = await postRow(read, id);
    if (row === null) break;
    if (rows.length === limit) return { rows, more: true };
    rows.push(row);
    seen.add(id);
    id = row.replyToId;
  }
  return { rows, more: false };
}
