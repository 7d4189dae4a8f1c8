import type { ReadClient, Tx } from "../../store/tx.ts";
import type { Recipient } from "../deliveries/deliver.ts";
import { type Role, roleOf } from "../friends/friendship.ts";
import { slices } from "../slices.ts";

/** What the owner has to do with people: who subscribes, who is a friend and what kind of, and who is in which audience. */
export type TiesAmong = {
  subscribers: ReadonlySet<string>;
  roles: ReadonlyMap<string, Role>;
  audiences: ReadonlyMap<string, readonly string[]>;
};

export async function tiesAmong(
  read: ReadClient,
  ownerId: string,
  personIds: readonly string[],
): Promise<TiesAmong> {
  const subscribers = new Set<string>();
  const roles = new Map<string, Role>();
  const audiences = new Map<string, string[]>();
  for (const some of slices(personIds)) {
    const people = { in: some };
    const accepted = { personId: ownerId, subscriberId: people, state: "accepted" };
    const rows = await read.subscription.findMany({ where: accepted, select: { subscriberId: true } });
    for (const { subscriberId } of rows) subscribers.add(subscriberId);
    const friends = { personId: people, state: "friends" };
    for (const { personId, role } of await read.friendship.findMany({ where: friends })) {
      roles.set(personId, roleOf(role) ?? "reader");
    }
    for (const { personId, audienceId } of await read.audienceMember.findMany({
      where: { personId: people },
    })) {
      audiences.set(personId, [...(audiences.get(personId) ?? []), audienceId]);
    }
  }
  return { subscribers, roles, audiences };
}

/** Roles that cannot be told give least. */
const writable = { gone: false, blocked: { none: {} } };

/** Friends who may be written to. */
export async function friendIds(read: ReadClient): Promise<Recipient[]> {
  const rows = await read.friendship.findMany({
    where: { state: "friends", person: writable },
    select: { person: { select: { id: true, host: true } } },
  });
  return rows.map(({ person }) => person);
}

/** People in any of these audiences who may be written to. */
export async function membersOf(read: ReadClient, audienceIds: readonly string[]): Promise<Recipient[]> {
  if (audienceIds.length === 0) return [];
  const rows = await read.audienceMember.findMany({
    where: { audienceId: { in: [...audienceIds] }, person: writable },
    select: { person: { select: { id: true, host: true } } },
    distinct: ["personId"],
  });
  return rows.map(({ person }) => person);
}

export async function countFriends(read: ReadClient): Promise<number> {
  return read.friendship.count({ where: { state: "friends", person: writable } });
}

/** Whoever is in two of them is counted twice. */
export async function countMembers(read: ReadClient, audienceIds: readonly string[]): Promise<number> {
  if (audienceIds.length === 0) return 0;
  return read.audienceMember.count({ where: { audienceId: { in: [...audienceIds] }, person: writable } });
}

/** Whether each of these ids is an audience's or a person's. */
export async function allThere(read: ReadClient, ids: readonly string[]): Promise<boolean> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return true;
  const where = { id: { in: wanted } };
  return (await read.audience.count({ where })) + (await read.person.count({ where })) === wanted.length;
}

export async function insertAudience(tx: Tx, id: string, name: string, now: number): Promise<void> {
  await tx.audience.create({ data: { id, name, createdAt: new Date(now) } });
}

export async function renameAudience(tx: Tx, id: string, name: string): Promise<void> {
  await tx.audience.update({ where: { id }, data: { name } });
}

export async function deleteAudience(tx: Tx, id: string): Promise<void> {
  await tx.audience.delete({ where: { id } });
}

export async function audienceRows(read: ReadClient) {
  return read.audience.findMany({
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: { _count: { select: { members: true } } },
  });
}

export async function audienceRow(read: ReadClient, id: string) {
  return read.audience.findUnique({ where: { id }, include: { _count: { select: { members: true } } } });
}

