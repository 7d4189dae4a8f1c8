import type { Tx } from "../../store/tx.ts";
import { setting } from "../settings/settings.ts";
import { bytesOfCache, CACHE_SETTING } from "./limits.ts";
import { type NewMedia, saveMediaRow } from "./media.ts";
import { forgetCopies, markDropped, oldestOf, placedAttachment, sumOf, updateAttachment } from "./queries.ts";

const A_PAGE = 50;

/** A file of somebody else's post is here now, sealed. The oldest go when that is more than the owner wants to keep. */
export async function keepCopy(tx: Tx, attachmentId: string, media: NewMedia, now: number): Promise<void> {
  await saveMediaRow(tx, media, "remote", now);
  const placed = await placedAttachment(tx, { id: attachmentId });
  // The post was deleted while its file was on the way, or it came twice.
  if (placed === null || placed.row.mediaId !== "") {
    await markDropped(tx, [media.id]);
    return;
  }
  const { id: mediaId, type, bytes } = media;
  await updateAttachment(tx, attachmentId, { mediaId, type, bytes });
  await trimCopies(tx, mediaId);
}

/** `except`: the one that was just asked for. */
export async function trimCopies(tx: Tx, except = ""): Promise<void> {
  const most = bytesOfCache(await setting(tx, CACHE_SETTING, ""));
  let over = (await sumOf(tx, "remote")) - most;
  while (over > 0) {
    const gone: string[] = [];
    for (const { id, bytes } of await oldestOf(tx, "remote", A_PAGE)) {
      if (over <= 0) break;
      if (id === except) continue;
      gone.push(id);
      over -= bytes;
    }
    if (gone.length === 0) return;
    await forgetCopies(tx, gone);
  }
}
