import { idOf } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import { cleanLine } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { postRow } from "../posts/queries.ts";
import { thingOf } from "../posts/thing.ts";
import { viewerOf } from "../viewer.ts";
import { isOver, LONGEST_OPTION, MOST_VOTES } from "./poll.ts";
import { countVotes, insertVote, pollRow, votesBy } from "./queries.ts";

/** Somebody's choice in a poll: the option by its words. */
export type Ballot = { pollUri: string; title: string; personId: string; uri: string };

/** Counts a vote in an own poll: one for each person and option, until the end. False: it does not count. */
export async function receiveVote(tx: Tx, me: Identity, ballot: Ballot, now: number): Promise<boolean> {
  const pollId = idOf(ballot.pollUri);
  const post = await postRow(tx, pollId);
  const poll = post?.own === true ? await pollRow(tx, pollId) : null;
  if (post === null || poll === null || ballot.personId === me.ownerId) return false;
  const times = { endsAt: poll.endsAt.getTime(), closedAt: poll.closedAt.getTime() };
  if (isOver(times, now)) return false;
  if (!(await mayVote(tx, me, ballot))) return false;
  const title = cleanLine(ballot.title, LONGEST_OPTION);
  const option = poll.options.find((one) => one.title === title);
  if (option === undefined) return false;
  const before = await votesBy(tx, [pollId], ballot.personId);
  if (before.some(({ place }) => place === option.place)) return true;
  if (before.length > 0 && !poll.multiple) return false;
  if ((await countVotes(tx, pollId)) >= MOST_VOTES) return false;
  await insertVote(tx, { pollId, place: option.place, personId: ballot.personId, uri: ballot.uri }, now);
  return true;
}

/** Whether they may see the poll; asked before so much as a name is kept. */
export async function mayVote(
  read: ReadClient,
  me: Identity,
  { pollUri, personId }: Pick<Ballot, "pollUri" | "personId">,
): Promise<boolean> {
  const post = await postRow(read, idOf(pollUri));
  if (post?.own !== true) return false;
  return may(await viewerOf(read, me.ownerId, personId), "vote", await thingOf(read, post));
}

/** Whether this is an own poll: a vote in it may come from somebody not known here yet. */
export async function isOwnPoll(tx: Tx, uri: string): Promise<boolean> {
  const id = idOf(uri);
  return (await postRow(tx, id))?.own === true && (await pollRow(tx, id)) !== null;
}
