import type { Tx } from "../../store/tx.ts";
import { happen } from "./happen.ts";

/** The owner is friends with them no more. Their list is put right; no notice says so there. Subscriptions stay. */
export async function endFriendship(tx: Tx, personId: string, now: number): Promise<void> {
  await happen(tx, personId, { kind: "end" }, now);
}

/** Whatever there is of a friendship, asked for or agreed, is over. */
export async function partWith(tx: Tx, personId: string, now: number): Promise<void> {
  for (const kind of ["withdraw", "decline", "end"] as const) await happen(tx, personId, { kind }, now);
}
