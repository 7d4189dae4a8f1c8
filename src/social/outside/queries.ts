import type { ReadClient, Tx } from "../../store/tx.ts";
import type { OutsideServer, OutsideState } from "./outside.ts";

const states: readonly OutsideState[] = ["asked", "allowed", "refused"];

function stateOf(text: string): OutsideState {
  return states.find((state) => state === text) ?? "refused";
}

export async function outsideServer(read: ReadClient, host: string): Promise<OutsideState | null> {
  const row = await read.outsideServer.findUnique({ where: { host } });
  return row === null ? null : stateOf(row.state);
}

/** In the order of their names, after a name. */
export async function outsideServers(
  read: ReadClient,
  o: { state: OutsideState; after: string; limit: number },
): Promise<OutsideServer[]> {
  const rows = await read.outsideServer.findMany({
    where: { state: o.state, host: { gt: o.after } },
    orderBy: { host: "asc" },
    take: o.limit,
  });
  return rows.map(({ host, state, at }) => ({ host, state: stateOf(state), at: at.getTime() }));
}

export async function allowedHosts(read: ReadClient): Promise<string[]> {
  const rows = await read.outsideServer.findMany({ where: { state: "allowed" }, select: { host: true } });
  return rows.map(({ host }) => host);
}

export async function countAsked(read: ReadClient): Promise<number> {
  return read.outsideServer.count({ where: { state: "asked" } });
}

export async function dropAskedBefore(tx: Tx, time: number): Promise<void> {
  await tx.outsideServer.deleteMany({ where: { state: "asked", at: { lt: new Date(time) } } });
}

export async function dropOldestAsked(tx: Tx): Promise<void> {
  const oldest = await tx.outsideServer.findFirst({ where: { state: "asked" }, orderBy: { at: "asc" } });
  if (oldest !== null) await tx.outsideServer.delete({ where: { host: oldest.host } });
}

export async function saveOutside(tx: Tx, { host, state, at }: OutsideServer): Promise<void> {
  const data = { state, at: new Date(at) };
  await tx.outsideServer.upsert({ where: { host }, create: { host, ...data }, update: data });
}
