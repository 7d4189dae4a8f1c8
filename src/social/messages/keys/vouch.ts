import { idOf, type Random } from "../../../lib/ids.ts";
import type { Tx } from "../../../store/tx.ts";
import { leaveLetter, nextPlace } from "../letters/leave.ts";
import { waysTo } from "../way.ts";
import { messengersOf } from "./queries.ts";
import { firstHandKey } from "./trust.ts";
import { countWordsBy, putKeyWord } from "./word-queries.ts";
import { believeWords } from "./words.ts";

/** So many one person may vouch for. */
const MOST = 200;

/** Tells `toId` whose key `personId`'s is, if the owner has verified both. */
export async function vouch(
  tx: Tx,
  { personId, toId }: { personId: string; toId: string },
  now: number,
  random: Random,
): Promise<void> {
  const known = await firstHandKey(tx, personId);
  const sure = (await firstHandKey(tx, toId)) !== null;
  const uri = (await messengersOf(tx, [personId])).get(personId)?.uri;
  const way = (await waysTo(tx, [toId])).get(toId);
  if (known === null || !sure || uri === undefined || way !== "sealed") return;
  const place = await nextPlace(tx, toId, now, random);
  await leaveLetter(tx, toId, place, { kind: "vouch", detail: `${known} ${uri}` }, now);
}

/** Somebody says whose key it is. Whom the owner has not verified is not believed. */
export async function receiveVouch(
  tx: Tx,
  { uri, fingerprint }: { uri: string; fingerprint: string },
  { personId: byId, signedBy, arrivedAt }: { personId: string; signedBy: string; arrivedAt: number },
): Promise<void> {
  const personId = idOf(uri);
  if ((await firstHandKey(tx, byId)) !== signedBy || personId === byId) return;
  if ((await countWordsBy(tx, byId)) >= MOST) return;
  await putKeyWord(tx, { personId, byId }, fingerprint, arrivedAt);
  await believeWords(tx, personId, arrivedAt);
}
