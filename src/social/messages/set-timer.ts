import { NodeError } from "../../lib/errors.ts";
import { type Random, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { LETTER_LIMITS, messageIdOf } from "./letter.ts";
import { leaveLetter, nextPlace } from "./letters/leave.ts";
import { changeConversation, conversationRow, insertMessage, raiseConversation } from "./queries.ts";
import { requireLetters } from "./way.ts";

/** From now on messages of both vanish so many seconds after they are read; 0: they stay. Said in the conversation, to both. */
export async function setTimer(
  tx: Tx,
  me: Identity,
  personId: string,
  seconds: number,
  now: number,
  random: Random,
): Promise<void> {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LETTER_LIMITS.vanish)
    throw new NodeError("bad-request", "no time for a timer");
  await requireLetters(tx, me, personId);
  if (((await conversationRow(tx, personId))?.timer ?? 0) === seconds) return;
  const place = await nextPlace(tx, personId, now, random);
  await tellTimer(
    tx,
    { personId, own: true, id: messageIdOf(me.ownerUri, place.id), at: place.at, seconds },
    now,
  );
  await changeConversation(tx, personId, { timer: seconds, timerAt: new Date(place.at), timerId: place.id });
  await leaveLetter(tx, personId, place, { kind: "timer", detail: String(seconds) }, now);
}

/** The line in the conversation. */
export async function tellTimer(
  tx: Tx,
  line: { personId: string; own: boolean; id: string; at: number; seconds: number },
  now: number,
): Promise<void> {
  const { personId, own, id, at, seconds } = line;
  await insertMessage(tx, {
    ...{ id, personId, own, kind: "timer", text: String(seconds) },
    sortKey: sortKeyOf(at, id),
    at: new Date(at),
    receivedAt: new Date(now),
  });
  await raiseConversation(tx, personId, at);
}
