import type { ReadClient } from "../../store/tx.ts";
import { may, type Viewer } from "../access.ts";
import { thingOf } from "../posts/thing.ts";
import { type MediaRow, mediaRow } from "./media.ts";
import { placedAttachment } from "./queries.ts";

/** A file of an own post, for whoever may see that post; null in every other case, so that nobody learns which it is. */
export async function shownFile(read: ReadClient, mediaId: string, viewer: Viewer): Promise<MediaRow | null> {
  const placed = await placedAttachment(read, { mediaId });
  if (placed === null || !placed.post.own) return null;
  if (!may(viewer, "see", await thingOf(read, placed.post))) return null;
  return mediaRow(read, mediaId);
}