export async function addMembers(
  tx: Tx,
  audienceId: string,
  personIds: string[],
  now: number,
): Promise<void> {
  for (const personId of personIds) {
    const key = { audienceId, personId };
    const at = new Date(now);
    await tx.audienceMember.upsert({
      where: { audienceId_personId: key },
      create: { ...key, at },
      update: {},
    });
  }
}

export async function dropMember(tx: Tx, audienceId: string, personId: string): Promise<boolean> {
  return (await tx.audienceMember.deleteMany({ where: { audienceId, personId } })).count > 0;
}

/** Ids of everybody in an audience, gone or blocked ones too. */
export async function memberIds(read: ReadClient, audienceId: string): Promise<string[]> {
  const rows = await read.audienceMember.findMany({ where: { audienceId }, select: { personId: true } });
  return rows.map(({ personId }) => personId);
}

/** Own posts that an audience is named in, for or against. */
export async function postsWithAudience(read: ReadClient, audienceId: string) {
  const contains = audienceId;
  return read.post.findMany({
    where: {
      own: true,
      OR: [{ audiences: { contains } }, { without: { contains } }, { answerable: { contains } }],
    },
    select: { id: true, audiences: true, without: true, answerable: true },
  });
}

/** Of these ids, those of people known here. */
export async function knownAmong(read: ReadClient, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const some of slices(ids)) {
    const rows = await read.person.findMany({
      where: { id: { in: some }, gone: false },
      select: { id: true },
    });
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

/** Ids of people by their "handle@host". */
export async function idsByAddress(
  read: ReadClient,
  addresses: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of slices([...new Set(addresses)])) {
    const where = { address: { in: some }, gone: false };
    for (const { id, address } of await read.person.findMany({ where })) found.set(address, id);
  }
  return found;
}

export function memberWhere(audienceId: string) {
  return { gone: false, memberships: { some: { audienceId } } };
}

export async function audiencesWith(read: ReadClient, personId: string): Promise<string[]> {
  const rows = await read.audienceMember.findMany({ where: { personId }, select: { audienceId: true } });
  return rows.map(({ audienceId }) => audienceId);
}

/** People outside an audience who are in most others together with its members; ids. */
export async function oftenWith(read: ReadClient, audienceId: string, most: number): Promise<string[]> {
  const inside = { members: { some: { person: { memberships: { some: { audienceId } } } } } };
  const rows = await read.audienceMember.groupBy({
    by: ["personId"],
    where: {
      audienceId: { not: audienceId },
      audience: inside,
      person: { ...writable, memberships: { none: { audienceId } } },
    },
    _count: true,
    orderBy: { _count: { personId: "desc" } },
    take: most,
  });
  return rows.map(({ personId }) => personId);
}

/** A choice that is kept somewhere else than at a post. */
export type Keeping = { at: "field" | "setting"; id: string; choice: string };

/** Those that name an audience. Settings that hold a choice have keys that begin with "seen.". */
export async function keepingChoices(read: ReadClient, audienceId: string): Promise<Keeping[]> {
  const contains = audienceId;
  const fields = await read.profileField.findMany({ where: { seen: { contains } } });
  const settings = await read.setting.findMany({
    where: { key: { startsWith: "seen." }, value: { contains } },
  });
  return [
    ...fields.map(({ id, seen }): Keeping => ({ at: "field", id, choice: seen })),
    ...settings.map(({ key, value }): Keeping => ({ at: "setting", id: key, choice: value })),
  ];
}

export async function rewriteChoice(tx: Tx, { at, id }: Keeping, choice: string): Promise<void> {
  if (at === "field") await tx.profileField.update({ where: { id }, data: { seen: choice } });
  else await tx.setting.update({ where: { key: id }, data: { value: choice } });
}

export async function namesById(read: ReadClient, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const some of slices(ids)) {
    const where = { id: { in: some } };
    const people = await read.person.findMany({ where, select: { id: true, name: true, handle: true } });
    for (const { id, name, handle } of people) names.set(id, name === "" ? handle : name);
    for (const { id, name } of await read.audience.findMany({ where })) names.set(id, name);
  }
  return names;
}
