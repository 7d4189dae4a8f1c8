import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import {
  type Bond,
  type FriendState,
  type FriendView,
  isConfirmed,
  type Role,
  roleOf,
} from "./friendship.ts";

type Row = Prisma.FriendshipModel;

/** `words`: of the owner while asked, theirs while offered. */
export async function bondWith(read: ReadClient, personId: string): Promise<(Bond & FriendView) | null> {
  const row = await read.friendship.findUnique({ where: { personId } });
  return row === null ? null : bondOf(row);
}

function bondOf(row: Row): Bond & FriendView {
  const { uri, theirUri, words } = row;
  const bond = { state: stateOf(row.state), uri, theirUri };
  const view = { words, confirmed: isConfirmed(bond), role: roleOf(row.role) ?? "reader" };
  return { ...bond, ...view, at: row.at.getTime() };
}

/** What a newer version wrote is nothing agreed. */
function stateOf(text: string): FriendState {
  return text === "asked" || text === "friends" ? text : "offered";
}

export async function saveBond(
  tx: Tx,
  personId: string,
  bond: Bond,
  more: { words?: string; at?: number },
  now: number,
): Promise<void> {
  const { state, uri, theirUri } = bond;
  const words = more.words === undefined ? {} : { words: more.words };
  const data = { state, uri, theirUri, ...words, at: new Date(more.at ?? now) };
  await tx.friendship.upsert({ where: { personId }, create: { personId, ...data }, update: data });
}

export async function dropBond(tx: Tx, personId: string): Promise<void> {
  await tx.friendship.deleteMany({ where: { personId } });
}

export async function setRole(tx: Tx, personId: string, role: Role): Promise<void> {
  await tx.friendship.updateMany({ where: { personId }, data: { role } });
}

/** Of these people, how each stands to the owner. */
export async function friendsAmong(read: ReadClient, ids: string[]): Promise<Map<string, FriendView>> {
  const rows = await read.friendship.findMany({ where: { personId: { in: ids } } });
  return new Map(
    rows.map((row) => {
      const { state, role, words, confirmed, at } = bondOf(row);
      return [row.personId, { state, role, words, confirmed, at }];
    }),
  );
}

export async function isFriend(read: ReadClient, personId: string): Promise<boolean> {
  return (await bondWith(read, personId))?.state === "friends";
}

/** What was said when somebody was introduced to the owner; the latest first. */
export async function introductionsOf(
  read: ReadClient,
  personId: string,
  most: number,
): Promise<{ byId: string; name: string; words: string }[]> {
  const rows = await read.introduction.findMany({
    where: { personId, toId: "" },
    orderBy: { at: "desc" },
    take: most,
    select: { byId: true, words: true, by: { select: { name: true, handle: true } } },
  });
  return rows.map(({ byId, words, by }) => ({ byId, words, name: by.name || by.handle }));
}

export async function countIntroductions(read: ReadClient, byId: string): Promise<number> {
  return read.introduction.count({ where: { byId, toId: "" } });
}

type Introduction = { personId: string; byId: string; toId: string };

export async function introductionRow(read: ReadClient, key: Introduction) {
  return read.introduction.findUnique({ where: { personId_byId_toId: key } });
}

export async function saveIntroduction(tx: Tx, key: Introduction, words: string, now: number): Promise<void> {
  const data = { words, at: new Date(now) };
  await tx.introduction.upsert({
    where: { personId_byId_toId: key },
    create: { ...key, ...data },
    update: data,
  });
}

export async function dropIntroduction(tx: Tx, key: Partial<Introduction>): Promise<void> {
  await tx.introduction.deleteMany({ where: key });
}

/** Nothing is left of what was between the owner and somebody, nor of whom they introduced or who introduced them. */
export async function forgetFriendship(tx: Tx, personId: string): Promise<void> {
  await dropBond(tx, personId);
  await tx.introduction.deleteMany({ where: { OR: [{ personId }, { byId: personId }, { toId: personId }] } });
}
