import type { ReadClient, Tx } from "../../store/tx.ts";

export type SubscriptionState = "asked" | "accepted" | "declined";
type Key = { subscriberId: string; personId: string };

export async function subscriptionRow(read: ReadClient, key: Key) {
  return read.subscription.findUnique({ where: { subscriberId_personId: key } });
}

export async function saveAsked(
  tx: Tx,
  key: Key,
  uri: string,
  state: SubscriptionState,
  now: number,
): Promise<void> {
  const at = new Date(now);
  const data = { uri, state, askedAt: at, answeredAt: state === "asked" ? new Date(0) : at };
  await tx.subscription.upsert({
    where: { subscriberId_personId: key },
    create: { ...key, ...data },
    update: data,
  });
}

export async function setState(tx: Tx, key: Key, state: SubscriptionState, now: number): Promise<void> {
  await tx.subscription.update({
    where: { subscriberId_personId: key },
    data: { state, answeredAt: new Date(now) },
  });
}

export async function dropSubscription(tx: Tx, key: Key): Promise<void> {
  await tx.subscription.deleteMany({ where: key });
}

/** Host of a person; null: unknown here, gone, or a guest, who has none. */
export async function hostOfPerson(read: ReadClient, id: string): Promise<string | null> {
  const row = await read.person.findUnique({ where: { id }, select: { host: true, gone: true } });
  return row === null || row.gone || row.host === "" ? null : row.host;
}

/** The posts of somebody the owner now subscribes to belong on the timeline. */
export async function bringHome(tx: Tx, authorId: string): Promise<void> {
  await tx.post.updateMany({ where: { authorId, inHome: false }, data: { inHome: true } });
}

/** Their posts leave the timeline, but for those addressed to the owner. */
export async function takeFromHome(tx: Tx, authorId: string, ownerId: string): Promise<void> {
  await tx.post.updateMany({
    where: { authorId, inHome: true, addressees: { none: { personId: ownerId } } },
    data: { inHome: false },
  });
}

const writable = { gone: false, blocked: { none: {} } };

export async function countSubscribers(read: ReadClient, personId: string): Promise<number> {
  return read.subscription.count({ where: { personId, state: "accepted", subscriber: writable } });
}

/** People who subscribe to somebody and may be written to. */
export async function subscriberIds(
  read: ReadClient,
  personId: string,
): Promise<{ id: string; host: string }[]> {
  const rows = await read.subscription.findMany({
    where: { personId, state: "accepted", subscriber: writable },
    select: { subscriber: { select: { id: true, host: true } } },
  });
  return rows.map(({ subscriber }) => subscriber);
}
