import { NodeError } from "../../lib/errors.ts";
import { type Random, randomId, systemRandom } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { planFace } from "../people/face.ts";
import { isBlockedId, isHostBlocked, unsetBlocked } from "../people/queries.ts";
import { send } from "../send.ts";
import { hostOfPerson, saveAsked, subscriptionRow } from "./queries.ts";

/**
 * The owner asks to subscribe. Asking twice asks once; asking somebody blocked lets them in again. Throws
 * "host-blocked": that is undone for the whole place first, not by the way.
 */
export async function askToSubscribe(
  tx: Tx,
  me: Identity,
  personId: string,
  now: number,
  random: Random = systemRandom,
): Promise<void> {
  if (personId === me.ownerId) throw new NodeError("address-own", "cannot subscribe to oneself");
  const host = await hostOfPerson(tx, personId);
  if (host === null) throw new NodeError("person-not-found", "nobody to ask");
  if (await isHostBlocked(tx, host)) throw new NodeError("host-blocked", "the whole host is blocked");
  const key = { subscriberId: me.ownerId, personId };
  const row = await subscriptionRow(tx, key);
  if (row?.state === "asked" || row?.state === "accepted") return;
  if (await isBlockedId(tx, personId)) await unsetBlocked(tx, personId);
  const uri = `${me.origin}/acts/${randomId(random)}`;
  await saveAsked(tx, key, uri, "asked", now);
  await planFace(tx, personId, now);
  await send(tx, host, { kind: "follow", about: { personId } }, now);
}
