import type { ReadClient } from "../../store/tx.ts";
import { may, type Viewer } from "../access.ts";
import { idsIn } from "../audiences/choice.ts";
import { namesOf } from "../audiences/names.ts";
import { deliveryCounts, metHosts, someDeliveries } from "../deliveries/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { filesOf } from "../media/of-posts.ts";
import { peopleByIds } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import { isQuotable, quotableOf } from "../quotes/quotable.ts";
import { theOwner } from "../viewer.ts";
import { takesAnswer } from "./answering.ts";
import { addresseesOf, type PostRow, postRowsByIds, replyCounts } from "./queries.ts";
import { reachOf } from "./reach.ts";
import { thingIn } from "./thing.ts";
import type { DeliveryView, PostView } from "./view.ts";
import { partsOfPosts } from "./view-parts.ts";
import { isShown, shownAnswers } from "./visible.ts";

/** Names of people that a page of posts is delivered to, in each state. */
const MOST_DELIVERIES = 200;

/**
 * Rows as the viewer may see them, the others left out: a fixed number of queries, however many rows.
 * `ownThread`: they are of one thread that the owner began.
 */
export async function viewsOf(
  read: ReadClient,
  me: Identity,
  rows: PostRow[],
  viewer: Viewer = theOwner,
  ownThread = false,
): Promise<PostView[]> {
  if (rows.length === 0) return [];
  const forOwner = viewer.kind === "owner";
  const answeredIds = rows.map(({ replyToId }) => replyToId).filter((id) => id !== "");
  const answered = await postRowsByIds(read, [...new Set(answeredIds)]);
  const all = [...new Map([...rows, ...answered].map((row) => [row.id, row])).values()];
  const addressees = Map.groupBy(
    await addresseesOf(
      read,
      all.map(({ id }) => id),
    ),
    ({ postId }) => postId,
  );
  const named = (id: string) => addressees.get(id) ?? [];
  const shown = (row: PostRow) => isShown(viewer, me, row, { people: idsOf(named(row.id)), ownThread });
  const visible = rows.filter(shown);
  const ids = visible.map(({ id }) => id);
  const boosted = await boostedIn(read, me, visible, viewer);
  const ownIds = forOwner ? visible.filter(({ own }) => own).map(({ id }) => id) : [];
  const deliveries = await deliveriesIn(read, ownIds);
  const files = await filesOf(read, ids);
  const replies = await replyCounts(read, ids, shownAnswers(viewer, me));
  const people = await peopleByIds(read, me.ownerId, [
    ...all.flatMap(({ authorId, passedById }) => [authorId, passedById]).filter((id) => id !== ""),
    ...ids.flatMap((id) => named(id).map(({ personId }) => personId)),
    ...deliveries.some.map(({ personId }) => personId),
  ]);
  const seenBy = forOwner ? await namesOf(read, visible.flatMap(chosenIn)) : new Map<string, string>();
  const parts = await partsOfPosts(read, me, visible, { viewer, people });
  const met = await metHosts(read, hostsOf(deliveries.some, people));
  const parents = new Map(
    answered.filter(shown).map((row) => [row.id, people.get(row.authorId)?.name ?? ""]),
  );
  return visible.flatMap((row): PostView[] => {
    const author = people.get(row.authorId);
    if (author === undefined || (author.blocked && !forOwner)) return [];
    const boostOf = boosted.get(row.boostOfId) ?? null;
    if (row.boostOfId !== "" && boostOf === null) return [];
    const to = named(row.id).filter(({ personId }) => forOwner || isSelf(viewer, personId));
    return [
      {
        ...facts(row, forOwner),
        takesAnswer: takesAnswer(row, me.ownerId, author.subscribed === "accepted"),
        seenBy,
        passedBy: forOwner ? (people.get(row.passedById)?.name ?? "") : "",
        shareable: may(viewer, "share", thingIn(row, idsOf(named(row.id)))),
        author,
        files: files.get(row.id) ?? [],
        replyTo: answeredBy(row, parents),
        quotable: quotableIn(row),
        mentions: known(
          named(row.id).filter(({ mention }) => mention),
          people,
        ),
        to: known(to, people),
        replies: replies.get(row.id) ?? 0,
        boostOf,
        ...parts(row),
        delivery: deliveryOf(row.id, { ...deliveries, people, met }),
      },
    ];
  });
}

