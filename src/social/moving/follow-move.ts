import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { muteAlike } from "../muting/queries.ts";
import { addNotice } from "../notices/add-notice.ts";
import { isBlockedId } from "../people/queries.ts";
import { askToSubscribe } from "../subscriptions/ask.ts";
import { endSubscription } from "../subscriptions/end.ts";
import { subscriptionRow } from "../subscriptions/queries.ts";
import { countMoves, movingRow, names, setMoved } from "./queries.ts";

const DAY = 24 * 60 * 60_000;
/** Somebody could move on and on between addresses of their own. */
const MOST_A_DAY = 20;

/**
 * Somebody the owner subscribes to lives at another address now, which says so itself: the subscription is asked for
 * there and ends here, and the owner is told. Only the subscription goes along, and that the owner has muted them: else
 * whoever is muted would be heard again from a new address. What rests on trust in a person
 * (compared keys, the audiences they are in) belongs to the address it was given to, and stays there: whoever took an
 * address over could otherwise move into it. False: not wanted, or not confirmed.
 */
export async function followMove(
  tx: Tx,
  me: Identity,
  { fromId, toId }: { fromId: string; toId: string },
  now: number,
): Promise<boolean> {
  const [from, to] = [await movingRow(tx, fromId), await movingRow(tx, toId)];
  if (from === null || to === null || to.gone || !names(to.aliases, from.uri)) return false;
  await setMoved(tx, fromId, { movedToUri: to.uri });
  const row = await subscriptionRow(tx, { subscriberId: me.ownerId, personId: fromId });
  if (row === null || row.state === "declined" || toId === me.ownerId) return false;
  // Asking somebody blocked would let them in again.
  if ((await isBlockedId(tx, toId)) || (await countMoves(tx, now - DAY)) >= MOST_A_DAY) return false;
  const there = await subscriptionRow(tx, { subscriberId: me.ownerId, personId: toId });
  if (there?.state === "declined") return false;
  await muteAlike(tx, fromId, toId, now);
  await askToSubscribe(tx, me, toId, now);
  await endSubscription(tx, me, fromId, now);
  await addNotice(tx, { kind: "moved", personId: fromId, postId: "", detail: toId }, now);
  return true;
}
