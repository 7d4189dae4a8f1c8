import type { ReadClient, Tx } from "../../store/tx.ts";

/**
 * Whether the two have anything to do with each other: a subscription, a friendship or the owner's question for one, a
 * welcome, a friend who introduced them, an audience they are in, or the owner spoke to them first.
 */
export async function hasTies(read: ReadClient, ownerId: string, personId: string): Promise<boolean> {
  const subscription = await read.subscription.findFirst({
    where: {
      OR: [
        { subscriberId: ownerId, personId },
        { subscriberId: personId, personId: ownerId, state: "accepted" },
      ],
    },
    select: { personId: true },
  });
  if (subscription !== null) return true;
  if ((await read.welcome.findUnique({ where: { personId } })) !== null) return true;
  if (await isFriendOrIntroduced(read, personId)) return true;
  if ((await read.audienceMember.findFirst({ where: { personId }, select: { personId: true } })) !== null)
    return true;
  const spokenTo = await read.addressee.findFirst({
    where: { personId, post: { own: true } },
    select: { postId: true },
  });
  if (spokenTo !== null) return true;
  const written = await read.message.findFirst({ where: { personId, own: true }, select: { id: true } });
  return written !== null;
}

async function isFriendOrIntroduced(read: ReadClient, personId: string): Promise<boolean> {
  const bond = await read.friendship.findUnique({ where: { personId }, select: { state: true } });
  if (bond?.state === "asked" || bond?.state === "friends") return true;
  const where = { personId, toId: "" };
  return (await read.introduction.findFirst({ where, select: { byId: true } })) !== null;
}

export async function knockRow(read: ReadClient, personId: string) {
  return read.knock.findUnique({ where: { personId } });
}

export async function hasAsked(read: ReadClient, ownerId: string, personId: string): Promise<boolean> {
  const row = await read.subscription.findUnique({
    where: { subscriberId_personId: { subscriberId: personId, personId: ownerId } },
  });
  return row?.state === "asked";
}

/** Whether they ask to be friends. */
export async function hasOffered(read: ReadClient, personId: string): Promise<boolean> {
  return (await read.friendship.findFirst({ where: { personId, state: "offered" } })) !== null;
}

const offering = { friendship: { some: { state: "offered" } } };
const asking = (ownerId: string) => ({ subscribedTo: { some: { personId: ownerId, state: "asked" } } });
const knocking = { knocks: { some: { kind: "post" } } };

/** People, each counted once, whatever they want. */
export async function countWaiting(read: ReadClient, ownerId: string, most: number): Promise<number> {
  return read.person.count({ where: { OR: [asking(ownerId), offering, knocking] }, take: most });
}

/** Whom a page shows: the longest known last, as in all lists of people. */
export function waitingWhere(ownerId: string) {
  return { OR: [asking(ownerId), offering, knocking] };
}

export async function waitingIds(read: ReadClient, ownerId: string, most: number): Promise<string[]> {
  const rows = await read.person.findMany({
    where: waitingWhere(ownerId),
    orderBy: { sortKey: "asc" },
    select: { id: true },
    take: most,
  });
  return rows.map(({ id }) => id);
}

export async function knocksOf(read: ReadClient, personIds: string[]) {
  return read.knock.findMany({ where: { personId: { in: personIds }, kind: "post" } });
}

export async function askedAt(
  read: ReadClient,
  ownerId: string,
  personIds: string[],
): Promise<Map<string, number>> {
  const rows = await read.subscription.findMany({
    where: { personId: ownerId, state: "asked", subscriberId: { in: personIds } },
    select: { subscriberId: true, askedAt: true },
  });
  return new Map(rows.map((row) => [row.subscriberId, row.askedAt.getTime()]));
}

export async function insertKnock(
  tx: Tx,
  data: { personId: string; activity: string; words: string },
  now: number,
): Promise<void> {
  await tx.knock.create({ data: { ...data, kind: "post", at: new Date(now) } });
}

export async function markLetIn(tx: Tx, personId: string): Promise<boolean> {
  const { count } = await tx.knock.updateMany({
    where: { personId, kind: "post" },
    data: { kind: "let-in" },
  });
  return count > 0;
}

export async function dropKnock(tx: Tx, personId: string): Promise<boolean> {
  return (await tx.knock.deleteMany({ where: { personId } })).count > 0;
}

export async function dropKnocksAt(tx: Tx, host: string): Promise<void> {
  await tx.knock.deleteMany({ where: { person: { host } } });
}

export async function addWelcome(tx: Tx, personId: string, now: number): Promise<void> {
  await tx.welcome.upsert({ where: { personId }, create: { personId, at: new Date(now) }, update: {} });
}

/** Whoever was let in since then is not any more. */
export async function dropWelcomeSince(tx: Tx, personId: string, since: Date): Promise<void> {
  await tx.welcome.deleteMany({ where: { personId, at: { gte: since } } });
}
