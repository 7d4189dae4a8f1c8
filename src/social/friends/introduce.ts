import { NodeError } from "../../lib/errors.ts";
import type { Random } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { vouch } from "../messages/keys/vouch.ts";
import { isWelcomeId } from "../people/queries.ts";
import { send } from "../send.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { LONGEST_WORDS } from "./friendship.ts";
import { isFriend, saveIntroduction } from "./queries.ts";

/**
 * The owner introduces two friends to each other: each is told of the other, and whose key is whose as
 * far as the owner has verified it. Throws "not-allowed" for whoever is none.
 */
export async function introduce(
  tx: Tx,
  me: Identity,
  { one, other, words }: { one: string; other: string; words: string },
  now: number,
  random: Random,
): Promise<void> {
  if (one === other) throw new NodeError("not-allowed", "nobody is introduced to themselves");
  for (const id of [one, other])
    if (!(await isFriend(tx, id)) || !(await isWelcomeId(tx, id)))
      throw new NodeError("not-allowed", "only friends are introduced");
  const said = cleanLine(words, LONGEST_WORDS);
  for (const [toId, personId] of [
    [one, other],
    [other, one],
  ] as const) {
    const host = await hostOfPerson(tx, toId);
    if (host === null) continue;
    await saveIntroduction(tx, { personId, byId: me.ownerId, toId }, said, now);
    await vouch(tx, { personId, toId }, now, random);
    await send(tx, host, { kind: "introduce", about: { personId: toId, introducedId: personId } }, now);
  }
}
