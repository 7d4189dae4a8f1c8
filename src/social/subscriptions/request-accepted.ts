import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { setInvitation } from "../invites/queries.ts";
import { addNotice } from "../notices/add-notice.ts";
import { planProfile } from "../people/plan-profile.ts";
import { bringHome, setState, subscriptionRow } from "./queries.ts";

/** They let the owner subscribe. False: the owner never asked, and nothing happens. */
export async function requestAccepted(tx: Tx, me: Identity, personId: string, now: number): Promise<boolean> {
  const key = { subscriberId: me.ownerId, personId };
  const row = await subscriptionRow(tx, key);
  if (row === null) return false;
  if (row.state === "accepted") return true;
  await setState(tx, key, "accepted", now);
  await setInvitation(tx, personId, "");
  await bringHome(tx, personId);
  await planProfile(tx, personId, now);
  await addNotice(tx, { kind: "accepted", personId, postId: "" }, now);
  return true;
}
