import { idOf } from "../../lib/ids.ts";
import type { ReadClient } from "../../store/tx.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { noGuest, peopleWhere } from "./queries.ts";
import type { PersonView } from "./view.ts";

type Where = Parameters<typeof peopleWhere>[2];

async function one(read: ReadClient, where: Where): Promise<PersonView | null> {
  const ownerId = await ownerIdOf(read);
  return (await peopleWhere(read, ownerId, where, 1))[0] ?? null;
}

export function personById(read: ReadClient, id: string): Promise<PersonView | null> {
  return one(read, { id });
}

export function personByUri(read: ReadClient, uri: string): Promise<PersonView | null> {
  return one(read, { id: idOf(uri) });
}

/** Never a guest: nobody but the owner's pages knows of them. */
export function personBySortKey(read: ReadClient, sortKey: string): Promise<PersonView | null> {
  return one(read, { sortKey, ...noGuest });
}

/** "handle@host", in any case. */
export function personByAddress(read: ReadClient, address: string): Promise<PersonView | null> {
  return one(read, { address: address.toLowerCase(), gone: false, ...noGuest });
}
