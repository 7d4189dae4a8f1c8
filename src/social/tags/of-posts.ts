import type { ReadClient } from "../../store/tx.ts";
import { tagRows } from "./queries.ts";
import type { Tag } from "./tags.ts";

/** The tags of a page of posts. */
export async function tagsOfPosts(
  read: Pick<ReadClient, "tagged">,
  postIds: string[],
): Promise<Map<string, Tag[]>> {
  const rows = await tagRows(read, postIds);
  return Map.groupBy(rows, ({ postId }) => postId);
}
