import { sortKeyOf } from "../../lib/ids.ts";
import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { dropFilesOf } from "./files/queries.ts";

export type MessageRow = Prisma.MessageModel;
export type ChangeRow = Prisma.MessageChangeModel;
export type ConversationRow = Prisma.ConversationModel;

const NEVER = new Date(0);

export async function conversationRow(read: ReadClient, personId: string): Promise<ConversationRow | null> {
  return read.conversation.findUnique({ where: { personId } });
}

export async function changeConversation(
  tx: Tx,
  personId: string,
  data: Partial<Omit<ConversationRow, "personId">>,
): Promise<void> {
  await tx.conversation.upsert({ where: { personId }, create: { personId, ...data }, update: data });
}

/** Its place in the list is that of the latest in it. `at`: milliseconds. */
export async function raiseConversation(tx: Tx, personId: string, at: number): Promise<void> {
  const sortKey = sortKeyOf(at, personId);
  if (sortKey > ((await conversationRow(tx, personId))?.sortKey ?? ""))
    await changeConversation(tx, personId, { sortKey });
}

export async function conversationRows(
  read: ReadClient,
  where: { before?: string; after?: string },
  limit: number,
): Promise<ConversationRow[]> {
  const { before, after } = where;
  const sortKey = {
    not: "",
    ...(before === undefined ? {} : { lt: before }),
    ...(after === undefined ? {} : { gt: after }),
  };
  const order = after !== undefined && before === undefined ? "asc" : "desc";
  return read.conversation.findMany({ where: { sortKey }, orderBy: { sortKey: order }, take: limit });
}

export async function messageRow(read: ReadClient, id: string): Promise<MessageRow | null> {
  return read.message.findUnique({ where: { id } });
}

export async function insertMessage(tx: Tx, data: Prisma.MessageUncheckedCreateInput): Promise<void> {
  await tx.message.create({ data });
}

export async function changeMessage(
  tx: Tx,
  id: string,
  data: Partial<Omit<MessageRow, "id" | "personId">>,
): Promise<void> {
  await tx.message.updateMany({ where: { id }, data });
}

const there = (now: number) => ({ OR: [{ vanishAt: NEVER }, { vanishAt: { gt: new Date(now) } }] });

export async function messageRows(
  read: ReadClient,
  where: { personId?: string; words?: string; before?: string; after?: string; now: number },
  limit: number,
): Promise<MessageRow[]> {
  const { personId, words, before, after, now } = where;
  const sortKey = {
    ...(before === undefined ? {} : { lt: before }),
    ...(after === undefined ? {} : { gt: after }),
  };
  return read.message.findMany({
    where: {
      ...(personId === undefined ? {} : { personId }),
      ...(words === undefined ? {} : { text: { contains: words }, kind: "text" }),
      sortKey,
      ...there(now),
    },
    orderBy: { sortKey: after !== undefined && before === undefined ? "asc" : "desc" },
    take: limit,
  });
}

export async function messagesByIds(read: ReadClient, ids: string[], now: number): Promise<MessageRow[]> {
  return read.message.findMany({ where: { id: { in: ids }, ...there(now) } });
}

/** The latest of each of these people's conversations. */
export async function latestRows(read: ReadClient, personIds: string[], now: number): Promise<MessageRow[]> {
  const rows = await Promise.all(
    personIds.map((personId) =>
      read.message.findFirst({ where: { personId, ...there(now) }, orderBy: { sortKey: "desc" } }),
    ),
  );
  return rows.filter((row) => row !== null);
}

const unread = (now: number) => ({
  own: false,
  kind: { in: ["text", "lost"] },
  readAt: NEVER,
  ...there(now),
});

export async function unreadRows(read: ReadClient, personId: string, limit: number): Promise<MessageRow[]> {
  return read.message.findMany({
    where: { personId, ...unread(0) },
    orderBy: { sortKey: "asc" },
    take: limit,
  });
}

export async function unreadByPerson(
  read: ReadClient,
  personIds: string[] | null,
): Promise<Map<string, number>> {
  const rows = await read.message.groupBy({
    by: ["personId"],
    where: { ...unread(0), ...(personIds === null ? {} : { personId: { in: personIds } }) },
    _count: { _all: true },
  });
  return new Map(rows.map((row) => [row.personId, row._count._all]));
}

export async function changesOf(read: ReadClient, messageIds: string[]): Promise<ChangeRow[]> {
  return read.messageChange.findMany({ where: { messageId: { in: messageIds } }, orderBy: { at: "asc" } });
}

/** Whether anything of theirs came. */
export async function hasWritten(read: ReadClient, personId: string): Promise<boolean> {
  return (await read.message.findFirst({ where: { personId, own: false }, select: { id: true } })) !== null;
}

type ChangeKey = { messageId: string; own: boolean; kind: string; emoji: string };

export async function changeRow(read: ReadClient, key: ChangeKey): Promise<ChangeRow | null> {
  return read.messageChange.findUnique({ where: { messageId_own_kind_emoji: key } });
}

export async function putChange(
  tx: Tx,
  key: ChangeKey,
  data: { personId: string; text: string; on: boolean; at: Date; letterId: string },
): Promise<void> {
  await tx.messageChange.upsert({
    where: { messageId_own_kind_emoji: key },
    create: { ...key, ...data },
    update: data,
  });
}

/** `but`: the kind of change that stays. */
export async function dropChanges(tx: Tx, messageIds: string[], but = ""): Promise<void> {
  await tx.messageChange.deleteMany({ where: { messageId: { in: messageIds }, kind: { not: but } } });
}

export async function dropMessages(tx: Tx, ids: string[]): Promise<void> {
  await dropChanges(tx, ids);
  await dropFilesOf(tx, ids);
  await tx.message.deleteMany({ where: { id: { in: ids } } });
}

export async function someMessageIds(read: ReadClient, personId: string, limit: number): Promise<string[]> {
  const rows = await read.message.findMany({ where: { personId }, select: { id: true }, take: limit });
  return rows.map(({ id }) => id);
}

/** What somebody signed with a key that the owner has looked at by now. */
export async function trustWords(tx: Tx, personId: string, signedBy: string): Promise<void> {
  const where = { personId, own: false, form: "letter", kind: "text", signedBy, why: "other" };
  await tx.message.updateMany({ where, data: { why: "" } });
}

/** Of messages whose time is over; `arrivedBefore`: or that are older than the owner keeps any. */
export async function overdueIds(
  read: ReadClient,
  o: { now: number; arrivedBefore: number; limit: number },
): Promise<string[]> {
  const rows = await read.message.findMany({
    where: {
      OR: [
        { vanishAt: { gt: NEVER, lte: new Date(o.now) } },
        { receivedAt: { lt: new Date(o.arrivedBefore) } },
      ],
    },
    select: { id: true },
    take: o.limit,
  });
  return rows.map(({ id }) => id);
}
