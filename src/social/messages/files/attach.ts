import { NodeError } from "../../../lib/errors.ts";
import { idOf, type Random, randomId } from "../../../lib/ids.ts";
import type { Tx } from "../../../store/tx.ts";
import { altOf } from "../../media/media.ts";
import { MESSAGE_FILES, type MessageFileChoice } from "./file.ts";
import { giveToMessage, insertFile, waitingFiles } from "./queries.ts";

const KEY = 32;

/**
 * A message of the owner's carries these files, each with a key and an address of its own. Throws "message-files-many", "file-gone".
 */
export async function attachFiles(
  tx: Tx,
  messageId: string,
  files: readonly MessageFileChoice[],
  random: Random,
): Promise<void> {
  if (files.length === 0) return;
  if (files.length > MESSAGE_FILES.most) throw new NodeError("message-files-many", "too many files");
  const ids = files.map(({ mediaId }) => mediaId);
  const rows = new Map((await waitingFiles(tx, ids)).map((row) => [row.id, row]));
  for (const [place, { mediaId, alt, voice }] of files.entries()) {
    const row = rows.get(mediaId);
    rows.delete(mediaId);
    if (row === undefined) throw new NodeError("file-gone", "no such file, or twice");
    const { name, type, bytes, width, height, length, sha256 } = row;
    await insertFile(tx, {
      ...{ name, type, bytes, width, height, length, sha256, messageId, mediaId, place, voice },
      id: idOf("message-file", messageId, String(place)),
      own: true,
      wireId: randomId(random),
      key: new Uint8Array(random(KEY)),
      alt: altOf(alt),
    });
  }
  await giveToMessage(tx, ids);
}
