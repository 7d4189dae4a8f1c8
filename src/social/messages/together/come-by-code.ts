import type { ReadClient, Tx } from "../../../store/tx.ts";
import { addWelcome } from "../../gate/queries.ts";
import { changeTogether, togetherRow } from "./queries.ts";

/** Whether somebody unknown may come in by this token: the owner shows it now, and nobody else came by it. */
export async function mayCome(
  read: ReadClient,
  token: string,
  personId: string,
  now: number,
): Promise<boolean> {
  const row = token === "" ? null : await togetherRow(read, token, now);
  return row?.own === true && row.state === "shown" && (row.personId === "" || row.personId === personId);
}

/**
 * Lets the first who shows the token past the gate, so that the owner can be asked who they are. It is undone when the owner says
 * no, stops showing it, or says nothing.
 */
export async function comeByCode(tx: Tx, token: string, personId: string, now: number): Promise<boolean> {
  if (!(await mayCome(tx, token, personId, now))) return false;
  await changeTogether(tx, token, { personId });
  await addWelcome(tx, personId, now);
  return true;
}
