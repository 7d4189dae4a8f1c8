import { NodeError } from "../../lib/errors.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { withhold } from "../deliveries/withhold.ts";
import { partWith } from "../friends/end.ts";
import { dropKnocksAt } from "../gate/queries.ts";
import { requireIdentity } from "../identity/load-identity.ts";
import { endStampsAt } from "../quotes/queries.ts";
import { declineRequest } from "../subscriptions/answer.ts";
import { endSubscription } from "../subscriptions/end.ts";
import { blockedHostRows, hideHost, peopleTiedAt, setHostBlocked, unsetHostBlocked } from "./queries.ts";

const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Nothing comes from anybody there and nothing goes there, as if each of them were blocked. */
export async function blockHost(tx: Tx, typed: string, now: number): Promise<void> {
  const me = await requireIdentity(tx);
  const host = typed.trim().toLowerCase();
  if (!HOST.test(host)) throw new NodeError("address-not-understood", "no host");
  if (host === me.onion) throw new NodeError("not-allowed", "nobody blocks themselves");
  for (const id of await peopleTiedAt(tx, me.ownerId, host)) {
    await endSubscription(tx, me, id, now);
    await declineRequest(tx, me, id, now);
    await partWith(tx, id, now);
    await withhold(tx, { id, host }, "nothing");
  }
  await dropKnocksAt(tx, host);
  await hideHost(tx, host);
  await endStampsAt(tx, host);
  await setHostBlocked(tx, host, now);
}

/** They may come in again. What was between them and the owner is not brought back. */
export async function unblockHost(tx: Tx, host: string): Promise<void> {
  await unsetHostBlocked(tx, host.trim().toLowerCase());
}

const MOST_SHOWN = 1000;

export async function blockedHosts(read: ReadClient): Promise<string[]> {
  return blockedHostRows(read, MOST_SHOWN);
}
