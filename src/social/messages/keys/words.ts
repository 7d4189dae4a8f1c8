import type { Tx } from "../../../store/tx.ts";
import { isBlockedId } from "../../people/queries.ts";
import { changeKey, keyRows } from "./queries.ts";
import { firstHandKey, verifiedOf } from "./trust.ts";
import { keyWordsOf, putKeyWord } from "./word-queries.ts";

/** The key that messages go to counts as introduced once somebody vouched for it; what the owner looked at stays as it is. */
export async function believeWords(tx: Tx, personId: string, now: number): Promise<void> {
  const used = (await keyRows(tx, personId)).find(({ state }) => state === "used");
  if (used === undefined || verifiedOf(used.verified) !== "") return;
  let believed = false;
  for (const { byId, fingerprint } of await keyWordsOf(tx, personId)) {
    if (byId === personId || fingerprint !== used.fingerprint || believed) continue;
    believed = (await firstHandKey(tx, byId)) !== null && !(await isBlockedId(tx, byId));
  }
  if (!believed) return;
  const key = { personId, fingerprint: used.fingerprint };
  await changeKey(tx, key, { verified: "introduced", verifiedAt: new Date(now) });
}

/** A card of somebody names a key. It is noted, so that another one stands out; that is all. */
export async function keepCard(tx: Tx, personId: string, fingerprint: string, now: number): Promise<void> {
  await putKeyWord(tx, { personId, byId: personId }, fingerprint, now);
}
