import { idOf } from "../../../lib/ids.ts";
import type { Tx } from "../../../store/tx.ts";
import { kindOf } from "../../media/media.ts";
import { MESSAGE_FILES, type WireFile } from "./file.ts";
import { insertFile } from "./queries.ts";

/** Files somebody's message speaks of. Small pictures and sounds come by themselves, the others when the owner wants them. */
export async function takeFiles(tx: Tx, messageId: string, files: readonly WireFile[]): Promise<void> {
  for (const [place, { id: wireId, key, ...facts }] of files.entries()) {
    await insertFile(tx, {
      ...facts,
      ...{ messageId, wireId, place, own: false },
      id: idOf("message-file", messageId, String(place)),
      key: new Uint8Array(Buffer.from(key, "base64url")),
      state: comesByItself(facts) ? "coming" : "offered",
    });
  }
}

function comesByItself({ type, bytes }: Pick<WireFile, "type" | "bytes">): boolean {
  const kind = kindOf(type);
  return bytes <= MESSAGE_FILES.byThemselves && (kind === "picture" || kind === "sound");
}
