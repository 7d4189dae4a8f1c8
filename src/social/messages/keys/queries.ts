import type { Prisma } from "../../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../../store/tx.ts";
import type { Subkey } from "../pgp/own-key.ts";

export type PersonKeyRow = Prisma.PersonKeyModel;

export async function subkeyRows(read: ReadClient): Promise<Subkey[]> {
  const rows = await read.messageSubkey.findMany({ orderBy: { startsAt: "asc" } });
  return rows.map(({ id, startsAt, secret }) => ({
    fingerprint: id,
    startsAt: startsAt.getTime(),
    secret: new Uint8Array(secret),
  }));
}

export async function insertSubkey(tx: Tx, { fingerprint, startsAt, secret }: Subkey): Promise<void> {
  const data = { id: fingerprint, startsAt: new Date(startsAt), secret: new Uint8Array(secret) };
  await tx.messageSubkey.create({ data });
}

/** Nothing that was encrypted to them opens any more. */
export async function destroySubkeys(tx: Tx, startsAt: number[]): Promise<void> {
  await tx.messageSubkey.deleteMany({ where: { startsAt: { in: startsAt.map((at) => new Date(at)) } } });
}

/** The newest first. */
export async function keyRows(read: ReadClient, personId: string): Promise<PersonKeyRow[]> {
  return read.personKey.findMany({
    where: { personId },
    orderBy: [{ firstSeenAt: "desc" }, { fingerprint: "asc" }],
  });
}

export async function keyRowsOf(read: ReadClient, personIds: string[]): Promise<PersonKeyRow[]> {
  return read.personKey.findMany({ where: { personId: { in: personIds } } });
}

export async function putKey(
  tx: Tx,
  key: { personId: string; fingerprint: string },
  data: { version: number; certificate: Uint8Array; state: string; now: number },
): Promise<void> {
  const { version, state, now } = data;
  const facts = { version, state, certificate: new Uint8Array(data.certificate), askedAt: new Date(now) };
  await tx.personKey.upsert({
    where: { personId_fingerprint: key },
    create: { ...key, ...facts, firstSeenAt: new Date(now) },
    update: facts,
  });
}

export async function changeKey(
  tx: Tx,
  key: { personId: string; fingerprint: string },
  data: Partial<Pick<PersonKeyRow, "state" | "verified" | "verifiedAt">>,
): Promise<void> {
  await tx.personKey.updateMany({ where: key, data });
}

/** Every key of theirs in one of these states goes over to another. */
export async function moveKeys(tx: Tx, personId: string, from: string[], to: string): Promise<void> {
  await tx.personKey.updateMany({ where: { personId, state: { in: from } }, data: { state: to } });
}

export type Messenger = { uri: string; keyUri: string; friendly: boolean };

/** Of these people, those who have an address one can write to, and what says how. */
export async function messengersOf(read: ReadClient, personIds: string[]): Promise<Map<string, Messenger>> {
  const rows = await read.person.findMany({
    where: { id: { in: personIds }, gone: false, inbox: { not: "" } },
    select: { id: true, uri: true, keyUri: true, friendly: true },
  });
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}
