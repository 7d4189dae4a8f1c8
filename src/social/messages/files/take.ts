import { idOf } from "../../../lib/ids.ts";
import type { Tx } from "../../../store/tx.ts";
import { kindOf } from "../../media/media.ts";
import { MESSAGE_FILES, type WireFile } from "./file.ts";
import { cameByThemselves, insertFile } from "./queries.ts";

/** Files somebody's message speaks of. Small pictures and sounds come by themselves, the others when the owner wants them. */
export async function takeFiles(
  tx: Tx,
  { messageId, personId, now }: { messageId: string; personId: string; now: number },
  files: readonly WireFile[],
): Promise<void> {
  const lately = await cameByThemselves(tx, personId, { since: now - DAY, most: MESSAGE_FILES.byThemselves });
  for (const [place, { id: wireId, key, ...facts }] of files.entries()) {
    await insertFile(tx, {
      ...facts,
      ...{ messageId, wireId, place, own: false },
      id: idOf("message-file", messageId, String(place)),
      key: new Uint8Array(Buffer.from(key, "base64url")),
      state: comesByItself(facts) && hasRoom(lately) ? "coming" : "offered",
    });
    lately.count += 1;
    lately.bytes += facts.bytes;
  }
}

const DAY = 24 * 60 * 60_000;
/** Of one person in a day; what is more waits until the owner wants it. */
const MOST = { count: 100, bytes: 64 * 1024 * 1024 };

const hasRoom = ({ count, bytes }: typeof MOST) => count < MOST.count && bytes < MOST.bytes;

function comesByItself({ type, bytes }: Pick<WireFile, "type" | "bytes">): boolean {
  const kind = kindOf(type);
  return bytes <= MESSAGE_FILES.byThemselves && (kind === "picture" || kind === "sound");
}
