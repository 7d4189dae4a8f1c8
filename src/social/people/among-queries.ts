import type { ReadClient } from "../../store/tx.ts";
import { slices } from "../slices.ts";

/** Of these people, those the owner blocked, themselves or with their whole host. */
export async function blockedAmongIds(read: ReadClient, personIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const some of slices(personIds)) {
    const ids = { in: some };
    for (const { personId } of await read.blocked.findMany({ where: { personId: ids } })) found.add(personId);
    const people = await read.person.findMany({ where: { id: ids }, select: { id: true, host: true } });
    const shut = await blockedAmong(
      read,
      people.map(({ host }) => host),
    );
    for (const { id, host } of people) if (shut.has(host)) found.add(id);
  }
  return found;
}

/** Of these hosts, the ones that are blocked whole. */
export async function blockedAmong(read: ReadClient, hosts: string[]): Promise<Set<string>> {
  const rows = await read.blockedHost.findMany({ where: { host: { in: [...new Set(hosts)] } } });
  return new Set(rows.map(({ host }) => host));
}

/** Of these people, those elsewhere: on no device as ours, as far as is known. Guests read here, and are nowhere. */
export async function elsewhereAmong(read: ReadClient, personIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const some of slices(personIds)) {
    const where = { id: { in: some }, friendly: false, host: { not: "" } };
    found.push(...(await read.person.findMany({ where, select: { id: true } })).map(({ id }) => id));
  }
  return found;
}

/** Of these people, those whose devices speak of friendship and of threads as ours do. */
export async function friendlyAmong(read: ReadClient, personIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const some of slices(personIds)) {
    const where = { id: { in: some }, friendly: true };
    found.push(...(await read.person.findMany({ where, select: { id: true } })).map(({ id }) => id));
  }
  return found;
}

const MOST_NAMES = 3;

/** Some names of people at each of these hosts. */
export async function namesAt(read: ReadClient, hosts: string[]): Promise<Map<string, string[]>> {
  const rows = await read.person.findMany({
    where: { host: { in: hosts }, gone: false },
    select: { host: true, name: true, handle: true },
    take: hosts.length * MOST_NAMES,
  });
  const byHost = Map.groupBy(rows, ({ host }) => host);
  return new Map(
    [...byHost].map(([host, people]) => [
      host,
      people.slice(0, MOST_NAMES).map((one) => one.name || one.handle),
    ]),
  );
}
