import type { Tx } from "../../store/tx.ts";
import { endConfirmed } from "../friends/friendship-undone.ts";
import type { Identity } from "../identity/identity.ts";
import { setState, subscriptionRow, takeFromHome } from "./queries.ts";

/** They do not let the owner subscribe, or no more. No notice: a bell would only hurt. False: never asked. */
export async function requestDeclined(tx: Tx, me: Identity, personId: string, now: number): Promise<boolean> {
  const key = { subscriberId: me.ownerId, personId };
  if ((await subscriptionRow(tx, key)) === null) return false;
  await setState(tx, key, "declined", now);
  await endConfirmed(tx, personId, now);
  await takeFromHome(tx, personId, me.ownerId);
  return true;
}
