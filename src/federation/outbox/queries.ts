import { idOf } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";

/** When something was last so on this device, milliseconds since 1970; null: never. */
export async function momentOf(read: ReadClient, name: string): Promise<number | null> {
  return (await read.moment.findUnique({ where: { name } }))?.at.getTime() ?? null;
}

export async function momentsNamed(
  read: ReadClient,
  prefix: string,
): Promise<{ name: string; at: number }[]> {
  const rows = await read.moment.findMany({ where: { name: { startsWith: prefix } } });
  return rows.map(({ name, at }) => ({ name, at: at.getTime() }));
}

export async function setMoment(tx: Tx, name: string, now: number): Promise<void> {
  const data = { at: new Date(now) };
  await tx.moment.upsert({ where: { name }, create: { name, ...data }, update: data });
}

export async function removeMoment(tx: Tx, name: string): Promise<void> {
  await tx.moment.deleteMany({ where: { name } });
}

export async function removeMomentsBefore(tx: Tx, prefix: string, time: number): Promise<void> {
  await tx.moment.deleteMany({ where: { name: { startsWith: prefix }, at: { lt: new Date(time) } } });
}

export async function personByInbox(
  read: ReadClient,
  inbox: string,
): Promise<{ id: string; uri: string } | null> {
  return read.person.findFirst({ where: { inbox, gone: false }, select: { id: true, uri: true } });
}

/** Nothing is sent there any more, until they are heard of again. What they wrote stays. */
export async function markGone(tx: Tx, id: string): Promise<void> {
  await tx.person.update({ where: { id }, data: { gone: true } });
}

const reachable = { gone: false, blocked: { none: {} } };

/** Somebody at each host that the owner has to do with. */
export async function onePersonPerHost(read: ReadClient, ownerId: string): Promise<string[]> {
  const tied = [
    { subscribedTo: { some: { personId: ownerId, state: "accepted" } } },
    { subscribers: { some: { subscriberId: ownerId, state: "accepted" } } },
    { friendship: { some: { state: "friends" } } },
  ];
  const people = await read.person.findMany({
    where: { ...reachable, inbox: { not: "" }, OR: tied },
    select: { id: true },
    distinct: ["host"],
    orderBy: { host: "asc" },
  });
  return people.map(({ id }) => id);
}

/** People the owner subscribes to whose outbox is known and not about to be read already. */
export async function readableOutboxes(
  read: ReadClient,
  ownerId: string,
): Promise<{ id: string; host: string }[]> {
  const people = await read.person.findMany({
    where: {
      ...reachable,
      outboxUri: { not: "" },
      subscribers: { some: { subscriberId: ownerId, state: "accepted" } },
    },
    select: { id: true, host: true },
  });
  const waiting = await read.job.findMany({ where: { kind: "catch-up" }, select: { about: true } });
  const asked = new Set(waiting.map(({ about }) => String(JSON.parse(about).personId)));
  return people.filter(({ id }) => !asked.has(id));
}

/** A job just written is not to be tried before this time. */
export async function postponeNew(tx: Tx, jobId: string, at: number): Promise<void> {
  await tx.jobTry.create({ data: { jobId, nextAt: new Date(at) } });
}

/** `readAt`: when all that was missed in it was read the last time; null: never. */
export type Outbox = {
  uri: string;
  host: string;
  followersUri: string;
  outboxUri: string;
  readAt: number | null;
};

export async function outboxOf(read: ReadClient, personId: string): Promise<Outbox | null> {
  const found = await read.person.findUnique({
    where: { id: personId },
    select: { uri: true, host: true, followersUri: true, outboxUri: true, gone: true },
  });
  if (found === null || found.gone || found.outboxUri === "") return null;
  const row = await read.outboxRead.findUnique({ where: { personId } });
  return { ...found, readAt: row?.at.getTime() ?? null };
}

export async function setOutboxRead(tx: Tx, personId: string, now: number): Promise<void> {
  const data = { at: new Date(now) };
  await tx.outboxRead.upsert({ where: { personId }, create: { personId, ...data }, update: data });
}

/** When a post or boost that is here was published, milliseconds since 1970; null: it is not here. */
export async function saidHere(read: ReadClient, uri: string): Promise<number | null> {
  const row = await read.post.findUnique({ where: { id: idOf(uri) }, select: { publishedAt: true } });
  return row?.publishedAt.getTime() ?? null;
}

/** A verified request came from this host. */
export async function noteHeard(tx: Tx, host: string, now: number): Promise<void> {
  const data = { heardAt: new Date(now) };
  await tx.peer.upsert({ where: { host }, create: { host, ...data }, update: data });
}
