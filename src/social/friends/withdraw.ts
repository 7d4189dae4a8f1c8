import type { Tx } from "../../store/tx.ts";
import { happen } from "./happen.ts";

/** The owner takes the question back; it disappears there as well. No effect once it is answered. */
export async function withdrawOffer(tx: Tx, personId: string, now: number): Promise<void> {
  await happen(tx, personId, { kind: "withdraw" }, now);
}
