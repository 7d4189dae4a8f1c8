import type { Page, Paged } from "../../lib/page.ts";
import { bounded, orderOf, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { type Circle, circleWhere, pageWhere, peopleWhere } from "./queries.ts";
import type { PersonView } from "./view.ts";

export type { Circle };

/** subscribed: the owner to them. subscribers: they to the owner. requests: they asked. asked: the owner asked. */
export async function listPeople(read: ReadClient, which: Circle, asked: Page): Promise<Paged<PersonView>> {
  const page = bounded(asked);
  const ownerId = await ownerIdOf(read);
  const where = { ...circleWhere(which, ownerId), ...pageWhere(page) };
  return pagedOf(await peopleWhere(read, ownerId, where, page.limit + 1, orderOf(page)), page);
}
