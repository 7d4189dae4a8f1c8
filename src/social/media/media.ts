import type { ReadClient, Tx } from "../../store/tx.ts";
import { findMedia, insertMedia } from "./queries.ts";

export type MediaRow = { id: string; type: string; bytes: number };

export async function mediaRow(read: ReadClient, id: string): Promise<MediaRow | null> {
  return findMedia(read, id);
}

export async function saveMediaRow(
  tx: Tx,
  row: MediaRow & { purpose: "picture" },
  now: number,
): Promise<void> {
  await insertMedia(tx, row, now);
}
