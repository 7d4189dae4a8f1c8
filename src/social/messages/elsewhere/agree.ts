import { NodeError } from "../../../lib/errors.ts";
import type { Tx } from "../../../store/tx.ts";
import { letterGivenUp } from "../letters/arrived.ts";
import { openLettersTo } from "../letters/queries.ts";
import { changeConversation } from "../queries.ts";
import { waysTo } from "../way.ts";

/** Why a message went no further: the owner took back that it may be read by others. */
export const NOT_AGREED = "not-agreed";

/** The owner agrees that in this conversation others can read along. Throws "bad-request" where it is not so. */
export async function agreeToOpen(tx: Tx, personId: string): Promise<void> {
  if ((await waysTo(tx, [personId])).get(personId) !== "open")
    throw new NodeError("bad-request", "nothing would be open there");
  await changeConversation(tx, personId, { open: true });
}

/** The owner does not want it any more: what waits does not go either. */
export async function takeBackOpen(tx: Tx, personId: string): Promise<void> {
  await changeConversation(tx, personId, { open: false });
  for (const id of await openLettersTo(tx, personId)) await letterGivenUp(tx, id, NOT_AGREED);
}
