import type { Tx } from "../../../store/tx.ts";
import { changeMessage } from "../queries.ts";
import { dropLetter, letterRow } from "./queries.ts";

/** Their device has it, or there is nothing left to say. */
export async function letterArrived(tx: Tx, letterId: string): Promise<void> {
  const row = await letterRow(tx, letterId);
  if (row === null) return;
  await dropLetter(tx, letterId);
  if (row.kind === "text") await changeMessage(tx, row.messageId, { state: "delivered" });
}

/** It is given up: the owner sees that it did not get there. */
export async function letterGivenUp(tx: Tx, letterId: string, why: string): Promise<void> {
  const row = await letterRow(tx, letterId);
  if (row === null) return;
  await dropLetter(tx, letterId);
  if (row.kind === "text") await changeMessage(tx, row.messageId, { state: "stopped", why });
}
