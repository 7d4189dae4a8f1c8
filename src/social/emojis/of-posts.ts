import type { ReadClient } from "../../store/tx.ts";
import type { PersonView } from "../people/view.ts";
import type { PollView } from "../polls/poll.ts";
import { type EmojiView, shortcodesIn } from "./emoji.ts";
import { emojisNamed } from "./queries.ts";

type Row = { id: string; authorId: string; html: string; warning: string; title: string };

/** The custom emoji that a page of posts uses, by post: those of the author's own host. */
export async function emojisOfPosts(
  read: Pick<ReadClient, "emoji">,
  rows: readonly Row[],
  people: ReadonlyMap<string, PersonView>,
  polls: ReadonlyMap<string, PollView>,
): Promise<Map<string, EmojiView[]>> {
  const used = rows.map((row) => {
    const author = people.get(row.authorId);
    const options = polls.get(row.id)?.options.map(({ title }) => title) ?? [];
    const words = [row.html, row.warning, row.title, author?.name ?? "", ...options].join("\n");
    return { id: row.id, host: author?.host ?? "", shortcodes: shortcodesIn(words) };
  });
  const hosts = [...new Set(used.map(({ host }) => host))];
  const found = await emojisNamed(read, hosts, [...new Set(used.flatMap(({ shortcodes }) => shortcodes))]);
  return new Map(
    used.map(({ id, host, shortcodes }) => [
      id,
      found
        .filter((row) => row.host === host && shortcodes.includes(row.shortcode))
        .map(({ shortcode }) => ({ host, shortcode })),
    ]),
  );
}
