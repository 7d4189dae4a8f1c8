import type { ReadClient } from "../store/tx.ts";
import type { Viewer } from "./access.ts";
import { isBlockedId } from "./people/queries.ts";
import { subscriptionRow } from "./subscriptions/queries.ts";

export const theOwner: Viewer = { kind: "owner" };

/** A person as one who looks at what is the owner's. */
export async function viewerOf(read: ReadClient, ownerId: string, personId: string): Promise<Viewer> {
  if (personId === ownerId) return theOwner;
  const row = await subscriptionRow(read, { subscriberId: personId, personId: ownerId });
  const blocked = await isBlockedId(read, personId);
  return { kind: "person", personId, subscriber: row?.state === "accepted", blocked };
}
