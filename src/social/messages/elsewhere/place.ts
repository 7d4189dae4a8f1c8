import { sortKeyOf } from "../../../lib/ids.ts";
import type { Tx } from "../../../store/tx.ts";
import {
  changeConversation,
  conversationRow,
  insertMessage,
  type MessageRow,
  messageRow,
  raiseConversation,
} from "../queries.ts";

const DAY = 24 * 60 * 60_000;
/** Servers try for some days; what is older says nothing about when it was written. */
const OLD = 7 * DAY;

/** `uri`: its address as a post. `writtenAt`: as that post says. Times in milliseconds. */
export type Arriving = { personId: string; id: string; uri: string; writtenAt: number; arrivedAt: number };

type Facts = Partial<Pick<MessageRow, "kind" | "text" | "why" | "signedBy" | "replyToId" | "oddTime">> &
  Pick<MessageRow, "form">;

/** Puts what somebody elsewhere wrote into the conversation. False: it is there already. */
export async function putArrived(tx: Tx, arriving: Arriving, facts: Facts): Promise<boolean> {
  const { personId, id, uri, writtenAt, arrivedAt } = arriving;
  if ((await messageRow(tx, id)) !== null) return false;
  const isOdd = writtenAt > arrivedAt || writtenAt < arrivedAt - OLD;
  const at = isOdd ? arrivedAt : writtenAt;
  await insertMessage(tx, {
    ...{ id, personId, uri, own: false },
    ...facts,
    oddTime: isOdd || (facts.oddTime ?? false),
    sortKey: sortKeyOf(at, id),
    at: new Date(at),
    receivedAt: new Date(arrivedAt),
  });
  const clock = (await conversationRow(tx, personId))?.clock.getTime() ?? 0;
  await changeConversation(tx, personId, { clock: new Date(Math.max(clock, at)) });
  await raiseConversation(tx, personId, at);
  return true;
}

/** Whether what is signed is too far from when it came along to be told as certain. */
export function isOddly(signedAt: number, writtenAt: number): boolean {
  return signedAt > 0 && Math.abs(signedAt - writtenAt) > DAY;
}
