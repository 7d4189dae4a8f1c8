import type { ReadClient, Tx } from "../../store/tx.ts";
import type { PollCard } from "./poll.ts";

const NEVER = new Date(0);

export async function pollRow(read: Pick<ReadClient, "poll">, postId: string) {
  return read.poll.findUnique({
    where: { id: postId },
    include: { options: { orderBy: { place: "asc" } } },
  });
}

export type PollRow = NonNullable<Awaited<ReturnType<typeof pollRow>>>;

export async function pollRows(read: Pick<ReadClient, "poll">, postIds: string[]): Promise<PollRow[]> {
  if (postIds.length === 0) return [];
  return read.poll.findMany({
    where: { id: { in: postIds } },
    include: { options: { orderBy: { place: "asc" } } },
  });
}

/** The poll of a post is this from now on. */
export async function putPoll(tx: Tx, id: string, card: PollCard): Promise<void> {
  const data = {
    multiple: card.multiple,
    endsAt: new Date(card.endsAt),
    closedAt: new Date(card.closedAt),
    voters: card.voters,
  };
  await tx.poll.upsert({ where: { id }, create: { id, ...data }, update: data });
  await tx.pollOption.deleteMany({ where: { pollId: id, place: { gte: card.options.length } } });
  for (const [place, option] of card.options.entries()) {
    await tx.pollOption.upsert({
      where: { pollId_place: { pollId: id, place } },
      create: { pollId: id, place, ...option },
      update: option,
    });
  }
}

export async function setClosed(tx: Tx, id: string, now: number): Promise<void> {
  await tx.poll.updateMany({ where: { id, closedAt: NEVER }, data: { closedAt: new Date(now) } });
}

export async function insertVote(
  tx: Tx,
  vote: { pollId: string; place: number; personId: string; uri: string },
  now: number,
): Promise<void> {
  await tx.pollVote.create({ data: { ...vote, at: new Date(now) } });
}

export async function votesBy(read: Pick<ReadClient, "pollVote">, pollIds: string[], personId: string) {
  if (pollIds.length === 0) return [];
  return read.pollVote.findMany({ where: { pollId: { in: pollIds }, personId } });
}

export async function dropVotes(tx: Tx, pollId: string): Promise<void> {
  await tx.pollVote.deleteMany({ where: { pollId } });
}

export async function countVotes(read: Pick<ReadClient, "pollVote">, pollId: string): Promise<number> {
  return read.pollVote.count({ where: { pollId } });
}

export async function votesByPlace(read: Pick<ReadClient, "pollVote">, pollIds: string[]) {
  if (pollIds.length === 0) return [];
  return read.pollVote.groupBy({ by: ["pollId", "place"], where: { pollId: { in: pollIds } }, _count: true });
}

/** Who voted, each once; a poll takes a bounded number of votes. */
export async function votersIn(read: Pick<ReadClient, "pollVote">, pollIds: string[]) {
  if (pollIds.length === 0) return [];
  return read.pollVote.groupBy({ by: ["pollId", "personId"], where: { pollId: { in: pollIds } } });
}

/** What somebody chose at a place of a poll, when, and where the poll is; null: that vote counts no more. */
export async function pollChoice(
  read: ReadClient,
  vote: { pollId: string; place: number; personId: string },
): Promise<{ pollUri: string; title: string; at: number } | null> {
  const { pollId, place, personId } = vote;
  const cast = await read.pollVote.findUnique({
    where: { pollId_place_personId: { pollId, place, personId } },
    include: { poll: { include: { post: { select: { uri: true } }, options: { where: { place } } } } },
  });
  const option = cast?.poll.options[0];
  if (cast === null || option === undefined) return null;
  return { pollUri: cast.poll.post.uri, title: option.title, at: cast.at.getTime() };
}
