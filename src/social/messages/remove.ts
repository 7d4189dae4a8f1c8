import { NodeError } from "../../lib/errors.ts";
import type { Random } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Acting } from "../acting.ts";
import { ownMessage } from "./edit.ts";
import { dropFilesOf } from "./files/queries.ts";
import { leaveLetter, nextPlace } from "./letters/leave.ts";
import { dropLettersOf } from "./letters/queries.ts";
import {
  changeConversation,
  changeMessage,
  dropChanges,
  dropMessages,
  messageRow,
  putChange,
  someMessageIds,
} from "./queries.ts";

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

const AT_ONCE = 500;

/**
 * Everything between the owner and somebody goes from the owner's devices, and what waits about it goes nowhere. The other keeps
 * theirs, and nothing of who they are is forgotten. Whether others may read along is asked anew.
 */
export async function clearConversation(
  { transact }: Pick<Acting, "transact">,
  personId: string,
): Promise<void> {
  await transact((tx) => changeConversation(tx, personId, { draft: "", sortKey: "", open: false }));
  let ids: string[];
  do {
    ids = await transact(async (tx) => {
      const some = await someMessageIds(tx, personId, AT_ONCE);
      await dropLettersOf(tx, some);
      await dropMessages(tx, some);
      return some;
    });
  } while (ids.length > 0);
}

/** Its words, its files and what was done with it are gone; that it was there stays. */
export async function wipe(tx: Tx, messageId: string): Promise<void> {
  await dropFilesOf(tx, [messageId]);
  await changeMessage(tx, messageId, { text: "", replyToId: "" });
  await dropChanges(tx, [messageId], "delete");
}
