import type { Tx } from "../../store/tx.ts";
import { deleteWords } from "./queries.ts";

export async function removeWord(tx: Tx, id: string): Promise<void> {
  await deleteWords(tx, { id });
}

/** All that belong together. */
export async function removeWordSet(tx: Tx, setId: string): Promise<void> {
  await deleteWords(tx, { setId });
}
