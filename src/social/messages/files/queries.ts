import type { Prisma } from "../../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../../store/tx.ts";
import { markDropped } from "../../media/queries.ts";
import { slices } from "../../slices.ts";

export type MessageFileRow = Prisma.MessageFileModel;

export async function fileRow(read: ReadClient, id: string): Promise<MessageFileRow | null> {
  return read.messageFile.findUnique({ where: { id } });
}

/** In the order they were given. */
export async function filesOf(read: ReadClient, messageIds: string[]): Promise<MessageFileRow[]> {
  if (messageIds.length === 0) return [];
  return read.messageFile.findMany({ where: { messageId: { in: messageIds } }, orderBy: { place: "asc" } });
}

export async function insertFile(tx: Tx, data: Prisma.MessageFileUncheckedCreateInput): Promise<void> {
  await tx.messageFile.create({ data });
}

type Changes = Partial<Pick<MessageFileRow, "mediaId" | "type" | "state" | "why" | "received">>;

/** False: it is gone, or in another state by now. */
export async function changeFile(
  tx: Tx,
  where: { id: string; states?: string[] },
  data: Changes,
): Promise<boolean> {
  const { id, states } = where;
  const only = { id, ...(states === undefined ? {} : { state: { in: states } }) };
  return (await tx.messageFile.updateMany({ where: only, data })).count === 1;
}

/** With what of them is on the disk. */
export async function dropFilesOf(tx: Tx, messageIds: string[]): Promise<void> {
  for (const some of slices(messageIds)) {
    const rows = await filesOf(tx, some);
    if (rows.length === 0) continue;
    await markDropped(
      tx,
      rows.map(({ mediaId }) => mediaId),
    );
    await tx.messageFile.deleteMany({ where: { messageId: { in: some } } });
  }
}

/** A file with whom its message is between. `origin`: of the other one's device. */
const withPerson = { message: { select: { personId: true, person: { select: { uri: true } } } } } as const;

export type ComingFile = MessageFileRow & { personId: string; origin: string };

const wanted = { state: "coming", own: false } as const;
const notBlocked = { person: { blocked: { none: {} } } } as const;

/** Files of others that are to be fetched, the smallest first; none of these people, and of nobody who is blocked. */
export async function comingFiles(
  read: ReadClient,
  except: readonly string[],
  limit: number,
): Promise<ComingFile[]> {
  const rows = await read.messageFile.findMany({
    where: { ...wanted, message: { personId: { notIn: [...except] }, ...notBlocked } },
    include: withPerson,
    orderBy: { bytes: "asc" },
    take: limit,
  });
  return rows.flatMap(({ message: { personId, person }, ...row }) => {
    const origin = URL.parse(person.uri)?.origin;
    return origin === undefined ? [] : [{ ...row, personId, origin }];
  });
}

/** Of these, the ids that are still wanted, of people who are not blocked. */
export async function comingAmong(read: ReadClient, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const where = { ...wanted, id: { in: ids }, message: notBlocked };
  const rows = await read.messageFile.findMany({ where, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** A file of the owner's by the name it has on the way, and for whom it is. */
export async function ownFileByWire(
  read: ReadClient,
  wireId: string,
): Promise<(MessageFileRow & { personId: string }) | null> {
  const found = await read.messageFile.findFirst({ where: { wireId, own: true }, include: withPerson });
  if (found === null) return null;
  const { message, ...row } = found;
  return { ...row, personId: message.personId };
}

/** Small files of one person that are here or coming, of messages that came since then. */
export async function cameByThemselves(
  read: ReadClient,
  personId: string,
  { since, most }: { since: number; most: number },
): Promise<{ count: number; bytes: number }> {
  const { _count, _sum } = await read.messageFile.aggregate({
    where: {
      ...{ own: false, state: { in: ["coming", "here"] }, bytes: { lte: most } },
      message: { personId, receivedAt: { gt: new Date(since) } },
    },
    _count: { _all: true },
    _sum: { bytes: true },
  });
  return { count: _count._all, bytes: _sum.bytes ?? 0 };
}

/** Files that were taken in and are in nothing yet. */
export async function waitingFiles(read: ReadClient, ids: string[]) {
  return read.media.findMany({ where: { id: { in: ids }, purpose: "waiting" } });
}

export async function giveToMessage(tx: Tx, mediaIds: string[]): Promise<void> {
  await tx.media.updateMany({ where: { id: { in: mediaIds } }, data: { purpose: "message" } });
}

/** What is known of a file once all of it is here. */
export async function changeMedia(tx: Tx, id: string, data: { bytes: number; type: string }): Promise<void> {
  await tx.media.updateMany({ where: { id }, data });
}

/** A file of somebody's message to the owner; null: there is none of that id in what is between the two. */
export async function fileWith(
  read: ReadClient,
  id: string,
  personId: string,
): Promise<MessageFileRow | null> {
  return read.messageFile.findFirst({ where: { id, own: false, message: { personId } } });
}
