import type { ReadClient, Tx } from "../../store/tx.ts";
import { countWaiting } from "../gate/queries.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { mutedWordsIn } from "../muting/of-posts.ts";
import { wordRows } from "../muting/queries.ts";
import { hiddenAt } from "../muting/words.ts";
import { postRowsByIds } from "../posts/queries.ts";
import { newNotices, readUpTo, setReadUpTo } from "./queries.ts";

/** Counted up to this many. `requests`: people who wait at the gate. */
const MOST = 100;

/** `now` is for what is muted: without it, whatever was muted for a time still is. */
export async function unreadCounts(
  read: ReadClient,
  now = 0,
): Promise<{ notices: number; requests: number }> {
  const ownerId = await ownerIdOf(read);
  const postIds = await newNotices(read, await readUpTo(read), MOST, now);
  const hidden = await hiddenPosts(read, postIds, now);
  return {
    notices: postIds.filter((id) => !hidden.has(id)).length,
    requests: await countWaiting(read, ownerId, MOST),
  };
}

/** Of these posts, those with words that are not to be seen at all. */
async function hiddenPosts(read: ReadClient, postIds: string[], now: number): Promise<Set<string>> {
  // Read on every page: without such words, posts are not looked at.
  if ((await wordRows(read, { action: "hide" })).length === 0) return new Set();
  const rows = await postRowsByIds(
    read,
    [...new Set(postIds)].filter((id) => id !== ""),
  );
  const found = await mutedWordsIn(read, rows, true);
  return new Set(
    [...found].filter(([, mutedWords]) => hiddenAt({ mutedWords }, now).whole).map(([id]) => id),
  );
}

export async function markNoticesRead(tx: Tx, now: number): Promise<void> {
  await setReadUpTo(tx, now);
}
