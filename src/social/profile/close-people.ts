import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleWhere } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import { closeWhere } from "./queries.ts";

/** Boxes to tick; more cannot be looked over. */
const MOST = 200;

/** Friends and people in audiences, the latest known first. */
export async function closePeople(read: ReadClient, me: Identity): Promise<PersonView[]> {
  return peopleWhere(read, me.ownerId, closeWhere(), MOST);
}
