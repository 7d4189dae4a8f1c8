import { idOf } from "../lib/ids.ts";
import type { ReadClient, Tx } from "../store/tx.ts";
import { hostOf } from "./addresses.ts";

const PROBED_MAX = 200;
/** Prisma: a primary key that is there already. */
const TAKEN = "P2002";

/** Marks an activity as handled; false when it was before. By its sender too: a neighbour on the host could use its id up first. */
export async function markHandled(
  tx: Tx,
  what: { sender: string; activity: string },
  now: number,
): Promise<boolean> {
  const id = idOf(what.sender, what.activity);
  try {
    await tx.handled.createMany({ data: [{ id, at: new Date(now) }] });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === TAKEN) return false;
    throw error;
  }
}

export async function forgetHandled(tx: Tx, before: number): Promise<void> {
  await tx.handled.deleteMany({ where: { at: { lt: new Date(before) } } });
}

/** A person, or the whole host they are on. */
export async function isBlocked(read: ReadClient, personUri: string): Promise<boolean> {
  if ((await read.blocked.findUnique({ where: { personId: idOf(personUri) } })) !== null) return true;
  const host = hostOf(personUri);
  return host !== null && (await read.blockedHost.findUnique({ where: { host } })) !== null;
}

/** Ids of people, and hosts, that the owner wants nothing from. */
export type Blocked = { people: ReadonlySet<string>; hosts: ReadonlySet<string> };

export async function everybodyBlocked(read: ReadClient): Promise<Blocked> {
  const people = await read.blocked.findMany({ select: { personId: true } });
  const hosts = await read.blockedHost.findMany({ select: { host: true } });
  return {
    people: new Set(people.map(({ personId }) => personId)),
    hosts: new Set(hosts.map(({ host }) => host)),
  };
}

export async function isKnownPerson(read: ReadClient, uri: string): Promise<boolean> {
  const person = await read.person.findUnique({ where: { id: idOf(uri) }, select: { gone: true } });
  return person !== null && !person.gone;
}

/** Uri of the author of a post that is known here; null: unknown. */
export async function postAuthor(read: ReadClient, postUri: string): Promise<string | null> {
  const post = await read.post.findUnique({
    where: { id: idOf(postUri) },
    select: { author: { select: { uri: true } } },
  });
  return post?.author.uri ?? null;
}

/** Whether this is a post of somebody's that is known here and is not for everyone, or one of the owner's. */
export async function isOwnOrNarrow(read: ReadClient, ownerUri: string, uri: string): Promise<boolean> {
  const select = { reach: true, author: { select: { uri: true } } };
  const post = await read.post.findUnique({ where: { id: idOf(uri) }, select });
  return post !== null && (post.reach === "chosen" || post.author.uri === ownerUri);
}

/** Uri of a post that is known here; null: unknown. */
export async function postUri(read: ReadClient, id: string): Promise<string | null> {
  return (await read.post.findUnique({ where: { id }, select: { uri: true } }))?.uri ?? null;
}

/** Address of the posts that somebody puts first, as their profile says; null: unknown, or none. */
export async function featuredOf(read: ReadClient, personUri: string): Promise<string | null> {
  const where = { id: idOf(personUri) };
  const found = await read.person.findUnique({ where, select: { featuredUri: true } });
  return found === null || found.featuredUri === "" ? null : found.featuredUri;
}

export async function subscribesTo(read: ReadClient, ownerId: string, personUri: string): Promise<boolean> {
  return (await ownRequest(read, ownerId, personUri))?.state === "accepted";
}

export type Request = { personId: string; uri: string; state: string };

/** The owner's subscription to somebody. */
export async function ownRequest(
  read: ReadClient,
  ownerId: string,
  personUri: string,
): Promise<Request | null> {
  const personId = idOf(personUri);
  const found = await read.subscription.findUnique({
    where: { subscriberId_personId: { subscriberId: ownerId, personId } },
  });
  return found === null ? null : { personId, uri: found.uri, state: found.state };
}

