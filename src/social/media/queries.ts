import type { ReadClient, Tx } from "../../store/tx.ts";

export async function findMedia(read: ReadClient, id: string) {
  return read.media.findUnique({ where: { id }, select: { id: true, type: true, bytes: true } });
}

export async function insertMedia(
  tx: Tx,
  row: { id: string; type: string; bytes: number; purpose: string },
  now: number,
): Promise<void> {
  await tx.media.create({ data: { ...row, createdAt: new Date(now) } });
}
