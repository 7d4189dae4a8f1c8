import type { ReadClient, Tx } from "../../store/tx.ts";

export async function insertInvite(
  tx: Tx,
  invite: { id: string; hash: string },
  times: { now: number; until: number },
): Promise<void> {
  await tx.invite.create({
    data: { ...invite, createdAt: new Date(times.now), expiresAt: new Date(times.until) },
  });
}

export async function liveInvite(read: ReadClient, hash: string, now: number): Promise<string | null> {
  const row = await read.invite.findFirst({
    where: { hash, expiresAt: { gt: new Date(now) } },
    select: { id: true },
  });
  return row?.id ?? null;
}

export async function dropInvite(tx: Tx, id: string): Promise<void> {
  await tx.invite.deleteMany({ where: { id } });
}

export async function dropExpired(tx: Tx, now: number): Promise<void> {
  await tx.invite.deleteMany({ where: { expiresAt: { lte: new Date(now) } } });
}

/** The oldest go, so that at most this many are left. */
export async function dropOldest(tx: Tx, left: number): Promise<void> {
  const rows = await tx.invite.findMany({ orderBy: { createdAt: "desc" }, skip: left, select: { id: true } });
  await tx.invite.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
}

export async function invitationBy(read: ReadClient, personId: string): Promise<string> {
  return (await read.person.findUnique({ where: { id: personId }, select: { invite: true } }))?.invite ?? "";
}

export async function setInvitation(tx: Tx, personId: string, invite: string): Promise<void> {
  await tx.person.updateMany({ where: { id: personId }, data: { invite } });
}
