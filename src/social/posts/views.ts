import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import { addresseesOf, deliveriesOf, namesOf, type PostRow, postRowsByIds, replyCounts } from "./queries.ts";
import { isReach } from "./reach.ts";
import type { PostView } from "./view.ts";

const MOST_DELIVERIES = 5_000;

/** Rows as the pages show them: a fixed number of queries, however many rows. */
export async function viewsOf(read: ReadClient, me: Identity, rows: PostRow[]): Promise<PostView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const addressees = await addresseesOf(read, ids);
  const deliveries = await deliveriesOf(read, rows.filter(({ own }) => own).map(({ id }) => id), MOST_DELIVERIES);
  const replies = await replyCounts(read, ids);
  const answered = await namesOf(read, rows.map(({ replyToId }) => replyToId).filter((id) => id !== ""));
  const people = await peopleByIds(read, me.ownerId, [
    ...rows.map(({ authorId }) => authorId),
    ...addressees.map(({ personId }) => personId),
    ...deliveries.map(({ personId }) => personId),
  ]);
  const known = (list: { personId: string }[]) => list.flatMap(({ personId }) => people.get(personId) ?? []);
  return rows.flatMap((row): PostView[] => {
    const author = people.get(row.authorId);
    if (author === undefined) return [];
    const named = addressees.filter(({ postId }) => postId === row.id);
    const name = answered.get(row.replyToId);
    return [
      {
        ...facts(row),
        author,
        replyTo: row.replyToId === "" ? null : { personName: name ?? "", known: name !== undefined },
        mentions: known(named.filter(({ mention }) => mention)),
        to: known(named),
        replies: replies.get(row.id) ?? 0,
        delivery: deliveryOf(deliveries.filter(({ postId }) => postId === row.id), people),
      },
    ];
  });
}

function facts(row: PostRow) {
  const { id, sortKey, uri, kind, html, source, title, warning, language, url, replyToId, own } = row;
  return {
    id, sortKey, uri, kind, html, source, title, warning, language, url, replyToId, own,
    reach: isReach(row.reach) ? row.reach : ("me" as const),
    publishedAt: row.publishedAt.getTime(),
    editedAt: row.editedAt.getTime(),
  };
}

type DeliveryRow = { personId: string; state: string; at: Date };

function deliveryOf(rows: DeliveryRow[], people: Map<string, PersonView>): PostView["delivery"] {
  if (rows.length === 0) return null;
  const of = (state: string) =>
    rows.flatMap((row) => {
      const person = people.get(row.personId);
      return row.state === state && person !== undefined ? [{ person, since: row.at.getTime() }] : [];
    });
  return {
    delivered: of("delivered").map(({ person }) => person),
    waiting: of("waiting"),
    stopped: of("stopped").map(({ person }) => person),
  };
}

export async function postsByIds(read: ReadClient, me: Identity, ids: string[]): Promise<Map<string, PostView>> {
  const views = await viewsOf(read, me, await postRowsByIds(read, [...new Set(ids)]));
  return new Map(views.map((post) => [post.id, post]));
}
