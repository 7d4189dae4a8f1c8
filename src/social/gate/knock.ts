import type { Tx } from "../../store/tx.ts";
import { dropKnock, insertKnock, knockRow } from "./queries.ts";

/** Bytes of an activity that waits. */
export const LONGEST_KNOCK = 4096;
const LONGEST_WORDS = 2000;

/**
 * What somebody unknown wrote waits for the owner, one thing of each person: no notice, nothing on the pages but a
 * number. False: something of theirs waits already.
 */
export async function keepKnock(
  tx: Tx,
  knock: { personId: string; activity: string; words: string },
  now: number,
): Promise<boolean> {
  if ((await knockRow(tx, knock.personId)) !== null) return false;
  await insertKnock(tx, { ...knock, words: [...knock.words].slice(0, LONGEST_WORDS).join("") }, now);
  return true;
}

/** They deleted what waits here of theirs. False: it is about something else. */
export async function takeBackKnock(tx: Tx, personId: string, postUri: string): Promise<boolean> {
  const row = await knockRow(tx, personId);
  if (row === null || !row.activity.includes(JSON.stringify(postUri))) return false;
  return dropKnock(tx, personId);
}