/** Somebody's subscription to the owner. */
export async function requestBy(
  read: ReadClient,
  ownerId: string,
  personUri: string,
): Promise<Request | null> {
  const personId = idOf(personUri);
  const found = await read.subscription.findUnique({
    where: { subscriberId_personId: { subscriberId: personId, personId: ownerId } },
  });
  return found === null ? null : { personId, uri: found.uri, state: found.state };
}

/** True when the owner subscribes to somebody on this host. */
export async function subscribesAt(read: ReadClient, ownerId: string, host: string): Promise<boolean> {
  const found = await read.subscription.findFirst({
    where: { subscriberId: ownerId, state: "accepted", person: { host } },
    select: { personId: true },
  });
  return found !== null;
}

/** True when somebody on this host and the owner are friends, or subscribe to one another, one way at least. */
export async function hasTiesAt(read: ReadClient, ownerId: string, host: string): Promise<boolean> {
  const found = await read.subscription.findFirst({
    where: {
      state: "accepted",
      OR: [
        { subscriberId: ownerId, person: { host } },
        { personId: ownerId, subscriber: { host } },
      ],
    },
    select: { personId: true },
  });
  if (found !== null) return true;
  const where = { state: "friends", person: { host } };
  return (await read.friendship.findFirst({ where, select: { personId: true } })) !== null;
}

/** The ids of people on a host who subscribe to the owner and get what is for subscribers; at most so many. */
export async function subscribersAt(
  read: ReadClient,
  ownerId: string,
  host: string,
  limit: number,
): Promise<string[]> {
  const subscriber = { host, gone: false, blocked: { none: {} } };
  const rows = await read.subscription.findMany({
    where: { personId: ownerId, state: "accepted", subscriber },
    select: { subscriber: { select: { uri: true } } },
    take: limit,
  });
  return rows.map((row) => row.subscriber.uri);
}

/** What somebody wrote whom the owner has let in; null: nothing is left to take up. */
export async function knockLetIn(read: ReadClient, personId: string) {
  return read.knock.findFirst({ where: { personId, kind: "let-in" }, include: { person: true } });
}

export async function forgetKnock(tx: Tx, personId: string): Promise<void> {
  await tx.knock.deleteMany({ where: { personId } });
}

/** Whether an own post is for somebody by name. */
export async function isNamedInAPost(read: ReadClient, ownerId: string, personId: string): Promise<boolean> {
  const post = { authorId: ownerId, own: true, reach: { not: "me" } };
  const found = await read.addressee.findFirst({ where: { personId, post }, select: { postId: true } });
  return found !== null;
}

/** Where to reach a person; null: not known well enough to be written to. */
export async function contactOf(
  read: ReadClient,
  personId: string,
): Promise<{ uri: string; handle: string; inbox: string; host: string; followersUri: string } | null> {
  const found = await read.person.findUnique({
    where: { id: personId },
    select: { uri: true, handle: true, inbox: true, host: true, followersUri: true, gone: true },
  });
  return found === null || found.gone || found.inbox === "" ? null : found;
}

/** The ids of those of these people who are known here. */
export async function knownPeople(read: ReadClient, uris: string[]): Promise<string[]> {
  if (uris.length === 0) return [];
  const found = await read.person.findMany({
    where: { id: { in: uris.map((uri) => idOf(uri)) } },
    select: { id: true },
  });
  return found.map((person) => person.id);
}

/** Hosts that something waits for, longest first. */
export async function waitingHosts(read: ReadClient, now: number): Promise<string[]> {
  const rows = await read.job.findMany({
    where: { peer: { not: "" }, expiresAt: { gt: new Date(now) } },
    orderBy: { createdAt: "asc" },
    distinct: ["peer"],
    select: { peer: true },
    take: PROBED_MAX,
  });
  return rows.map((row) => row.peer);
}
