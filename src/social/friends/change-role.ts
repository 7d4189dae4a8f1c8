import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { roleOf } from "./friendship.ts";
import { isFriend, setRole } from "./queries.ts";

/** What a friend is to the owner; they never learn it. Throws "bad-request", "not-allowed": no friend. */
export async function changeRole(tx: Tx, personId: string, role: string): Promise<void> {
  const known = roleOf(role);
  if (known === null) throw new NodeError("bad-request", "no such role");
  if (!(await isFriend(tx, personId))) throw new NodeError("not-allowed", "only friends have a role");
  await setRole(tx, personId, known);
}
