import type { Tx } from "../../store/tx.ts";
import { declineFriend } from "../friends/answer.ts";
import type { Identity } from "../identity/identity.ts";
import { declineRequest } from "../subscriptions/answer.ts";
import { MOST_WAITING } from "./gate.ts";
import { dropKnock, hasAsked, waitingIds } from "./queries.ts";

/**
 * What waits is dropped. Who wrote is not told; who asked to subscribe is told no, as ever. `only`: what they wrote; the
 * request goes on waiting. False: nothing waited.
 */
export async function turnAway(
  tx: Tx,
  me: Identity,
  personId: string,
  now: number,
  only: "everything" | "post" = "everything",
): Promise<boolean> {
  const wrote = await dropKnock(tx, personId);
  const asked = only === "everything" && (await hasAsked(tx, me.ownerId, personId));
  if (asked) await declineRequest(tx, me, personId, now);
  return wrote || asked;
}

/** Everybody who waits, at most as many as may; returns how many. */
export async function turnAllAway(tx: Tx, me: Identity, now: number): Promise<number> {
  const ids = await waitingIds(tx, me.ownerId, MOST_WAITING * 2);
  for (const id of ids) {
    await turnAway(tx, me, id, now);
    await declineFriend(tx, id, now);
  }
  return ids.length;
}
