import type { Tx } from "../../../store/tx.ts";
import { changeTogether, togetherRow } from "./queries.ts";

/** Milliseconds that the owner may take to say who it was. */
const QUESTION = 60 * 60_000;

/**
 * Somebody says that they read the owner's code, or that it was indeed the owner who read theirs. A code is good once, for the
 * first who comes; whoever knows no token says nothing by it.
 */
export async function receiveTogether(
  tx: Tx,
  { token, yes }: { token: string; yes: boolean },
  { personId, signedBy, arrivedAt }: { personId: string; signedBy: string; arrivedAt: number },
): Promise<void> {
  const row = await togetherRow(tx, token, arrivedAt);
  if (row === null) return;
  if (yes) {
    if (!row.own && row.state === "waiting" && row.personId === personId)
      await changeTogether(tx, token, { state: "done" });
    return;
  }
  if (!row.own || row.state !== "shown" || (row.personId !== "" && row.personId !== personId)) return;
  const until = new Date(arrivedAt + QUESTION);
  await changeTogether(tx, token, { state: "scanned", personId, fingerprint: signedBy, until });
}
