import { randomId, systemRandom } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice, dropNotices } from "../notices/add-notice.ts";
import { noticedAt } from "../notices/queries.ts";
import { send } from "../send.ts";
import { hostOfPerson, saveAsked, subscriptionRow } from "./queries.ts";
import { requestAccepted } from "./request-accepted.ts";
import { requestDeclined } from "./request-declined.ts";

/** Asked again within this time and forgotten again: they do not want it. */
const ONCE_IN = 30 * 24 * 60 * 60_000;

/**
 * Somebody's device says whether the owner is a subscriber of theirs, as of then. Where it is not what is known here:
 * an answer that got lost is made up for; what the owner never asked for, or ended, is ended there; what they forgot is
 * asked for once more, and the owner is told.
 */
export async function mendSubscription(
  tx: Tx,
  me: Identity,
  personId: string,
  said: { listed: boolean; at: number },
  now: number,
): Promise<void> {
  const key = { subscriberId: me.ownerId, personId };
  const row = await subscriptionRow(tx, key);
  const host = await hostOfPerson(tx, personId);
  if (host === null) return;
  const uri = `${me.origin}/acts/${randomId(systemRandom)}`;
  if (row === null) {
    if (said.listed) await send(tx, host, { kind: "unfollow", about: { personId, uri } }, now);
    return;
  }
  // Asked or answered since: what they said is of before.
  if (Math.max(row.askedAt.getTime(), row.answeredAt.getTime()) >= said.at) return;
  if (said.listed) {
    await requestAccepted(tx, me, personId, now);
    return;
  }
  if (row.state !== "accepted") return;
  if (now - (await noticedAt(tx, "forgotten", personId)) < ONCE_IN) {
    await requestDeclined(tx, me, personId, now);
    return;
  }
  await saveAsked(tx, key, uri, "asked", now);
  await dropNotices(tx, "accepted", personId);
  await dropNotices(tx, "forgotten", personId);
  await addNotice(tx, { kind: "forgotten", personId, postId: "" }, now);
  await send(tx, host, { kind: "follow", about: { personId } }, now);
}
