import { NodeError } from "../../lib/errors.ts";
import { idOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { deleteNotices } from "../notices/queries.ts";
import { postRow, reachable } from "../posts/queries.ts";
import { send } from "../send.ts";
import { changeStamp, type QuoteState, type StampRow, setQuote, stampRow } from "./queries.ts";
import { answer } from "./receive-request.ts";
import { stampUri } from "./stamp-uri.ts";

/** The owner lets somebody quote a post; throws "not-found" when nothing of the kind was asked. */
export async function allowQuote(tx: Tx, me: Identity, stampId: string, now: number): Promise<void> {
  const stamp = await stampIn(tx, stampId, "asked");
  await changeStamp(tx, stamp.id, { state: "granted", at: new Date(now) });
  await settle(tx, stamp, { quoteState: "approved", quoteStamp: stampUri(me, stamp.id) });
  await answer(tx, stamp.id, stamp.personId, now);
}

export async function declineQuote(tx: Tx, stampId: string, now: number): Promise<void> {
  const stamp = await stampIn(tx, stampId, "asked");
  await changeStamp(tx, stamp.id, { state: "refused", at: new Date(now) });
  await settle(tx, stamp, { quoteState: "refused", quoteStamp: "" });
  await answer(tx, stamp.id, stamp.personId, now);
}

/** Leave that was given is taken back: the stamp is gone at once, and who quotes is told so. */
export async function revokeQuote(tx: Tx, stampId: string, now: number): Promise<void> {
  const stamp = await stampIn(tx, stampId, "granted");
  await changeStamp(tx, stamp.id, { state: "revoked", at: new Date(now) });
  await settle(tx, stamp, { quoteState: "refused", quoteStamp: "" });
  const { personId } = stamp;
  const [person] = await reachable(tx, [personId]);
  if (person === undefined) return;
  await send(tx, person.host, { kind: "quote-revoke", about: { stampId: stamp.id, personId } }, now);
}

async function stampIn(tx: Tx, id: string, state: "asked" | "granted"): Promise<StampRow> {
  const stamp = await stampRow(tx, id);
  if (stamp === null || stamp.state !== state) throw new NodeError("not-found", "no such quote");
  return stamp;
}

/** The post that quotes, if it is here, is shown accordingly. */
async function settle(
  tx: Tx,
  stamp: StampRow,
  quote: { quoteState: QuoteState; quoteStamp: string },
): Promise<void> {
  const row = await postRow(tx, idOf(stamp.quotingUri));
  if (row?.authorId === stamp.personId) await setQuote(tx, row.id, quote);
  await deleteNotices(tx, { kind: "quote-request", personId: stamp.personId, postId: stamp.postId });
}
