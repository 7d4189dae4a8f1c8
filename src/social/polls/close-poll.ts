import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice } from "../notices/add-notice.ts";
import { tellHolders } from "../posts/edit.ts";
import { postRow } from "../posts/queries.ts";
import { pollRow, setClosed, votesBy } from "./queries.ts";

/**
 * A poll is over: an own one takes no more votes and everybody who has it gets the result; the owner is told, also of a
 * poll that they voted in. Returns the milliseconds until then; 0: done.
 */
export async function closePoll(tx: Tx, me: Identity, postId: string, now: number): Promise<number> {
  const post = await postRow(tx, postId);
  const poll = post === null ? null : await pollRow(tx, postId);
  if (post === null || poll === null || poll.endsAt.getTime() === 0) return 0;
  const left = poll.endsAt.getTime() - now;
  if (left > 0 && poll.closedAt.getTime() === 0) return left;
  if (post.own) {
    if (poll.closedAt.getTime() > 0) return 0;
    await setClosed(tx, postId, now);
    await tellHolders(tx, me, post, now);
  } else if ((await votesBy(tx, [postId], me.ownerId)).length === 0) return 0;
  await addNotice(tx, { kind: "poll", personId: post.authorId, postId }, now);
  return 0;
}
