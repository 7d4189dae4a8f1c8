import type { Page, Paged } from "../../lib/page.ts";
import { bounded, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { hiddenAt } from "../muting/words.ts";
import { peopleByIds } from "../people/queries.ts";
import { postsByIds } from "../posts/views.ts";
import { noticeRows, readUpTo } from "./queries.ts";
import { type NoticeKind, type NoticeView, noticeKinds } from "./view.ts";

/** `now` is for what is muted: without it, whatever was muted for a time still is. */
export async function listNotices(
  read: ReadClient,
  me: Identity,
  asked: Page,
  now = 0,
): Promise<Paged<NoticeView>> {
  const page = bounded(asked);
  const { items, older, newer } = pagedOf(await noticeRows(read, page, now), page);
  const upTo = await readUpTo(read);
  const people = await peopleByIds(
    read,
    me.ownerId,
    items.flatMap((row) => (namesOther(row.kind) ? [row.personId, row.detail] : [row.personId])),
  );
  const posts = await postsByIds(
    read,
    me,
    items.map(({ postId }) => postId).filter((id) => id !== ""),
  );
  const views = items.flatMap((row): NoticeView[] => {
    const person = people.get(row.personId);
    const kind = kindOf(row.kind);
    if (person === undefined || kind === null) return [];
    const { id, sortKey, detail } = row;
    const at = row.at.getTime();
    const post = posts.get(row.postId) ?? null;
    if (post !== null && hiddenAt(post, now).whole) return [];
    const other = namesOther(kind) ? (people.get(detail) ?? null) : null;
    return [{ id, sortKey, kind, person, post, detail, other, at, isNew: at > upTo }];
  });
  return { items: views, older, newer };
}

/** Its detail is another person's id. */
const namesOther = (kind: string) => kind === "moved" || kind === "introduced";

/** null: of a newer version. */
function kindOf(text: string): NoticeKind | null {
  return noticeKinds.find((kind) => kind === text) ?? null;
}
