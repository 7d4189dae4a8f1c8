import type { ReadClient } from "../../store/tx.ts";
import type { PersonFieldCard } from "./fields.ts";
import { personFieldRows } from "./queries.ts";

/** What somebody's profile says line by line, as far as they show it to the owner. */
export async function personFields(read: ReadClient, personId: string): Promise<PersonFieldCard[]> {
  const rows = await personFieldRows(read, personId);
  return rows.map(({ label, html }) => ({ label, html }));
}
