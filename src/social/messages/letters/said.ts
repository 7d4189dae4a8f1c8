import type { ReadClient } from "../../../store/tx.ts";
import type { WireFile } from "../files/file.ts";
import { filesOf } from "../files/queries.ts";
import type { Said } from "../letter.ts";
import { changeRow, messageRow } from "../queries.ts";
import { readDetail } from "../together/detail.ts";
import type { LetterRow } from "./queries.ts";

/**
 * What a letter says when it goes out; null: nothing any more. Words are those of now: what was changed or taken back before
 * it went never leaves.
 */
export async function saidIn(read: ReadClient, letter: LetterRow): Promise<Said | null> {
  const { kind, messageId: of, emoji, detail } = letter;
  switch (kind) {
    case "text":
      return text(read, of);
    case "edit":
    case "delete":
    case "react": {
      const change = await changeRow(read, { messageId: of, own: true, kind, emoji });
      // A later one says it better.
      if (change === null || change.letterId !== letter.id) return null;
      if (kind === "edit") return { kind, of, text: change.text };
      return kind === "delete" ? { kind, of } : { kind, of, emoji, on: change.on };
    }
    case "read":
      return { kind, of: detail.split(" ") };
    case "together":
      return { kind, ...readDetail(detail) };
    case "vouch": {
      const [fingerprint = "", uri = ""] = detail.split(" ");
      return { kind, uri, fingerprint };
    }
    case "timer":
      return { kind, seconds: Number(detail) };
    default:
      return null;
  }
}

async function text(read: ReadClient, id: string): Promise<Said | null> {
  const row = await messageRow(read, id);
  if (row === null) return null;
  const key = { messageId: id, own: true, emoji: "" };
  if ((await changeRow(read, { ...key, kind: "delete" })) !== null) return null;
  const edit = await changeRow(read, { ...key, kind: "edit" });
  const { replyToId: replyTo, vanish } = row;
  const files = await filesIn(read, id);
  const said = { kind: "text" as const, text: edit?.text ?? row.text, replyTo, vanish };
  return files.length === 0 ? said : { ...said, files };
}

async function filesIn(read: ReadClient, messageId: string): Promise<WireFile[]> {
  return (await filesOf(read, [messageId])).map((row) => {
    const { wireId, key, name, type, bytes, sha256, width, height, length, alt, voice } = row;
    const facts = { name, type, bytes, sha256, width, height, length, alt, voice };
    return { id: wireId, key: Buffer.from(key).toString("base64url"), ...facts };
  });
}
