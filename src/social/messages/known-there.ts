import type { ReadClient } from "../../store/tx.ts";
import { bondWith } from "../friends/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { subscriptionRow } from "../subscriptions/queries.ts";
import { hasWritten } from "./queries.ts";

/** Bytes of a first message to somebody who may not know the owner: so much has room at their gate. */
export const FIRST_BYTES = 1_000;

/** Whether somebody knows the owner for certain: they wrote, subscribed, let the owner subscribe, or are friends or asked to be. */
export async function isKnownThere(read: ReadClient, me: Identity, personId: string): Promise<boolean> {
  if (await hasWritten(read, personId)) return true;
  const out = await subscriptionRow(read, { subscriberId: me.ownerId, personId });
  if (out?.state === "accepted") return true;
  if ((await subscriptionRow(read, { subscriberId: personId, personId: me.ownerId })) !== null) return true;
  const bond = await bondWith(read, personId);
  return bond?.state === "friends" || bond?.state === "offered";
}
