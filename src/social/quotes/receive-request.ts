import { idOf, randomId, systemRandom } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import { isStranger } from "../gate/gate.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice } from "../notices/add-notice.ts";
import { postRow, reachable } from "../posts/queries.ts";
import { thingOf } from "../posts/thing.ts";
import { send } from "../send.ts";
import { viewerOf } from "../viewer.ts";
import { MOST_ASKED, MOST_BY_PERSON, MOST_OF_POST } from "./limits.ts";
import { changeStamp, countStamps, insertStamp, type StampState, setQuote, stampFor } from "./queries.ts";
import { stampUri } from "./stamp-uri.ts";

/** Somebody asks for leave: `quotingUri` would quote the owner's post. `uri`: of the question, for the answer. */
export type QuoteRequest = { personId: string; postId: string; quotingUri: string; uri: string };

/**
 * Leave is given at once, asked for, or not given, as the post says. "ignored": not theirs to see, so that they do not
 * learn that it is there; or more than anybody asks in earnest. Asked again, the same answer goes out again. A notice
 * comes of nobody who would have to wait at the gate.
 */
export async function receiveQuoteRequest(
  tx: Tx,
  me: Identity,
  request: QuoteRequest,
  now: number,
): Promise<StampState | "ignored"> {
  const { personId, postId, quotingUri, uri } = request;
  const row = await postRow(tx, postId);
  if (row === null || !row.own) return "ignored";
  const [viewer, thing] = [await viewerOf(tx, me.ownerId, personId), await thingOf(tx, row)];
  if (!may(viewer, "see", thing)) return "ignored";
  const before = await stampFor(tx, { postId, quotingUri });
  if (before !== null && before.personId !== personId) return "ignored";
  const state = before === null ? stateFor() : stateOf(before.state);
  const isUnknown = await isStranger(tx, me, personId);
  if (before !== null) await changeStamp(tx, before.id, { state, at: before.at, uri });
  else {
    if ((await countStamps(tx, { postId, personId })) >= MOST_BY_PERSON) return "ignored";
    if ((await countStamps(tx, { postId })) >= (isUnknown ? 1 : 2) * MOST_OF_POST) return "ignored";
    if (state === "asked" && (await countStamps(tx, { postId, state })) >= MOST_ASKED) return "ignored";
  }
  const id = before?.id ?? randomId(systemRandom);
  if (before === null)
    await insertStamp(tx, { id, postId, personId, quotingUri, uri, state, at: new Date(now) });
  if (state === "asked" && !isUnknown) await addNotice(tx, { kind: "quote-request", personId, postId }, now);
  if (state === "granted" && !isUnknown)
    await addNotice(tx, { kind: "quote", personId, postId: idOf(quotingUri) }, now);
  if (state !== "asked") await answer(tx, id, personId, now);
  await showAccordingly(tx, me, request, { id, state });
  return state;

  function stateFor(): StampState {
    if (may(viewer, "quote", thing)) return "granted";
    return may(viewer, "ask-to-quote", thing) ? "asked" : "refused";
  }
}

/** Whether they may see what they would quote; asked before anything is kept or looked up for them. */
export async function mayAsk(
  read: ReadClient,
  me: Identity,
  { postId, personId }: Pick<QuoteRequest, "postId" | "personId">,
): Promise<boolean> {
  const row = await postRow(read, postId);
  if (row?.own !== true) return false;
  return may(await viewerOf(read, me.ownerId, personId), "see", await thingOf(read, row));
}

/** The post that quotes may be here already: it came before the question. */
async function showAccordingly(
  tx: Tx,
  me: Identity,
  { personId, postId, quotingUri }: QuoteRequest,
  stamp: { id: string; state: StampState },
): Promise<void> {
  const row = await postRow(tx, idOf(quotingUri));
  if (row === null || row.authorId !== personId || row.quoteOfId !== postId || stamp.state === "asked")
    return;
  const granted = stamp.state === "granted";
  await setQuote(tx, row.id, {
    quoteState: granted ? "approved" : "refused",
    quoteStamp: granted ? stampUri(me, stamp.id) : "",
  });
}

function stateOf(text: string): StampState {
  return text === "asked" || text === "granted" || text === "revoked" ? text : "refused";
}

/** Tells who asked what the answer is when this is sent. */
export async function answer(tx: Tx, stampId: string, personId: string, now: number): Promise<void> {
  const [person] = await reachable(tx, [personId]);
  if (person === undefined) return;
  await send(tx, person.host, { kind: "quote-answer", about: { stampId, personId } }, now);
}
