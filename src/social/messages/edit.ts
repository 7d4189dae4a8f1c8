import { NodeError } from "../../lib/errors.ts";
import type { Random } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { leaveLetter, nextPlace } from "./letters/leave.ts";
import { changeMessage, changeRow, type MessageRow, messageRow, putChange } from "./queries.ts";
import { wordsOf } from "./words.ts";

/** The owner changes what they wrote, at both. Throws "message-not-found", "message-empty", "message-too-long". */
export async function editMessage(
  tx: Tx,
  messageId: string,
  text: string,
  now: number,
  random: Random,
): Promise<void> {
  const { personId, form } = await ownMessage(tx, messageId);
  if (form !== "letter") throw new NodeError("message-not-found", "it cannot be changed there");
  const words = wordsOf(text);
  const place = await nextPlace(tx, personId, now, random);
  const key = { messageId, own: true, kind: "edit", emoji: "" };
  const data = { personId, text: words, on: true, at: new Date(place.at), letterId: place.id };
  await putChange(tx, key, data);
  // What it said before is nowhere any more.
  await changeMessage(tx, messageId, { text: words });
  await leaveLetter(tx, personId, place, { kind: "edit", messageId }, now);
}

/** A message of the owner's whose words are there. */
export async function ownMessage(tx: Tx, messageId: string): Promise<MessageRow> {
  const row = await messageRow(tx, messageId);
  const gone = await changeRow(tx, { messageId, own: true, kind: "delete", emoji: "" });
  if (row === null || !row.own || row.kind !== "text" || gone !== null)
    throw new NodeError("message-not-found", "no message of the owner's");
  return row;
}
