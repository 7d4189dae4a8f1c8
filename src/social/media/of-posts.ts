import type { ReadClient } from "../../store/tx.ts";
import type { FileKind } from "./media.ts";
import { type AttachmentRow, attachmentsOf } from "./queries.ts";

/** A file of a post. `here`: it can be shown at once; else it is at `host`. */
export type FileView = {
  id: string;
  mediaId: string;
  kind: FileKind;
  type: string;
  alt: string;
  name: string;
  blurhash: string;
  width: number;
  height: number;
  /** milliseconds */
  length: number;
  /** 0: not told */
  bytes: number;
  here: boolean;
  host: string;
  /** where it came from; for apps that open it elsewhere */
  url: string;
};

/** The files of these posts, by post. */
export async function filesOf(read: ReadClient, postIds: string[]): Promise<Map<string, FileView[]>> {
  return Map.groupBy((await attachmentsOf(read, postIds)).map(viewed), ({ postId }) => postId);
}

function viewed(row: AttachmentRow): FileView & { postId: string } {
  const { place: _, kind, ...rest } = row;
  return {
    ...rest,
    kind: kind === "picture" || kind === "film" || kind === "sound" ? kind : "file",
    here: row.mediaId !== "",
    host: URL.parse(row.url)?.host ?? "",
  };
}
