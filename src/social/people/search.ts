import type { ReadClient } from "../../store/tx.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { peopleWhere, searchWhere } from "./queries.ts";
import type { PersonView } from "./view.ts";

const LONGEST = 100;

/** People known here whose name or address holds the text. */
export async function searchPeople(read: ReadClient, text: string, limit: number): Promise<PersonView[]> {
  const wanted = text.trim().slice(0, LONGEST);
  if (wanted === "") return [];
  const ownerId = await ownerIdOf(read);
  return peopleWhere(read, ownerId, searchWhere(wanted), limit);
}