/** What the boosts among these are of; a boost of a boost is none. */
async function boostedIn(
  read: ReadClient,
  me: Identity,
  rows: PostRow[],
  viewer: Viewer,
): Promise<Map<string, PostView>> {
  const ids = [...new Set(rows.map(({ boostOfId }) => boostOfId).filter((id) => id !== ""))];
  const inner = (await postRowsByIds(read, ids)).filter(({ boostOfId }) => boostOfId === "");
  return new Map((await viewsOf(read, me, inner, viewer)).map((post) => [post.id, post]));
}

export async function postsByIds(
  read: ReadClient,
  me: Identity,
  ids: string[],
): Promise<Map<string, PostView>> {
  const views = await viewsOf(read, me, await postRowsByIds(read, [...new Set(ids)]));
  return new Map(views.map((post) => [post.id, post]));
}

function idsOf(list: { personId: string }[]): string[] {
  return list.map(({ personId }) => personId);
}

function chosenIn({ audiences, without }: PostRow): string[] {
  return [...idsIn(audiences), ...idsIn(without)];
}

function isSelf(viewer: Viewer, personId: string): boolean {
  return viewer.kind === "person" && viewer.personId === personId;
}

function known(list: { personId: string }[], people: Map<string, PersonView>): PersonView[] {
  return list.flatMap(({ personId }) => people.get(personId) ?? []);
}

function answeredBy(row: PostRow, parents: Map<string, string>): PostView["replyTo"] {
  if (row.replyToId === "") return null;
  const name = parents.get(row.replyToId);
  return { personName: name ?? "", known: name !== undefined };
}

/** Of others only what they said themselves. */
function quotableIn({ own, quotable, reach }: PostRow): PostView["quotable"] {
  if (own) return quotableOf(quotable, reachOf(reach));
  return isQuotable(quotable) ? quotable : "";
}

function facts(row: PostRow, forOwner: boolean) {
  const { id, sortKey, uri, kind, html, title, warning, language, url, replyToId, own } = row;
  return {
    ...{ id, sortKey, uri, kind, html, title, warning, language, url, replyToId, own },
    source: forOwner ? row.source : "",
    replyToUri: forOwner ? row.replyToUri : "",
    reach: reachOf(row.reach),
    audiences: forOwner ? idsIn(row.audiences) : [],
    without: forOwner ? idsIn(row.without) : [],
    sensitive: row.sensitive || row.warning !== "",
    publishedAt: row.publishedAt.getTime(),
    editedAt: row.editedAt.getTime(),
    pinned: row.pinnedAt.getTime() > 0,
  };
}

type Deliveries = {
  some: Awaited<ReturnType<typeof someDeliveries>>;
  counts: Awaited<ReturnType<typeof deliveryCounts>>;
};

async function deliveriesIn(read: ReadClient, postIds: string[]): Promise<Deliveries> {
  return {
    some: await someDeliveries(read, postIds, MOST_DELIVERIES),
    counts: await deliveryCounts(read, postIds),
  };
}

type People = Map<string, PersonView>;

function hostsOf(some: Deliveries["some"], people: People): string[] {
  return [...new Set(some.flatMap(({ personId }) => people.get(personId)?.host ?? []))];
}

function deliveryOf(
  id: string,
  { some, counts, people, met }: Deliveries & { people: People; met: Set<string> },
): DeliveryView | null {
  const ours = counts.filter(({ postId }) => postId === id);
  if (ours.length === 0) return null;
  const count = (state: string) => ours.find((row) => row.state === state)?._count ?? 0;
  const of = (state: string) =>
    some.flatMap((row) => {
      const person = people.get(row.personId);
      const fits = row.postId === id && row.state === state && person !== undefined;
      return fits ? [{ person, at: row.at.getTime(), met: met.has(person.host), why: row.why }] : [];
    });
  return {
    delivered: of("delivered"),
    waiting: of("waiting"),
    stopped: of("stopped"),
    counts: { delivered: count("delivered"), waiting: count("waiting"), stopped: count("stopped") },
  };
}
