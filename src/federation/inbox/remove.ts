import type { Remove } from "@fedify/fedify/vocab";
import type { Verdict } from "../../lib/verdict.ts";
import type { Tx } from "../../store/tx.ts";
import { pinnedBy } from "./add.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody takes a post of theirs down from the first ones on their page. */
export async function unpin(tx: Tx, incoming: Incoming<Remove>): Promise<Verdict> {
  // Authentication: the sender signed.
  // Authorization: as for Add, whose twin this is.
  return pinnedBy(tx, incoming, false);
}
