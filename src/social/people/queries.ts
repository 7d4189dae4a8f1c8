import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { friendsAmong } from "../friends/queries.ts";
import { isGuestUri } from "../guests/guest.ts";
import { markDropped } from "../media/queries.ts";
import { linesOf, movedPeople } from "../moving/queries.ts";
import { mutedAt } from "../muting/queries.ts";
import { slices } from "../slices.ts";
import { blockedAmong } from "./among-queries.ts";
import type { PersonCard } from "./person.ts";
import type { PersonView, Standing } from "./view.ts";

/** Rows of people, with how the owner stands to each: a fixed number of queries for a page. */
export async function peopleWhere(
  read: ReadClient,
  ownerId: string,
  where: Prisma.PersonWhereInput,
  limit: number,
  order: "asc" | "desc" = "desc",
): Promise<PersonView[]> {
  const rows = await read.person.findMany({ where, orderBy: { sortKey: order }, take: limit });
  return viewsOf(read, ownerId, rows);
}

type PersonModel = Prisma.PersonModel;

export async function viewsOf(read: ReadClient, ownerId: string, rows: PersonModel[]): Promise<PersonView[]> {
  const moved = await movedPeople(read, rows);
  const known = new Map([...moved, ...rows].map((row) => [row.id, row]));
  const views = new Map(
    (await plainViews(read, ownerId, [...known.values()])).map((view) => [view.id, view]),
  );
  return rows.flatMap((row): PersonView[] => {
    const view = views.get(row.id);
    const to = row.movedToUri === "" ? undefined : moved.find(({ uri }) => uri === row.movedToUri);
    return view === undefined ? [] : [{ ...view, moved: views.get(to?.id ?? "") ?? null }];
  });
}

async function plainViews(read: ReadClient, ownerId: string, rows: PersonModel[]): Promise<PersonView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const subscriptions = await read.subscription.findMany({
    where: {
      OR: [
        { subscriberId: ownerId, personId: { in: ids } },
        { personId: ownerId, subscriberId: { in: ids } },
      ],
    },
    select: { subscriberId: true, personId: true, state: true },
  });
  const blocked = await read.blocked.findMany({
    where: { personId: { in: ids } },
    select: { personId: true },
  });
  const muted = new Map(
    (await read.muted.findMany({ where: { personId: { in: ids } } })).map(({ personId, until, notices }) => [
      personId,
      { until: until.getTime(), notices },
    ]),
  );
  const friends = await friendsAmong(read, ids);
  const out = new Map<string, Standing>();
  const back = new Map<string, Standing>();
  for (const { subscriberId, personId, state } of subscriptions) {
    if (subscriberId === ownerId) out.set(personId, standing(state));
    else back.set(subscriberId, standing(state));
  }
  const shut = new Set(blocked.map(({ personId }) => personId));
  const shutHosts = await blockedAmong(
    read,
    rows.map(({ host }) => host),
  );
  return rows.map((row) => ({
    id: row.id,
    sortKey: row.sortKey,
    uri: row.uri,
    handle: row.handle,
    host: row.host,
    address: isGuestUri(row.uri) ? "" : `${row.handle}@${row.host}`,
    name: row.name === "" ? row.handle : row.name,
    aboutHtml: row.aboutHtml,
    url: row.url,
    pictureUrl: row.pictureId === "" && row.id !== ownerId ? "" : row.pictureUrl,
    approves: row.approves,
    automated: row.automated,
    gone: row.gone,
    isOwner: row.id === ownerId,
    guest: isGuestUri(row.uri),
    blocked: shut.has(row.id) || shutHosts.has(row.host),
    muted: muted.get(row.id) ?? null,
    aliases: linesOf(row.aliases),
    movedToUri: row.movedToUri,
    moved: null,
    subscribed: out.get(row.id) ?? "no",
    subscriber: back.get(row.id) ?? "no",
    friendly: row.friendly,
    friend: friends.get(row.id) ?? null,
  }));
}

function standing(state: string): Standing {
  return state === "asked" || state === "accepted" || state === "declined" ? state : "no";
}

export async function peopleByIds(
  read: ReadClient,
  ownerId: string,
  ids: string[],
): Promise<Map<string, PersonView>> {
  const found = await peopleWhere(read, ownerId, { id: { in: [...new Set(ids)] } }, ids.length);
  return new Map(found.map((person) => [person.id, person]));
}

export async function personFacts(read: ReadClient, id: string): Promise<PersonModel | null> {
  return read.person.findUnique({ where: { id } });
}

/** What is known of them still holds. */
export async function touchPerson(tx: Tx, id: string, now: number): Promise<void> {
  await tx.person.update({ where: { id }, data: { fetchedAt: new Date(now) } });
}

export async function setFace(tx: Tx, id: string, pictureId: string): Promise<void> {
  await tx.person.update({ where: { id }, data: { pictureId } });
}

export async function upsertPerson(
  tx: Tx,
  id: string,
  sortKey: string,
  card: Omit<PersonCard, "fields" | "shownTo">,
  now: number,
): Promise<void> {
  const facts = {
    ...card,
    address: `${card.handle}@${card.host}`.toLowerCase(),
    fetchedAt: new Date(now),
    gone: false,
  };
  await tx.person.upsert({
    where: { id },
    create: { id, sortKey, seenAt: new Date(now), ...facts },
    update: facts,
  });
}

