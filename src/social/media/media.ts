import { NodeError } from "../../lib/errors.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import { LONGEST_ALT } from "./limits.ts";
import { findMedia, insertMedia, isWaiting, updateAlt } from "./queries.ts";

export type FileKind = "picture" | "sound" | "film" | "file";

/** A sealed file. `length` of sound and film in milliseconds. */
export type MediaRow = {
  id: string;
  type: string;
  bytes: number;
  width: number;
  height: number;
  alt: string;
  blurhash: string;
  length: number;
  name: string;
};

export type NewMedia = Pick<MediaRow, "id" | "type" | "bytes"> & Partial<MediaRow> & { sha256?: string };

/**
 * picture: of the owner. waiting: added, in nothing yet. post: in a post of the owner's. message: in a message. remote: kept of others' posts. shown: of
 * people and emoji of others. dropped: to be removed from the disk.
 */
export type Purpose = "picture" | "waiting" | "post" | "message" | "remote" | "shown" | "dropped";

export async function mediaRow(read: ReadClient, id: string): Promise<MediaRow | null> {
  return findMedia(read, id);
}

export async function saveMediaRow(tx: Tx, row: NewMedia, purpose: Purpose, now: number): Promise<void> {
  await insertMedia(tx, { ...row, purpose }, now);
}

export function kindOf(type: string): FileKind {
  const [group] = type.split("/", 1);
  return group === "image" ? "picture" : group === "video" ? "film" : group === "audio" ? "sound" : "file";
}

/** What somebody sees who does not see it: several lines may be needed. */
export function altOf(text: string): string {
  const lines = text
    .replaceAll("\r\n", "\n")
    .slice(0, LONGEST_ALT * 4)
    .split("\n");
  const clean = lines
    .map((line) => cleanLine(line, LONGEST_ALT))
    .join("\n")
    .trim();
  return [...clean].slice(0, LONGEST_ALT).join("").trim();
}

/** The alternative text of a file that is in no post yet. Throws "file-gone". */
export async function describe(tx: Tx, id: string, alt: string): Promise<void> {
  if (!(await isWaiting(tx, id))) throw new NodeError("file-gone", "no file that waits");
  await updateAlt(tx, id, altOf(alt));
}
