import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { tellingWhomItChanges } from "../profile/tell-people.ts";
import { MOST_PUT_IN } from "./audience.ts";
import { addMembers, audienceRow, knownAmong } from "./queries.ts";

/**
 * Puts people into an audience; nobody is told. From now on they see what it is for, earlier posts too.
 * Returns how many of them are known here. Throws "audience-not-found", "person-not-found" (none of them is).
 */
export async function putIn(
  tx: Tx,
  me: Identity,
  audienceId: string,
  personIds: readonly string[],
  now: number,
): Promise<number> {
  if ((await audienceRow(tx, audienceId)) === null) {
    throw new NodeError("audience-not-found", "no such audience");
  }
  const asked = [...new Set(personIds)].filter((id) => id !== me.ownerId).slice(0, MOST_PUT_IN);
  const known = await knownAmong(tx, asked);
  if (known.length === 0 && personIds.length > 0) throw new NodeError("person-not-found", "nobody known");
  await tellingWhomItChanges(tx, me, known, now, () => addMembers(tx, audienceId, known, now));
  return known.length;
}
