import { idOf, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { deleteNotices, insertNotice } from "./queries.ts";
import type { NoticeKind } from "./view.ts";

/** Tells the owner of something. The same thing about the same post is told once. */
export async function addNotice(
  tx: Tx,
  about: { kind: NoticeKind; personId: string; postId: string },
  now: number,
): Promise<void> {
  const once = about.postId === "" ? String(now) : about.postId;
  const id = idOf("notice", about.kind, about.personId, once);
  await insertNotice(tx, { id, sortKey: sortKeyOf(now, id), ...about, at: new Date(now) });
}

export async function dropNotices(tx: Tx, kind: NoticeKind, personId: string): Promise<void> {
  await deleteNotices(tx, { kind, personId });
}
