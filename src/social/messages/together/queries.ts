import type { Prisma } from "../../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../../store/tx.ts";

export type TogetherRow = Prisma.TogetherModel;

export async function insertTogether(tx: Tx, data: Prisma.TogetherUncheckedCreateInput): Promise<void> {
  await tx.together.create({ data });
}

/** null: there is none such, or its time is over. */
export async function togetherRow(read: ReadClient, token: string, now: number): Promise<TogetherRow | null> {
  return read.together.findFirst({ where: { id: token, until: { gt: new Date(now) } } });
}

/** Whatever became of it. */
export async function rowOf(read: ReadClient, token: string): Promise<TogetherRow | null> {
  return read.together.findUnique({ where: { id: token } });
}

/** What the owner shows, and whoever took it; the newest first. */
export async function shownRow(read: ReadClient, now: number): Promise<TogetherRow | null> {
  return read.together.findFirst({
    where: { own: true, state: { not: "refused" }, until: { gt: new Date(now) } },
    orderBy: { at: "desc" },
  });
}

/** What the owner took from another's screen. */
export async function takenRow(read: ReadClient, personId: string, now: number): Promise<TogetherRow | null> {
  return read.together.findFirst({
    where: { own: false, personId, until: { gt: new Date(now) } },
    orderBy: { at: "desc" },
  });
}

export async function changeTogether(
  tx: Tx,
  token: string,
  data: Partial<Omit<TogetherRow, "id">>,
): Promise<void> {
  await tx.together.updateMany({ where: { id: token }, data });
}

export async function isAnyOver(read: ReadClient, now: number): Promise<boolean> {
  const where = { until: { lte: new Date(now) } };
  return (await read.together.findFirst({ where, select: { id: true } })) !== null;
}

/** Codes of the owner's by which somebody came who was not confirmed; `overBy`: those whose time is over by then. */
export async function unconfirmed(read: ReadClient, overBy?: number): Promise<TogetherRow[]> {
  const over = overBy === undefined ? {} : { until: { lte: new Date(overBy) } };
  return read.together.findMany({
    where: { own: true, personId: { not: "" }, state: { not: "done" }, ...over },
  });
}

export async function dropOver(tx: Tx, now: number): Promise<void> {
  await tx.together.deleteMany({ where: { until: { lte: new Date(now) } } });
}

/** What the owner shows, or showed. */
export async function dropShown(tx: Tx): Promise<void> {
  await tx.together.deleteMany({ where: { own: true } });
}

export async function dropTaken(tx: Tx, personId: string): Promise<void> {
  await tx.together.deleteMany({ where: { own: false, personId } });
}
