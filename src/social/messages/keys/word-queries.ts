import type { ReadClient, Tx } from "../../../store/tx.ts";

export async function putKeyWord(
  tx: Tx,
  key: { personId: string; byId: string },
  fingerprint: string,
  now: number,
): Promise<void> {
  const facts = { fingerprint, at: new Date(now) };
  await tx.keyWord.upsert({
    where: { personId_byId: key },
    create: { ...key, ...facts },
    update: facts,
  });
}

export async function countWordsBy(read: ReadClient, byId: string): Promise<number> {
  return read.keyWord.count({ where: { byId } });
}

export type KeyWordRow = { byId: string; name: string; fingerprint: string; at: Date };

export async function dropKeyWords(tx: Tx, personId: string, fingerprint: string): Promise<void> {
  await tx.keyWord.deleteMany({ where: { personId, fingerprint } });
}

/** What others say of somebody's keys; the newest first. */
export async function keyWordsOf(read: ReadClient, personId: string): Promise<KeyWordRow[]> {
  const rows = await read.keyWord.findMany({
    where: { personId },
    orderBy: { at: "desc" },
    include: { by: { select: { name: true } } },
  });
  return rows.map(({ byId, fingerprint, at, by }) => ({ byId, fingerprint, at, name: by.name }));
}
