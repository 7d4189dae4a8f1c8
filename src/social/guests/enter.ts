import type { ReadClient } from "../../store/tx.ts";
import { GUEST_SECRET, hashOfSecret } from "./guest.ts";
import { guestByHash, guestRow } from "./queries.ts";

/** By which link somebody came in; it lets nobody in by itself. */
export type ByLink = { personId: string; link: string };

/** Whose link this is, while it is good; null: nobody's. */
export async function guestOf(read: ReadClient, secret: string): Promise<ByLink | null> {
  const link = hashOfSecret(secret);
  const personId = await guestByHash(read, link);
  return GUEST_SECRET.test(secret) && personId !== "" ? { personId, link } : null;
}

/** Whether who came in by a link may still read by it. */
export async function isStillGuest(read: ReadClient, { personId, link }: ByLink): Promise<boolean> {
  const row = await guestRow(read, personId);
  return row !== null && row.endedAt.getTime() === 0 && row.hash === link;
}
