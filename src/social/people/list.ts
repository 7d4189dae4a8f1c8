import type { Page, Paged } from "../../lib/page.ts";
import { bounded, orderOf, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { type Circle, circleWhere, pageWhere, peopleWhere } from "./queries.ts";
import type { PersonView } from "./view.ts";

export type { Circle };

/**
 * friends: agreed by both, or confirmed by the owner. subscribed: the owner to them. subscribers: they to the owner. requests: they asked. asked: the owner asked.
 * `now` is for those muted: without it, whoever was muted for a time still is.
 */
export async function listPeople(
  read: ReadClient,
  which: Circle,
  asked: Page,
  now = 0,
): Promise<Paged<PersonView>> {
  const page = bounded(asked);
  const ownerId = await ownerIdOf(read);
  const where = { ...circleWhere(which, ownerId, now), ...pageWhere(page) };
  return pagedOf(await peopleWhere(read, ownerId, where, page.limit + 1, orderOf(page)), page);
}
