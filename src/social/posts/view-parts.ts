import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import { emojisOfPosts } from "../emojis/of-posts.ts";
import type { Identity } from "../identity/identity.ts";
import { mutedWordsIn } from "../muting/of-posts.ts";
import type { PersonView } from "../people/view.ts";
import { pollsOfPosts } from "../polls/of-posts.ts";
import { quotesOf } from "../quotes/of-posts.ts";
import { marksOf } from "../reactions/of-posts.ts";
import { tagsOfPosts } from "../tags/of-posts.ts";
import type { PostRow } from "./queries.ts";
import type { PostView } from "./view.ts";

type Parts = Pick<PostView, "quote" | "marks" | "mutedWords" | "tags" | "poll" | "emojis">;

/** What hangs on posts, for all of a page at once: each kind asks the store once. */
export async function partsOfPosts(
  read: ReadClient,
  me: Identity,
  rows: PostRow[],
  { viewer, people }: { viewer: Viewer; people: Map<string, PersonView> },
): Promise<(row: PostRow) => Parts> {
  const forOwner = viewer.kind === "owner";
  const ids = rows.map(({ id }) => id);
  const ownIds = rows.filter(({ own }) => own).map(({ id }) => id);
  const marks = await marksOf(read, me.ownerId, forOwner ? ids : []);
  const quotes = await quotesOf(read, me, rows, viewer);
  const mutedWords = await mutedWordsIn(read, rows, forOwner);
  const tags = await tagsOfPosts(read, ids);
  const polls = await pollsOfPosts(read, ids, ownIds, forOwner ? me.ownerId : null);
  const emojis = await emojisOfPosts(read, rows, people, polls);
  return ({ id }) => ({
    quote: quotes.get(id) ?? null,
    marks: marks(id),
    mutedWords: mutedWords.get(id) ?? [],
    tags: tags.get(id) ?? [],
    poll: polls.get(id) ?? null,
    emojis: emojis.get(id) ?? [],
  });
}
