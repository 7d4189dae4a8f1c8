import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { dropJobsOfKind } from "../deliveries/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { tellPeople } from "../profile/tell-people.ts";
import { send } from "../send.ts";
import { changeSetting, setting } from "../settings/settings.ts";
import { subscriberIds } from "../subscriptions/queries.ts";
import { MOVE_AGAIN_MS, MOVED_SETTING } from "./moving.ts";
import { movingRow, names, setMoved } from "./queries.ts";

/**
 * The owner's page says where they moved to, and everybody who subscribes is told, so that their devices ask to
 * subscribe there. Only to a place that names this one as its own: else anybody could be sent anywhere.
 * Throws "person-not-found", "address-own", "move-not-named", "move-too-soon".
 */
export async function moveAway(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  if (personId === me.ownerId) throw new NodeError("address-own", "nobody moves to where they are");
  const to = await movingRow(tx, personId);
  if (to === null || to.gone) throw new NodeError("person-not-found", "nobody there");
  if (!names(to.aliases, me.ownerUri)) throw new NodeError("move-not-named", "no link back");
  const lastAt = Number(await setting(tx, MOVED_SETTING, "0"));
  if (lastAt > 0 && now < lastAt + MOVE_AGAIN_MS) throw new NodeError("move-too-soon", "moved lately");
  await setMoved(tx, me.ownerId, { movedToUri: to.uri });
  await changeSetting(tx, MOVED_SETTING, String(now));
  // The page first: whoever is told looks there whether it is true.
  await tellPeople(tx, me, now);
  for (const { id, host } of await subscriberIds(tx, me.ownerId)) {
    await send(tx, host, { kind: "move", about: { personId: id, at: String(now) } }, now);
  }
}

/** The owner stays after all. Whoever subscribed to the new address meanwhile goes on doing so. */
export async function takeMoveBack(tx: Tx, me: Identity, now: number): Promise<void> {
  const row = await movingRow(tx, me.ownerId);
  if (row === null || row.movedToUri === "") return;
  await setMoved(tx, me.ownerId, { movedToUri: "" });
  await dropJobsOfKind(tx, "move");
  await tellPeople(tx, me, now);
}
