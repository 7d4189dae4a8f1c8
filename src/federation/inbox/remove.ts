import type { Remove } from "@fedify/fedify/vocab";
import type { Verdict } from "../../lib/verdict.ts";
import type { Tx } from "../../store/tx.ts";
import { readPin } from "../translate/pin.ts";
import { pinnedBy } from "./add.ts";
import type { Incoming } from "./incoming.ts";
import { takeOutPassed } from "./passed-on.ts";

/** Somebody takes a post of theirs down from the first ones on their page, or an answer out of a thread of theirs. */
export async function unpin(tx: Tx, incoming: Incoming<Remove>): Promise<Verdict> {
  // Authentication: the sender signed.
  // Authorization: as for Add, whose twin this is.
  const named = readPin(incoming.activity);
  const taken = named === null ? null : await takeOutPassed(tx, incoming, named);
  if (taken !== null) return taken;
  return pinnedBy(tx, incoming, false);
}
