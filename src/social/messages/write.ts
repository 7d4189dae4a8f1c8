import { NodeError } from "../../lib/errors.ts";
import { type Random, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { noteUriOf } from "./elsewhere/note-uri.ts";
import { attachFiles } from "./files/attach.ts";
import type { MessageFileChoice } from "./files/file.ts";
import { isStopped } from "./keys/trust.ts";
import { FIRST_BYTES, isKnownThere } from "./known-there.ts";
import { messageIdOf } from "./letter.ts";
import { leaveLetter, nextPlace } from "./letters/leave.ts";
import {
  changeConversation,
  conversationRow,
  insertMessage,
  messageRow,
  raiseConversation,
} from "./queries.ts";
import { formTo } from "./way.ts";
import { wordsOf } from "./words.ts";

export type NewMessage = {
  personId: string;
  text: string;
  replyToId: string;
  files?: readonly MessageFileChoice[];
};

/**
 * The owner writes to one person; returns the message's id. It is kept here first, and goes when their device is on. Throws
 * "message-empty", "message-too-long", "message-first-long", "key-changed", "not-encrypted", "person-not-found"; with files
 * "message-first-files", "message-files-elsewhere", "message-files-many", "file-gone".
 */
export async function writeMessage(
  tx: Tx,
  me: Identity,
  { personId, text, replyToId, files = [] }: NewMessage,
  now: number,
  random: Random,
): Promise<string> {
  const words = files.length > 0 && text.trim() === "" ? "" : wordsOf(text);
  const form = await formTo(tx, me, personId);
  if (await isStopped(tx, personId)) throw new NodeError("key-changed", "nothing goes to a changed key");
  if (form !== "letter" && files.length > 0)
    throw new NodeError("message-files-elsewhere", "only a device of our kind fetches them");
  const isLong = form === "letter" && Buffer.byteLength(words) > FIRST_BYTES;
  if ((isLong || files.length > 0) && !(await isKnownThere(tx, me, personId)))
    throw new NodeError(isLong ? "message-first-long" : "message-first-files", "no room at a gate");
  const place = await nextPlace(tx, personId, now, random);
  const id = messageIdOf(me.ownerUri, place.id);
  const answered = replyToId === "" ? null : await messageRow(tx, replyToId);
  const before = await conversationRow(tx, personId);
  await insertMessage(tx, {
    ...{ id, personId, own: true, text: words, state: "waiting", form },
    uri: form === "letter" ? "" : noteUriOf(me, place.id),
    replyToId: answered?.personId === personId ? replyToId : "",
    sortKey: sortKeyOf(place.at, id),
    at: new Date(place.at),
    receivedAt: new Date(now),
    // Nobody elsewhere would keep to it.
    vanish: form === "letter" ? (before?.timer ?? 0) : 0,
  });
  await attachFiles(tx, id, files, random);
  await changeConversation(tx, personId, { draft: "" });
  await raiseConversation(tx, personId, place.at);
  await leaveLetter(tx, personId, place, { kind: "text", messageId: id }, now);
  return id;
}
