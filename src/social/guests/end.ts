import type { Tx } from "../../store/tx.ts";
import { assertGuest } from "./make.ts";
import { closeLink } from "./queries.ts";

/**
 * The link opens nothing from this moment, and whoever reads by it is out. What the guest opened stays to be seen, and so
 * does which audiences they are in, for the case that they get a new link. Throws "person-not-found".
 */
export async function endLink(tx: Tx, id: string, now: number): Promise<void> {
  const { endedAt } = await assertGuest(tx, id);
  if (endedAt.getTime() === 0) await closeLink(tx, id, now);
}
