import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice } from "../notices/add-notice.ts";
import { isBlockedId } from "../people/queries.ts";
import { send } from "../send.ts";
import { setting } from "../settings/settings.ts";
import { hostOfPerson, saveAsked, subscriptionRow } from "./queries.ts";

/** "yes": whoever asks is let in. Otherwise the owner is asked. */
export const AUTO_SETTING = "requests.auto";

/**
 * Somebody asks to subscribe. Who is a subscriber already is told so again: their device may have forgotten.
 * Who was declined may ask again, and the owner is asked again.
 */
export async function receiveRequest(
  tx: Tx,
  me: Identity,
  personId: string,
  uri: string,
  now: number,
): Promise<"asked" | "accepted" | "ignored"> {
  if (personId === me.ownerId || (await isBlockedId(tx, personId))) return "ignored";
  const key = { subscriberId: personId, personId: me.ownerId };
  const row = await subscriptionRow(tx, key);
  const host = await hostOfPerson(tx, personId);
  if (host === null) return "ignored";
  const lets = row?.state === "accepted" || (await setting(tx, AUTO_SETTING, "no")) === "yes";
  if (!lets) {
    await saveAsked(tx, key, uri, "asked", now);
    if (row?.state !== "asked") await addNotice(tx, { kind: "request", personId, postId: "" }, now);
    return "asked";
  }
  await saveAsked(tx, key, uri, "accepted", now);
  if (row?.state !== "accepted") await addNotice(tx, { kind: "subscribed", personId, postId: "" }, now);
  await send(tx, host, { kind: "accept", about: { personId } }, now);
  return "accepted";
}
