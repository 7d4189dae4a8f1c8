import { idOf } from "../../lib/ids.ts";
import { isBlockedId } from "../../social/people/queries.ts";
import { postRow } from "../../social/posts/queries.ts";
import { isOpen, reachOf } from "../../social/posts/reach.ts";
import type { Parts } from "../parts.ts";
import { replyAuthorization } from "../translate/reply-request.ts";

/** Where anybody can look at the owner's leave for an answer. */
export function leaveUri(origin: string, answerUri: string): string {
  return `${origin}/answers/${idOf(answerUri)}`;
}

/** Leave is there while the answer is: it stands in a thread of the owner's, and only what may be answered gets answers there. */
export async function leaveToAnswer({ store, at }: Parts, answerId: string) {
  const row = await postRow(store.read, answerId);
  if (row === null || row.own || row.replyToId === "" || (await isBlockedId(store.read, row.authorId)))
    return null;
  const answered = await postRow(store.read, row.replyToId);
  if (answered?.own !== true || !isOpen(reachOf(answered.reach))) return null;
  const leave = { author: at.person, answerUri: row.uri, answered: answered.uri };
  return replyAuthorization(`${at.origin}/answers/${answerId}`, leave);
}