/** Nothing of them is left but that they were here: ids are never reused. */
export async function blankRow(tx: Tx, id: string): Promise<void> {
  const posts = (await tx.post.findMany({ where: { authorId: id }, select: { id: true } })).map(
    (post) => post.id,
  );
  for (const some of slices(posts)) await tx.notice.deleteMany({ where: { postId: { in: some } } });
  const nothing = {
    name: "",
    aboutHtml: "",
    url: "",
    pictureUrl: "",
    pictureId: "",
    inbox: "",
    sharedInbox: "",
    outboxUri: "",
    aliases: "",
    movedToUri: "",
    invite: "",
  };
  const { pictureId } = await tx.person.findUniqueOrThrow({ where: { id }, select: { pictureId: true } });
  await markDropped(tx, [pictureId]);
  await tx.person.update({ where: { id }, data: { ...nothing, followersUri: "", gone: true } });
  await tx.post.deleteMany({ where: { authorId: id } });
  await tx.notice.deleteMany({ where: { personId: id } });
  await tx.subscription.deleteMany({ where: { OR: [{ subscriberId: id }, { personId: id }] } });
  await tx.knock.deleteMany({ where: { personId: id } });
  await tx.personField.deleteMany({ where: { personId: id } });
}

/** A friend, or somebody the owner subscribes to: they know already that the owner reads them. */
export async function isCloseId(read: ReadClient, ownerId: string, personId: string): Promise<boolean> {
  const friend = await read.friendship.findUnique({ where: { personId } });
  if (friend?.state === "friends") return true;
  const key = { subscriberId: ownerId, personId };
  const mine = await read.subscription.findUnique({ where: { subscriberId_personId: key } });
  return mine?.state === "accepted";
}

export async function setBlocked(tx: Tx, personId: string, now: number): Promise<void> {
  await tx.blocked.upsert({ where: { personId }, create: { personId, at: new Date(now) }, update: {} });
  await tx.post.updateMany({ where: { authorId: personId, inHome: true }, data: { inHome: false } });
  await tx.notice.deleteMany({ where: { personId } });
  await tx.knock.deleteMany({ where: { personId } });
  await tx.welcome.deleteMany({ where: { personId } });
}

export async function unsetBlocked(tx: Tx, personId: string): Promise<void> {
  await tx.blocked.deleteMany({ where: { personId } });
}

export async function isBlockedId(read: ReadClient, personId: string): Promise<boolean> {
  if ((await read.blocked.findUnique({ where: { personId } })) !== null) return true;
  const person = await read.person.findUnique({ where: { id: personId }, select: { host: true } });
  return person !== null && isHostBlocked(read, person.host);
}

export async function isHostBlocked(read: ReadClient, host: string): Promise<boolean> {
  return (await read.blockedHost.findUnique({ where: { host } })) !== null;
}

export async function setHostBlocked(tx: Tx, host: string, now: number): Promise<void> {
  await tx.blockedHost.upsert({ where: { host }, create: { host, at: new Date(now) }, update: {} });
}

export async function unsetHostBlocked(tx: Tx, host: string): Promise<void> {
  await tx.blockedHost.deleteMany({ where: { host } });
}

export async function blockedHostRows(read: ReadClient, most: number): Promise<string[]> {
  const rows = await read.blockedHost.findMany({ orderBy: { at: "desc" }, take: most });
  return rows.map(({ host }) => host);
}

/** People there who subscribe to the owner or the owner to them, asked or accepted, friends likewise, or whom something waits for. */
export async function peopleTiedAt(read: ReadClient, ownerId: string, host: string): Promise<string[]> {
  const rows = await read.person.findMany({
    where: {
      host,
      OR: [
        { subscribers: { some: { subscriberId: ownerId } } },
        { subscribedTo: { some: { personId: ownerId } } },
        { friendship: { some: {} } },
        { deliveries: { some: { state: "waiting" } } },
      ],
    },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** The posts of everybody there leave the timeline, what was told of them goes, and nobody is let in. */
export async function hideHost(tx: Tx, host: string): Promise<void> {
  await tx.post.updateMany({ where: { author: { host }, inHome: true }, data: { inHome: false } });
  await tx.notice.deleteMany({ where: { person: { host } } });
  await tx.welcome.deleteMany({ where: { person: { host } } });
}

export type Circle = "friends" | "subscribed" | "subscribers" | "requests" | "asked" | "blocked" | "muted";

export function circleWhere(which: Circle, ownerId: string, now: number): Prisma.PersonWhereInput {
  switch (which) {
    case "friends":
      return { gone: false, friendship: { some: { state: "friends" } } };
    case "subscribed":
      return { gone: false, subscribers: { some: { subscriberId: ownerId, state: "accepted" } } };
    case "asked":
      return { gone: false, subscribers: { some: { subscriberId: ownerId, state: "asked" } } };
    case "subscribers":
      return { subscribedTo: { some: { personId: ownerId, state: "accepted" } } };
    case "requests":
      return { subscribedTo: { some: { personId: ownerId, state: "asked" } } };
    case "blocked":
      return { blocked: { some: {} } };
    case "muted":
      return { muted: { some: mutedAt(now) } };
  }
}

export function pageWhere(page: { before?: string; after?: string }): {
  sortKey?: { lt?: string; gt?: string };
} {
  if (page.before !== undefined) return { sortKey: { lt: page.before } };
  return page.after === undefined ? {} : { sortKey: { gt: page.after } };
}

/** People with an address, which guests have not. */
export const noGuest = { host: { not: "" } } as const satisfies Prisma.PersonWhereInput;

export function searchWhere(text: string): Prisma.PersonWhereInput {
  return { gone: false, OR: [{ address: { contains: text.toLowerCase() } }, { name: { contains: text } }] };
}

/** Known here, not gone and not blocked. */
export async function isWelcomeId(read: ReadClient, id: string): Promise<boolean> {
  const where = { id, gone: false, blocked: { none: {} } };
  const person = await read.person.findFirst({ where, select: { host: true } });
  return person !== null && !(await isHostBlocked(read, person.host));
}
