import type { Prisma } from "../../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../../store/tx.ts";

export type LetterRow = Prisma.LetterModel;

export async function letterRow(read: ReadClient, id: string): Promise<LetterRow | null> {
  return read.letter.findUnique({ where: { id } });
}

export async function insertLetter(tx: Tx, data: Prisma.LetterUncheckedCreateInput): Promise<void> {
  await tx.letter.create({ data });
}

export async function dropLetter(tx: Tx, id: string): Promise<void> {
  await tx.letter.deleteMany({ where: { id } });
}

/** Nothing that waits is about these messages any more. */
export async function dropLettersOf(tx: Tx, messageIds: string[]): Promise<void> {
  await tx.letter.deleteMany({ where: { messageId: { in: messageIds } } });
}

export async function holdLetters(tx: Tx, personId: string, why: string): Promise<void> {
  await tx.letter.updateMany({ where: { personId }, data: { held: why } });
}

/** Lets go of what is held, and names it in the order it was written. */
export async function freeLetters(tx: Tx, personId: string): Promise<string[]> {
  const where = { personId, held: { not: "" } };
  const rows = await tx.letter.findMany({ where, orderBy: { seq: "asc" }, select: { id: true } });
  await tx.letter.updateMany({ where, data: { held: "" } });
  return rows.map(({ id }) => id);
}

/** People for whom letters wait because no key of theirs was good. */
export async function peopleWithoutKey(read: ReadClient, limit: number): Promise<string[]> {
  const rows = await read.letter.findMany({
    where: { held: "no-key" },
    distinct: ["personId"],
    select: { personId: true },
    take: limit,
  });
  return rows.map(({ personId }) => personId);
}

/** Words that wait to go out without encryption. */
export async function openLettersTo(read: ReadClient, personId: string): Promise<string[]> {
  const rows = await read.letter.findMany({
    where: { personId, kind: "text" },
    select: { id: true, messageId: true },
  });
  const open = await read.message.findMany({
    where: { id: { in: rows.map(({ messageId }) => messageId) }, form: "open" },
    select: { id: true },
  });
  const ids = new Set(open.map(({ id }) => id));
  return rows.filter(({ messageId }) => ids.has(messageId)).map(({ id }) => id);
}

/** `at`: when it came. `uri`: address of the post that it came in, and when that says it was written; of a letter: none. */
export type SealedLetter = {
  id: string;
  personId: string;
  sealed: Uint8Array;
  at: number;
  uri: string;
  writtenAt: number;
};

export async function insertSealed(
  tx: Tx,
  data: Omit<SealedLetter, "uri" | "writtenAt"> & Partial<SealedLetter>,
): Promise<void> {
  const { sealed, at, writtenAt = 0, ...rest } = data;
  const times = { at: new Date(at), writtenAt: new Date(writtenAt) };
  await tx.sealedLetter.create({ data: { ...rest, ...times, sealed: new Uint8Array(sealed) } });
}

export async function sealedRow(read: ReadClient, id: string): Promise<SealedLetter | null> {
  const row = await read.sealedLetter.findUnique({ where: { id } });
  return row === null ? null : { ...row, at: row.at.getTime(), writtenAt: row.writtenAt.getTime() };
}

export async function dropSealed(tx: Tx, id: string): Promise<void> {
  await tx.sealedLetter.deleteMany({ where: { id } });
}

/** Remembers that a letter was taken in; false: it was before. */
export async function markTaken(tx: Tx, id: string, now: number): Promise<boolean> {
  if ((await tx.handled.findUnique({ where: { id } })) !== null) return false;
  await tx.handled.create({ data: { id, at: new Date(now) } });
  return true;
}
