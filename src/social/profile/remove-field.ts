import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { deleteField } from "./queries.ts";
import { tellPeople } from "./tell-people.ts";

/** Gone already is as good. */
export async function removeField(tx: Tx, me: Identity, id: string, now: number): Promise<void> {
  if (await deleteField(tx, id)) await tellPeople(tx, me, now);
}
