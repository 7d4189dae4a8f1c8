import { NodeError } from "../../lib/errors.ts";
import type { Random } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { ownMessage } from "./edit.ts";
import { dropFilesOf } from "./files/queries.ts";
import { leaveLetter, nextPlace } from "./letters/leave.ts";
import { dropLettersOf } from "./letters/queries.ts";
import { changeMessage, dropChanges, dropMessages, messageRow, putChange } from "./queries.ts";

/**
 * here: it goes from the owner's devices, and stays with the other. both: of the owner's own messages; the words go from both. Throws
 * "message-not-found".
 */
export async function removeMessage(
  tx: Tx,
  messageId: string,
  scope: "here" | "both",
  now: number,
  random: Random,
): Promise<void> {
  if (scope === "here") {
    if ((await messageRow(tx, messageId)) === null)
      throw new NodeError("message-not-found", "none of that id");
    await dropLettersOf(tx, [messageId]);
    await dropMessages(tx, [messageId]);
    return;
  }
  const { personId } = await ownMessage(tx, messageId);
  const place = await nextPlace(tx, personId, now, random);
  await dropLettersOf(tx, [messageId]);
  await wipe(tx, messageId);
  const data = { personId, text: "", on: true, at: new Date(place.at), letterId: place.id };
  await putChange(tx, { messageId, own: true, kind: "delete", emoji: "" }, data);
  // Also when it had not gone out yet as far as is known here: it may be on its way at this moment.
  await leaveLetter(tx, personId, place, { kind: "delete", messageId }, now);
}

/** Its words, its files and what was done with it are gone; that it was there stays. */
export async function wipe(tx: Tx, messageId: string): Promise<void> {
  await dropFilesOf(tx, [messageId]);
  await changeMessage(tx, messageId, { text: "", replyToId: "" });
  await dropChanges(tx, [messageId], "delete");
}
