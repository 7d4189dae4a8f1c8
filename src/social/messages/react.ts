import { NodeError } from "../../lib/errors.ts";
import type { Random } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { emojiOf } from "../reactions/emoji.ts";
import { leaveLetter, nextPlace } from "./letters/leave.ts";
import { messageRow, putChange } from "./queries.ts";

/** The owner gives a message an emoji, or takes it back. Throws "message-not-found", "emoji-not-understood". */
export async function reactToMessage(
  tx: Tx,
  messageId: string,
  { emoji, on }: { emoji: string; on: boolean },
  now: number,
  random: Random,
): Promise<void> {
  const row = await messageRow(tx, messageId);
  if (row === null || row.kind !== "text" || row.form !== "letter")
    throw new NodeError("message-not-found", "none of that id");
  const one = emojiOf(emoji);
  // A picture of one's own has no picture at the other end.
  if (one === null || one.startsWith(":")) throw new NodeError("emoji-not-understood", "no emoji");
  const { personId } = row;
  const place = await nextPlace(tx, personId, now, random);
  const data = { personId, text: "", on, at: new Date(place.at), letterId: place.id };
  await putChange(tx, { messageId, own: true, kind: "react", emoji: one }, data);
  await leaveLetter(tx, personId, place, { kind: "react", messageId, emoji: one }, now);
}
