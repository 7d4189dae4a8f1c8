import type { ReadClient, Tx } from "../../store/tx.ts";
import { dropJobsById } from "../deliveries/queries.ts";

export async function updateOwnRow(
  tx: Tx,
  ownerId: string,
  data: { name: string; aboutHtml: string; pictureUrl: string; approves: boolean },
): Promise<void> {
  await tx.person.update({ where: { id: ownerId }, data });
}

export async function dropProfileJobs(tx: Tx): Promise<void> {
  const rows = await tx.job.findMany({ where: { kind: "profile" }, select: { id: true } });
  await dropJobsById(
    tx,
    rows.map(({ id }) => id),
  );
}

export type FieldRow = {
  id: string;
  kind: string;
  label: string;
  value: string;
  place: number;
  seen: string;
};

/** In their order. */
export async function fieldRows(read: ReadClient): Promise<FieldRow[]> {
  return read.profileField.findMany({ orderBy: [{ place: "asc" }, { id: "asc" }] });
}

export async function fieldRow(read: ReadClient, id: string): Promise<FieldRow | null> {
  return read.profileField.findUnique({ where: { id } });
}

export async function insertField(tx: Tx, data: FieldRow): Promise<void> {
  await tx.profileField.create({ data });
}

export async function updateField(tx: Tx, id: string, data: Omit<FieldRow, "id" | "place">): Promise<void> {
  await tx.profileField.update({ where: { id }, data });
}

export async function setPlace(tx: Tx, id: string, place: number): Promise<void> {
  await tx.profileField.update({ where: { id }, data: { place } });
}

export async function deleteField(tx: Tx, id: string): Promise<boolean> {
  return (await tx.profileField.deleteMany({ where: { id } })).count > 0;
}

/** Friends who can be shown, the latest known first. */
export function friendWhere() {
  return { gone: false, blocked: { none: {} }, friendship: { some: { state: "friends" } } };
}

/** Friends, and who is in an audience. */
export function closeWhere() {
  const close = [{ friendship: { some: { state: "friends" } } }, { memberships: { some: {} } }];
  return { gone: false, blocked: { none: {} }, OR: close };
}

/** Ids of everybody to whom an own profile may look different than to a stranger, whatever it says. */
export async function tiedIds(read: ReadClient, ownerId: string): Promise<string[]> {
  const subscribers = await read.subscription.findMany({
    where: { personId: ownerId, state: "accepted" },
    select: { subscriberId: true },
  });
  const friends = await read.friendship.findMany({ where: { state: "friends" }, select: { personId: true } });
  const members = await read.audienceMember.findMany({ select: { personId: true }, distinct: ["personId"] });
  return [
    ...subscribers.map(({ subscriberId }) => subscriberId),
    ...[...friends, ...members].map(({ personId }) => personId),
  ];
}

/** Whether they and the owner are friends by a question of one and a yes of the other over the wire. */
export async function isFriendByWire(read: ReadClient, personId: string): Promise<boolean> {
  const row = await read.friendship.findUnique({ where: { personId } });
  return row?.state === "friends" && (row.uri !== "" || row.theirUri !== "");
}

/** Lines of these people's profiles, in their order. */
export async function personFieldRows(read: ReadClient, personId: string) {
  return read.personField.findMany({ where: { personId }, orderBy: { place: "asc" } });
}

export async function replacePersonFields(
  tx: Tx,
  personId: string,
  fields: readonly { label: string; html: string }[],
): Promise<void> {
  await tx.personField.deleteMany({ where: { personId } });
  for (const [place, { label, html }] of fields.entries())
    await tx.personField.create({ data: { personId, place, label, html } });
}

/** Whether somebody subscribes to the owner, or is a friend: who gets the profile when it changes. */
export async function isToldOfProfile(read: ReadClient, ownerId: string, personId: string): Promise<boolean> {
  const where = { subscriberId: personId, personId: ownerId, state: "accepted" };
  if ((await read.subscription.findFirst({ where, select: { state: true } })) !== null) return true;
  return (await read.friendship.findFirst({ where: { personId, state: "friends" } })) !== null;
}
