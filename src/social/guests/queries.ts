import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { slices } from "../slices.ts";
import type { Opened } from "./guest.ts";

const NOT_ENDED = new Date(0);

type NewGuest = { id: string; uri: string; sortKey: string; name: string; hash: string };

/** A person without an address, and beside it what makes them a guest. */
export async function insertGuest(
  tx: Tx,
  { id, uri, sortKey, name, hash }: NewGuest,
  now: number,
): Promise<void> {
  const at = new Date(now);
  await tx.person.create({ data: { id, uri, sortKey, name, seenAt: at } });
  await tx.guest.create({ data: { id, hash, createdAt: at } });
}

export async function guestRow(read: ReadClient, id: string) {
  return read.guest.findUnique({ where: { id }, include: { person: true } });
}

/** The guest whose link has a secret of this hash, and is good; "" when there is none. */
export async function guestByHash(read: ReadClient, hash: string): Promise<string> {
  const row = await read.guest.findFirst({ where: { hash, endedAt: NOT_ENDED }, select: { id: true } });
  return row?.id ?? "";
}

export async function liveGuests(read: ReadClient): Promise<number> {
  return read.guest.count({ where: { endedAt: NOT_ENDED } });
}

/** Of these people, the guests, and whether their link is good. */
export async function guestsAmong(
  read: ReadClient,
  personIds: readonly string[],
): Promise<Map<string, { ended: boolean }>> {
  const found = new Map<string, { ended: boolean }>();
  for (const some of slices(personIds)) {
    const rows = await read.guest.findMany({ where: { id: { in: some } } });
    for (const { id, endedAt } of rows) found.set(id, { ended: endedAt.getTime() > 0 });
  }
  return found;
}

/** One row more than fits, in the order of the page. */
export async function guestRows(
  read: ReadClient,
  where: Prisma.PersonWhereInput,
  order: "asc" | "desc",
  take: number,
) {
  return read.guest.findMany({
    where: { person: where },
    orderBy: { person: { sortKey: order } },
    include: { person: true },
    take,
  });
}

export async function setName(tx: Tx, id: string, name: string): Promise<void> {
  await tx.person.update({ where: { id }, data: { name } });
}

export async function setLink(tx: Tx, id: string, hash: string): Promise<void> {
  await tx.guest.update({ where: { id }, data: { hash, endedAt: NOT_ENDED } });
  await tx.person.update({ where: { id }, data: { gone: false } });
}

export async function closeLink(tx: Tx, id: string, now: number): Promise<void> {
  await tx.guest.update({ where: { id }, data: { hash: "", endedAt: new Date(now) } });
  await tx.person.update({ where: { id }, data: { gone: true } });
}

export async function hasVisit(
  read: ReadClient,
  guestId: string,
  opened: Opened,
  since: number,
): Promise<boolean> {
  const where = { guestId, ...opened, at: { gte: new Date(since) } };
  return (await read.guestVisit.findFirst({ where, select: { id: true } })) !== null;
}

export async function insertVisit(
  tx: Tx,
  visit: Opened & { id: string; guestId: string },
  now: number,
): Promise<void> {
  await tx.guestVisit.create({ data: { ...visit, at: new Date(now) } });
}

/** The oldest go, so that at most this many are left. */
export async function dropOldVisits(tx: Tx, guestId: string, left: number): Promise<void> {
  const rows = await tx.guestVisit.findMany({
    where: { guestId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    skip: left,
    select: { id: true },
  });
  await tx.guestVisit.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
}

/** The latest first. */
export async function visitRows(read: ReadClient, guestId: string, take: number) {
  return read.guestVisit.findMany({ where: { guestId }, orderBy: [{ at: "desc" }, { id: "desc" }], take });
}
