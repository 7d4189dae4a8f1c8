import { randomId, sortKeyOf, systemRandom } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { deleteNotices, findNotice, insertNotice } from "./queries.ts";
import type { NoticeKind } from "./view.ts";

export type NoticeAbout = { kind: NoticeKind; personId: string; postId: string; detail?: string };

/**
 * Tells the owner of something; what stands there already is not told again. The id is random: a notice that was
 * taken back and is due again must not bring back the id of a deleted row.
 */
export async function addNotice(tx: Tx, about: NoticeAbout, now: number): Promise<void> {
  if (await findNotice(tx, about)) return;
  const id = randomId(systemRandom);
  await insertNotice(tx, { id, sortKey: sortKeyOf(now, id), ...about, at: new Date(now) });
}

/** What it told of was taken back. */
export async function dropNotice(tx: Tx, about: NoticeAbout): Promise<void> {
  await deleteNotices(tx, about);
}

export async function dropNotices(tx: Tx, kind: NoticeKind, personId: string): Promise<void> {
  await deleteNotices(tx, { kind, personId });
}
