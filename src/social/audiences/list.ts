import type { Page, Paged } from "../../lib/page.ts";
import { bounded, orderOf, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { pageWhere, peopleByIds, peopleWhere } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import type { AudienceView } from "./audience.ts";
import { audienceRow, audienceRows, audiencesWith, memberWhere, oftenWith } from "./queries.ts";

const SUGGESTED = 5;

/** All of them, by name. */
export async function audiences(read: ReadClient): Promise<AudienceView[]> {
  const rows = await audienceRows(read);
  return rows.map(({ id, name, _count }) => ({ id, name, count: _count.members }));
}

/** null: there is none. */
export async function audience(read: ReadClient, id: string): Promise<AudienceView | null> {
  const row = await audienceRow(read, id);
  return row === null ? null : { id, name: row.name, count: row._count.members };
}

/** Who is in an audience, the latest known first. */
export async function members(read: ReadClient, audienceId: string, asked: Page): Promise<Paged<PersonView>> {
  const page = bounded(asked);
  const where = { ...memberWhere(audienceId), ...pageWhere(page) };
  const ownerId = await ownerIdOf(read);
  return pagedOf(await peopleWhere(read, ownerId, where, page.limit + 1, orderOf(page)), page);
}

/** Ids of audiences that a person is in. */
export async function audiencesOf(read: ReadClient, personId: string): Promise<string[]> {
  return audiencesWith(read, personId);
}

/** People who are often in one audience with these, those most often first. */
export async function suggested(read: ReadClient, audienceId: string): Promise<PersonView[]> {
  const ids = await oftenWith(read, audienceId, SUGGESTED);
  const people = await peopleByIds(read, await ownerIdOf(read), ids);
  return ids.flatMap((id) => people.get(id) ?? []);
}
