import type { Page, Paged } from "../../lib/page.ts";
import { bounded, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import { postsByIds } from "../posts/views.ts";
import { noticeRows, readUpTo } from "./queries.ts";
import { type NoticeKind, type NoticeView, noticeKinds } from "./view.ts";

export async function listNotices(read: ReadClient, me: Identity, asked: Page): Promise<Paged<NoticeView>> {
  const page = bounded(asked);
  const { items, older, newer } = pagedOf(await noticeRows(read, page), page);
  const upTo = await readUpTo(read);
  const people = await peopleByIds(
    read,
    me.ownerId,
    items.map(({ personId }) => personId),
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
    return [{ id, sortKey, kind, person, post: posts.get(row.postId) ?? null, detail, at, isNew: at > upTo }];
  });
  return { items: views, older, newer };
}

/** null: of a newer version. */
function kindOf(text: string): NoticeKind | null {
  return noticeKinds.find((kind) => kind === text) ?? null;
}
