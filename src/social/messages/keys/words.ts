import type { Tx } from "../../../store/tx.ts";
import { changeKey, keyRows } from "./queries.ts";
import { verifiedOf } from "./trust.ts";
import { keyWordsOf, putKeyWord } from "./word-queries.ts";

/** The key that messages go to counts as introduced once somebody vouched for it; what the owner looked at stays as it is. */
export async function believeWords(tx: Tx, personId: string, now: number): Promise<void> {
  const used = (await keyRows(tx, personId)).find(({ state }) => state === "used");
  if (used === undefined || verifiedOf(used.verified) !== "") return;
  const words = await keyWordsOf(tx, personId);
  if (!words.some(({ byId, fingerprint }) => byId !== personId && fingerprint === used.fingerprint)) return;
  const key = { personId, fingerprint: used.fingerprint };
  await changeKey(tx, key, { verified: "introduced", verifiedAt: new Date(now) });
}

/** A card of somebody names a key. It is noted, so that another one stands out; that is all. */
export async function keepCard(tx: Tx, personId: string, fingerprint: string, now: number): Promise<void> {
  await putKeyWord(tx, { personId, byId: personId }, fingerprint, now);
}
