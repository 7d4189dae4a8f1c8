import { enqueue } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { checkedPoll, type PollDraft } from "./poll.ts";
import { dropVotes, pollRow, putPoll } from "./queries.ts";

const DAY = 24 * 60 * 60_000;

/** The owner asks something with a post; a job ends it. Throws "poll-not-right". */
export async function makePoll(tx: Tx, postId: string, draft: PollDraft, now: number): Promise<void> {
  const { options, multiple, endsIn } = checkedPoll(draft);
  await putPoll(tx, postId, {
    multiple,
    endsAt: now + endsIn,
    closedAt: 0,
    voters: 0,
    options: options.map((title) => ({ title, votes: 0 })),
  });
  await endLater(tx, postId, now + endsIn, now);
}

/** Other options make another question: the votes so far are gone. The same again changes nothing; true: it changed. */
export async function changePoll(tx: Tx, postId: string, draft: PollDraft, now: number): Promise<boolean> {
  const before = await pollRow(tx, postId);
  const { options, multiple } = checkedPoll(draft);
  const same = before?.options.map(({ title }) => title).join("\n") === options.join("\n");
  if (before !== null && same && before.multiple === multiple) return false;
  await dropVotes(tx, postId);
  await makePoll(tx, postId, draft, now);
  return true;
}

/** Looks at the poll again when it is over: of an own one to close it, of another's to tell the owner. */
export async function endLater(tx: Tx, postId: string, endsAt: number, now: number): Promise<void> {
  const lifeMs = Math.max(0, endsAt - now) + 30 * DAY;
  await enqueue(tx, { kind: "close-poll", peer: "", about: { postId }, lifeMs }, now);
}
