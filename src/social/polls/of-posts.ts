import type { ReadClient } from "../../store/tx.ts";
import type { PollView } from "./poll.ts";
import { type PollRow, pollRows, votersIn, votesBy, votesByPlace } from "./queries.ts";

type Read = Pick<ReadClient, "poll" | "pollVote">;

/**
 * The polls of a page of posts: of others as their author tells them, of own ones the votes that came. How many, never who.
 * `ownIds`: posts of the owner. `chooserId`: whose choice is shown; null: nobody's.
 */
export async function pollsOfPosts(
  read: Read,
  postIds: string[],
  ownIds: readonly string[],
  chooserId: string | null,
): Promise<Map<string, PollView>> {
  const rows = await pollRows(read, postIds);
  const own = rows.map(({ id }) => id).filter((id) => ownIds.includes(id));
  const counted = await votesByPlace(read, own);
  const voters = await votersIn(
    read,
    rows.filter(({ id, multiple }) => multiple && own.includes(id)).map(({ id }) => id),
  );
  const others = rows.map(({ id }) => id).filter((id) => !own.includes(id));
  const chosen = chooserId === null ? [] : await votesBy(read, others, chooserId);
  return new Map(
    rows.map((row) => {
      const of = counted.filter(({ pollId }) => pollId === row.id);
      const count = (place: number) => of.find((one) => one.place === place)?._count ?? 0;
      const all = of.reduce((sum, { _count }) => sum + _count, 0);
      const people = row.multiple ? voters.filter(({ pollId }) => pollId === row.id).length : all;
      const isOwn = own.includes(row.id);
      const view: PollView = {
        ...facts(row),
        voters: isOwn ? people : row.voters,
        options: row.options.map(({ place, title, votes }) => ({
          title,
          votes: isOwn ? count(place) : votes,
        })),
        chosen: chosen.filter(({ pollId }) => pollId === row.id).map(({ place }) => place),
      };
      return [row.id, view];
    }),
  );
}

function facts({ multiple, endsAt, closedAt }: PollRow) {
  return { multiple, endsAt: endsAt.getTime(), closedAt: closedAt.getTime() };
}
