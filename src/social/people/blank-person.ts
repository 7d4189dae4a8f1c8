import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { withhold } from "../deliveries/withhold.ts";
import { forgetFriendship } from "../friends/queries.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { blankRow } from "./queries.ts";

/** They deleted themselves: their posts and words go, the place stays empty. */
export async function blankPerson(tx: Tx, personId: string, _now: number): Promise<void> {
  if (personId === (await ownerIdOf(tx))) throw new NodeError("not-allowed", "the owner is not blanked");
  const host = await hostOfPerson(tx, personId);
  if (host === null) return;
  await withhold(tx, { id: personId, host }, "nothing");
  await forgetFriendship(tx, personId);
  await blankRow(tx, personId);
}
