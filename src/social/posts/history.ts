import type { ReadClient } from "../../store/tx.ts";
import { postRow, revisionRows } from "./queries.ts";

/** What a post said from a time on, milliseconds. */
export type Version = { html: string; title: string; warning: string; at: number };

/** Every version that is kept, oldest first, the present one last. For the owner only: visitors see what is said now. */
export async function historyOf(read: ReadClient, postId: string): Promise<Version[]> {
  const row = await postRow(read, postId);
  if (row === null) return [];
  const before = await revisionRows(read, postId);
  const ended = before.map(({ at }) => at.getTime());
  const versions = [...before, row].map(({ html, title, warning }, place) => ({
    html,
    title,
    warning,
    at: place === 0 ? row.publishedAt.getTime() : (ended[place - 1] ?? 0),
  }));
  return versions;
}
