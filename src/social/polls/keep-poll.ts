import type { Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import { LONGEST_OPTION, MOST_FOREIGN_OPTIONS, type PollCard } from "./poll.ts";
import { dropVotes, pollRow, putPoll } from "./queries.ts";

const MOST = 1_000_000_000;

/** What somebody else's poll says now. With other options the owner's vote counts no more: it may be given again. */
export async function keepPoll(tx: Tx, postId: string, card: PollCard): Promise<void> {
  const options = card.options.slice(0, MOST_FOREIGN_OPTIONS).map(({ title, votes }) => ({
    title: cleanLine(title, LONGEST_OPTION),
    votes: bounded(votes),
  }));
  const before = await pollRow(tx, postId);
  const isOther =
    before !== null &&
    (before.multiple !== card.multiple ||
      before.options.map(({ title }) => title).join("\n") !== options.map(({ title }) => title).join("\n"));
  if (isOther) await dropVotes(tx, postId);
  await putPoll(tx, postId, { ...card, options, voters: bounded(card.voters) });
}

function bounded(count: number): number {
  return Number.isFinite(count) ? Math.min(Math.max(0, Math.trunc(count)), MOST) : 0;
}
