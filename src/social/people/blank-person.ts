import type { Tx } from "../../store/tx.ts";
import { blankRow } from "./queries.ts";

/** They deleted themselves: their posts and words go, the place stays empty. */
export async function blankPerson(tx: Tx, personId: string, _now: number): Promise<void> {
  await blankRow(tx, personId);
}
