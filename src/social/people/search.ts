import type { ReadClient } from "../../store/tx.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { noGuest, peopleWhere, searchWhere } from "./queries.ts";
import type { PersonView } from "./view.ts";

const LONGEST = 100;

/** People known here whose name or address holds the text. `guests`: those too who read by a secret link. */
export async function searchPeople(
  read: ReadClient,
  text: string,
  limit: number,
  { guests = false } = {},
): Promise<PersonView[]> {
  const wanted = text.trim().slice(0, LONGEST);
  if (wanted === "") return [];
  const ownerId = await ownerIdOf(read);
  return peopleWhere(read, ownerId, { ...searchWhere(wanted), ...(guests ? {} : noGuest) }, limit);
}
