import type { ReadClient, Tx } from "../../store/tx.ts";
import { isStranger } from "../gate/gate.ts";
import { addWelcome } from "../gate/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { useInvite } from "../invites/invites.ts";
import { addNotice } from "../notices/add-notice.ts";
import { planFace } from "../people/face.ts";
import { isBlockedId } from "../people/queries.ts";
import { send } from "../send.ts";
import { setting } from "../settings/settings.ts";
import { hostOfPerson, saveAsked, subscriptionRow } from "./queries.ts";

/** "yes": whoever asks is let in. Otherwise the owner is asked. */
export const AUTO_SETTING = "requests.auto";

/**
 * Somebody asks to subscribe. Who is a subscriber already is told so again: their device may have forgotten.
 * Who was declined may ask again, and the owner is asked again. Who shows an invitation is let in at once. Of people the
 * owner has nothing to do with there is no notice: they wait at the gate.
 */
export async function receiveRequest(
  tx: Tx,
  me: Identity,
  personId: string,
  uri: string,
  now: number,
  invitation = "",
): Promise<"asked" | "accepted" | "ignored"> {
  if (personId === me.ownerId || (await isBlockedId(tx, personId))) return "ignored";
  const key = { subscriberId: personId, personId: me.ownerId };
  const row = await subscriptionRow(tx, key);
  const host = await hostOfPerson(tx, personId);
  if (host === null) return "ignored";
  const isInvited = row?.state !== "accepted" && (await useInvite(tx, invitation, now));
  const lets = isInvited || row?.state === "accepted" || (await letsAnyoneIn(tx));
  if (!lets) {
    const quiet = row?.state === "asked" || (await isStranger(tx, me, personId));
    await saveAsked(tx, key, uri, "asked", now);
    if (!quiet) await addNotice(tx, { kind: "request", personId, postId: "" }, now);
    return "asked";
  }
  if (isInvited) await addWelcome(tx, personId, now);
  await saveAsked(tx, key, uri, "accepted", now);
  await planFace(tx, personId, now);
  if (row?.state !== "accepted") await addNotice(tx, { kind: "subscribed", personId, postId: "" }, now);
  await send(tx, host, { kind: "accept", about: { personId } }, now);
  return "accepted";
}

export async function letsAnyoneIn(read: ReadClient): Promise<boolean> {
  return (await setting(read, AUTO_SETTING, "no")) === "yes";
}
