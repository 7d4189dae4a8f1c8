import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { postRow, reachable } from "../posts/queries.ts";
import { send } from "../send.ts";
import { endLater } from "./make-poll.ts";
import { isOver } from "./poll.ts";
import { insertVote, pollRow, putPoll, votesBy } from "./queries.ts";

/**
 * The owner votes in somebody's poll; it goes to its author alone. Throws "post-not-found", "not-allowed" (an own
 * poll), "poll-over", "poll-voted" or "poll-no-choice" (nothing, or more than may be, or no option of it).
 */
export async function vote(
  tx: Tx,
  me: Identity,
  postId: string,
  places: readonly number[],
  now: number,
): Promise<void> {
  const post = await postRow(tx, postId);
  const poll = post === null ? null : await pollRow(tx, postId);
  if (post === null || poll === null) throw new NodeError("post-not-found", "no poll");
  if (post.own) throw new NodeError("not-allowed", "an own poll");
  const [endsAt, closedAt] = [poll.endsAt.getTime(), poll.closedAt.getTime()];
  if (isOver({ endsAt, closedAt }, now)) throw new NodeError("poll-over", "the poll is over");
  if ((await votesBy(tx, [postId], me.ownerId)).length > 0) throw new NodeError("poll-voted", "voted before");
  const chosen = [...new Set(places)];
  const fits = chosen.every((place) => poll.options.some((option) => option.place === place));
  if (chosen.length === 0 || !fits || (chosen.length > 1 && !poll.multiple)) {
    throw new NodeError("poll-no-choice", "no such choice");
  }
  const [author] = await reachable(tx, [post.authorId]);
  if (author === undefined) throw new NodeError("person-not-found", "its author is gone");
  for (const place of chosen) {
    await insertVote(tx, { pollId: postId, place, personId: me.ownerId, uri: "" }, now);
    const about = { postId, place: String(place), personId: author.id };
    await send(tx, author.host, { kind: "vote", about }, now);
  }
  // Until its author tells the counts anew, the owner's own vote is in them.
  await putPoll(tx, postId, {
    multiple: poll.multiple,
    endsAt,
    closedAt,
    voters: poll.voters + 1,
    options: poll.options.map(({ title, votes, place }) => ({
      title,
      votes: votes + (chosen.includes(place) ? 1 : 0),
    })),
  });
  if (endsAt > 0) await endLater(tx, postId, endsAt, now);
}
