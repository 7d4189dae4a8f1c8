import { NodeError } from "../../lib/errors.ts";
import { type Random, randomId, systemRandom } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { MOST_FILES } from "./limits.ts";
import { altOf, kindOf } from "./media.ts";
import {
  attachmentsOf,
  deleteAttachments,
  giveToPost,
  insertAttachment,
  updateAttachment,
  waitingMedia,
} from "./queries.ts";

/** A file of a post, in the order they are shown. */
export type FileChoice = { mediaId: string; alt: string };

/**
 * The post carries exactly these files from now on: those added before, and those it has. True: that is a change.
 * Throws "files-too-many" or "file-gone".
 */
export async function setFiles(
  tx: Tx,
  postId: string,
  files: readonly FileChoice[],
  random: Random = systemRandom,
): Promise<boolean> {
  if (files.length > MOST_FILES) throw new NodeError("files-too-many", "too many files");
  const before = await attachmentsOf(tx, [postId]);
  const had = new Map(before.map((row) => [row.mediaId, row]));
  const wanted = new Map(files.map(({ mediaId, alt }, place) => [mediaId, { alt: altOf(alt), place }]));
  const fresh = [...wanted.keys()].filter((id) => !had.has(id));
  const added = new Map((await waitingMedia(tx, fresh)).map((row) => [row.id, row]));
  if (added.size < fresh.length) throw new NodeError("file-gone", "no such file");
  const gone = before.filter(({ mediaId }) => !wanted.has(mediaId));
  await deleteAttachments(tx, gone);
  let changed = gone.length + fresh.length > 0;
  for (const [mediaId, { alt, place }] of wanted) {
    const row = had.get(mediaId);
    const media = added.get(mediaId);
    if (row !== undefined && (row.alt !== alt || row.place !== place)) {
      changed = true;
      await updateAttachment(tx, row.id, { alt, place });
    }
    if (media === undefined) continue;
    const { id: _, ...facts } = media;
    const kind = kindOf(media.type);
    await insertAttachment(tx, { id: randomId(random), postId, kind, ...facts, mediaId, alt, place });
  }
  await giveToPost(tx, fresh);
  return changed;
}
